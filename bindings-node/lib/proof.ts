import { described } from './arguments';
import type { JsonObject } from './json';
import type { Proof as NativeProof } from './native';
import { type Caller, invalidArgument, parse, unwrap } from './outcome';
import { Value } from './value';

/** What a proof shows; only `verified` is success. */
export type Verdict = 'verified' | 'incomplete' | 'mixed' | 'wrong' | 'unknown' | 'empty';

/** A proof in short: the verdict and the counts. */
export interface ProofCounts {
  readonly verdict: Verdict;
  /** Why, in a sentence. */
  readonly reason: string;
  /** How many tasks the service wants, where that is known. */
  readonly desired?: number;
  /** How many tasks run and are to go on running: those that are judged. */
  readonly running: number;
  readonly right: number;
  readonly wrong: number;
  readonly unknown: number;
}

/** One image that runs, with how many tasks have it. */
export interface SeenImage {
  readonly container: string;
  readonly digest?: string;
  readonly version?: string;
  readonly verdict: string;
  readonly tasks: number;
}

/** What one running task runs. */
export interface TaskProof {
  readonly taskArn: string;
  readonly verdict: string;
  readonly reason?: string;
  readonly version?: string;
  readonly taskDefinition: string;
  readonly deploymentId?: string;
  readonly containers: readonly {
    readonly name: string;
    readonly verdict: string;
    /** The digest that it runs. */
    readonly digest?: string;
    /** The digest that was meant. */
    readonly expected?: string;
    /** The image as its task definition names it. No evidence. */
    readonly image?: string;
  }[];
}

/** A task that is not judged: it does not run yet, or is being stopped. */
export interface OtherTask {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly taskDefinition: string;
  readonly deploymentId?: string;
}

/** The JSON form of a {@link Proof}. */
export interface ProofJson extends ProofCounts {
  readonly service?: string;
  readonly meant: MeantJson;
  readonly images: readonly SeenImage[];
  /** Containers whose image is not pinned: nothing but agreement could be shown. */
  readonly agreementOnly?: readonly string[];
  readonly tasks: readonly TaskProof[];
  readonly starting?: readonly OtherTask[];
  readonly leaving?: readonly OtherTask[];
  /** The ARNs of tasks that are listed, and of which ECS tells nothing. */
  readonly unseen?: readonly string[];
  readonly order?: JsonObject;
}

/** What tasks are meant to run, as plain values. */
export interface MeantJson {
  /** By container: a digest, a pinned reference, or an index with its children. */
  readonly images?:
    | Readonly<Record<string, string | { readonly digest: string; readonly children?: readonly string[] }>>
    | undefined;
  /** Containers whose image is not pinned: all tasks must agree. */
  readonly agreeing?: readonly string[] | undefined;
  readonly version?: string | undefined;
  readonly taskDefinition?: string | undefined;
  /** `ecs-svc/…`. */
  readonly deployment?: string | undefined;
}

/** What every running task of a service runs, against what was meant. */
export class Proof extends Value<ProofJson> {
  /** The service, as `cluster/service`. */
  readonly service: string | undefined;
  /** `verified`, or what is shown instead. */
  readonly verdict: Verdict;
  /** Why, in a sentence. */
  readonly reason: string;
  /** How many tasks the service wants, where that is known. */
  readonly desired: number | undefined;
  /** How many running tasks were judged. */
  readonly running: number;
  /** How many of them run what was meant. */
  readonly right: number;
  /** How many of them run something else. */
  readonly wrong: number;
  /** Of how many of them it cannot be told. */
  readonly unknown: number;
  /** The different images that run, with how many tasks each has. */
  readonly images: readonly SeenImage[];
  /** Every task that was judged. */
  readonly tasks: readonly TaskProof[];
  readonly #native: NativeProof;

  private constructor(proof: NativeProof, caller: Caller) {
    const json = parse<ProofJson>(proof.toJson(), caller);
    super(json);
    this.service = json.service;
    this.verdict = json.verdict;
    this.reason = json.reason;
    this.desired = json.desired;
    this.running = json.running;
    this.right = json.right;
    this.wrong = json.wrong;
    this.unknown = json.unknown;
    this.images = json.images;
    this.tasks = json.tasks;
    this.#native = proof;
    Object.freeze(this);
  }

  /** @internal */
  static wrap(proof: NativeProof, caller: Caller): Proof {
    return new Proof(proof, caller);
  }

  /** @internal */
  static nativeOf(proof: Proof, caller: Caller): NativeProof {
    // As for verified images: an object with this prototype alone proves nothing.
    if (typeof proof === 'object' && proof !== null && #native in proof) return proof.#native;
    throw invalidArgument(`${described(proof)} is no proof; verifyRunning gives one`, caller);
  }

  /** Whether every running task runs what was meant. */
  get isVerified(): boolean {
    return this.verdict === 'verified';
  }

  /**
   * Itself when it verifies.
   *
   * @throws {@link ArtifactDeployError} `PROOF_FAILED`, with `proof` in the details
   */
  requireVerified(): this {
    unwrap(this.#native.requireVerified(), this.requireVerified);
    return this;
  }

  /** As Markdown, for a job summary or a comment; untrusted text is escaped. */
  toMarkdown(): string {
    return this.#native.toMarkdown();
  }

  /** The verdict first, then every task that is not right. */
  override toString(): string {
    return this.#native.toText();
  }
}
