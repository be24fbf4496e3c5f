import { native } from './addon';
import { described, text } from './arguments';
import { asynchronous, synchronous } from './call';
import { type Control, controlOf } from './control';
import { checkObject } from './gate-request';
import type { Control as NativeControl, History as NativeHistory } from './native';
import type { CallOptions } from './options';
import { type Caller, invalidArgument, parse } from './outcome';
import { Value } from './value';
import type { VersionJson } from './version';

/** One deployment of a service. */
export interface PastDeployment {
  /** The ARN of the revision. */
  readonly taskDefinition: string;
  readonly version?: VersionJson;
  /** As ECS resolved them; empty where that is not known. */
  readonly images: readonly {
    readonly containerName: string;
    readonly image?: string;
    readonly imageDigest?: string;
  }[];
  /** How it ended. */
  readonly outcome: 'successful' | 'rolled-back' | 'stopped' | 'under-way' | 'unknown';
  readonly reason?: string;
  /** The ARN of the service deployment. */
  readonly serviceDeployment?: string;
  readonly createdAt?: string;
  readonly finishedAt?: string;
}

/** The JSON form of a {@link DeploymentHistory}. */
export interface DeploymentHistoryJson {
  readonly service: string;
  readonly source: 'service-deployments' | 'revisions';
  readonly inPlace?: string;
  readonly deployments: readonly PastDeployment[];
}

/** What a service ran and was told to run, newest first. */
export class DeploymentHistory extends Value<DeploymentHistoryJson> {
  /** The service, as `cluster/service`. */
  readonly service: string;
  /** `service-deployments`, which know how each ended, or `revisions`, which do not. */
  readonly source: 'service-deployments' | 'revisions';
  /** The ARN of the task definition that the service is told to run now. */
  readonly inPlace: string | undefined;
  /** All deployments, newest first. */
  readonly deployments: readonly PastDeployment[];
  /** Those that are known to be good, newest first. */
  readonly knownGood: readonly PastDeployment[];
  readonly #text: string;

  private constructor(history: NativeHistory, caller: Caller) {
    const json = parse<DeploymentHistoryJson>(history.toJson(), caller);
    super(json);
    this.service = json.service;
    this.source = json.source;
    this.inPlace = json.inPlace;
    this.deployments = json.deployments;
    this.knownGood = parse(history.knownGood(), caller);
    this.#text = history.toText();
    Object.freeze(this);
  }

  /** @internal */
  static wrap(history: NativeHistory, caller: Caller): DeploymentHistory {
    return new DeploymentHistory(history, caller);
  }

  /** One line for each deployment. */
  override toString(): string {
    return this.#text;
  }
}

/** Whose history is asked for. */
export interface DeploymentHistoryOptions {
  /** `cluster/service`, or the ARN of the service. */
  readonly service: string;
  /** At most so many deployments. Default: 100. */
  readonly limit?: number | undefined;
  /** Default: Amazon ECS, as the environment says. */
  readonly control?: Control | undefined;
  readonly signal?: CallOptions<never>['signal'];
}

/**
 * What a service ran and was told to run, newest first.
 *
 * Where the endpoint has no service deployments, the revisions of the task definition take their place;
 * `source` says which it is.
 *
 * @throws {@link ArtifactDeployError} `SERVICE_NOT_FOUND`, `CANCELLED`, and what keeps ECS from answering
 */
export async function deploymentHistory(options: DeploymentHistoryOptions): Promise<DeploymentHistory> {
  const caller = deploymentHistory;
  const { service, limit, control } = asked(options, caller);
  const history = await asynchronous({ signal: options.signal }, caller, (cancellation) =>
    native.deploymentHistory(service, limit, control, cancellation),
  );
  return DeploymentHistory.wrap(history, caller);
}

/** As {@link deploymentHistory}, while this thread waits. */
export function deploymentHistorySync(options: DeploymentHistoryOptions): DeploymentHistory {
  const caller = deploymentHistorySync;
  const { service, limit, control } = asked(options, caller);
  const history = synchronous({ signal: options.signal }, caller, (cancellation) =>
    native.deploymentHistorySync(service, limit, control, cancellation),
  );
  return DeploymentHistory.wrap(history, caller);
}

function asked(
  options: DeploymentHistoryOptions,
  caller: Caller,
): { readonly service: string; readonly limit: number; readonly control: NativeControl } {
  checkObject(options, ['service', 'limit', 'control', 'signal'], caller);
  const { limit = 100 } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 32 - 1) {
    const given = typeof limit === 'number' ? String(limit) : described(limit);
    throw invalidArgument(`limit is ${given}; expected a whole number from 1`, caller);
  }
  return {
    service: text(options.service, 'service', caller),
    limit,
    control: controlOf(options.control, caller),
  };
}
