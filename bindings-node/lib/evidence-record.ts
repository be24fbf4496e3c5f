import { native } from './addon';
import type { BuildMetadataJson } from './build-metadata';
import type { DeployedVersion, DeploymentOutcome, LeftBehind, TaskFailure } from './deployment-event';
import type { GateReportJson } from './gate-report';
import type { JsonObject } from './json';
import type { EvidenceRecord as NativeRecord } from './native';
import { type Caller, unwrap } from './outcome';
import { Proof, type ProofJson } from './proof';
import { Value } from './value';
import { Version, type VersionJson } from './version';

/** How far a rollout goes before it is called complete. Each step has those before it. */
export type Until = 'registered' | 'deployed' | 'stable' | 'verified';

/** The image of one container, and how it passed the gate. */
export interface ImageRecord {
  readonly container: string;
  readonly reference: string;
  readonly digest: string;
  readonly children: readonly string[];
  readonly report?: GateReportJson;
}

/** The revision that was deployed. */
export interface TaskDefinitionRecord {
  readonly arn: string;
  /** Whether the same content was registered before. */
  readonly reused: boolean;
  readonly contentHash?: string;
}

/** The JSON form of an {@link EvidenceRecord}; {@link evidenceSchema} describes it. */
export interface EvidenceRecordJson {
  readonly schemaVersion: number;
  readonly service: string;
  readonly intent: 'deploy' | 'rollback' | 'promote';
  readonly until: Until;
  readonly outcome?: DeploymentOutcome;
  readonly reason: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly version?: VersionJson;
  readonly build?: BuildMetadataJson;
  readonly images: readonly ImageRecord[];
  readonly taskDefinition?: TaskDefinitionRecord;
  readonly previous?: DeployedVersion;
  readonly serviceDeployment?: {
    readonly id?: string;
    readonly arn?: string;
    readonly status?: string;
    readonly statusReason?: string;
    readonly serviceRevision?: string;
  };
  readonly order?: {
    readonly replaced?: readonly DeployedVersion[];
    readonly healed?: DeployedVersion;
    readonly supersededBy?: DeployedVersion;
    readonly unguarded?: string;
  };
  readonly failures: readonly TaskFailure[];
  readonly messages: readonly { readonly id: string; readonly createdAt: string; readonly message: string }[];
  readonly proof?: ProofJson;
  readonly targets?: JsonObject;
  readonly application?: JsonObject;
  readonly left?: LeftBehind;
}

/**
 * What one rollout did, and what came of it: build, digest, gate, revision, deployment, each task's
 * digest, the application's answer.
 */
export class EvidenceRecord extends Value<EvidenceRecordJson> {
  /** What came of it. Only `completed` is success. */
  readonly outcome: DeploymentOutcome | undefined;
  /** Why, in words. */
  readonly reason: string;
  /** The service, as `cluster/service`. */
  readonly service: string;
  /** What it was for. */
  readonly intent: 'deploy' | 'rollback' | 'promote';
  /** How far it went. */
  readonly until: Until;
  /** The version, where it is known. */
  readonly version: Version | undefined;
  readonly taskDefinition: TaskDefinitionRecord | undefined;
  /** What ran before. */
  readonly previous: DeployedVersion | undefined;
  /** The id of the deployment that was begun, `ecs-svc/…`. */
  readonly deploymentId: string | undefined;
  /** The images, by container, with the gate's report on each. */
  readonly images: readonly ImageRecord[];
  /** The tasks that failed, why, and what to do. */
  readonly failures: readonly TaskFailure[];
  /** What the running tasks were proven to run. */
  readonly proof: Proof | undefined;
  /** What state was left behind, where it did not come to an end of its own. */
  readonly left: LeftBehind | undefined;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly #native: NativeRecord;

  private constructor(record: NativeRecord, caller: Caller) {
    const json = JSON.parse(record.toJson()) as EvidenceRecordJson;
    super(json);
    const proof = record.proof();
    this.outcome = json.outcome;
    this.reason = json.reason;
    this.service = json.service;
    this.intent = json.intent;
    this.until = json.until;
    this.version = json.version && Version.fromJson(json.version);
    this.taskDefinition = json.taskDefinition;
    this.previous = json.previous;
    this.deploymentId = json.serviceDeployment?.id;
    this.images = json.images;
    this.failures = json.failures;
    this.proof = proof === null ? undefined : Proof.wrap(proof, caller);
    this.left = json.left;
    this.startedAt = new Date(json.startedAt);
    this.finishedAt = new Date(json.finishedAt);
    this.#native = record;
    Object.freeze(this);
  }

  /** @internal */
  static wrap(record: NativeRecord, caller: Caller): EvidenceRecord {
    return new EvidenceRecord(record, caller);
  }

  /** Whether it went as far as it was asked to go. */
  get isCompleted(): boolean {
    return this.outcome === 'completed';
  }

  /**
   * Itself when it is completed.
   *
   * @throws {@link ArtifactDeployError} of the kind of its outcome, with `record` in the details:
   * `DEPLOYMENT_ROLLED_BACK`, `DEPLOYMENT_FAILED`, `DEPLOYMENT_SUPERSEDED`, `DEADLINE_EXCEEDED`
   */
  requireCompleted(): this {
    unwrap(this.#native.requireCompleted(), this.requireCompleted);
    return this;
  }

  /** As Markdown, for a job summary or a comment; untrusted text is escaped. */
  toMarkdown(): string {
    return this.#native.toMarkdown();
  }

  /** The outcome first, then everything that matters. */
  override toString(): string {
    return this.#native.toText();
  }
}

/** The JSON Schema (2020-12) of the JSON form of an {@link EvidenceRecord}. */
export function evidenceSchema(): JsonObject {
  return JSON.parse(native.evidenceSchema()) as JsonObject;
}
