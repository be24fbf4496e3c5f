import { native } from './addon';
import { asynchronous, synchronous } from './call';
import { type Control, controlOf } from './control';
import { checkObject } from './gate-request';
import type { JsonObject } from './json';
import type { CallOptions } from './options';
import { type Caller, stringify } from './outcome';
import type { ProofCounts, SeenImage, TaskProof } from './proof';

/** What an audit says of one service: a proof without its tasks. */
export interface ServiceVerdict extends ProofCounts {
  /** `cluster/service`. */
  readonly service: string;
  /** The revisions that run, with counts. */
  readonly revisions: readonly {
    readonly taskDefinition: string;
    readonly version?: string;
    readonly tasks: number;
    /** One of them. */
    readonly example: string;
  }[];
  readonly images: readonly SeenImage[];
  readonly agreementOnly?: readonly string[];
  /** Tasks that are not right, the first ten. */
  readonly tasks?: readonly TaskProof[];
  /** A newer version that was replaced by an older one. */
  readonly order?: JsonObject;
}

/** Which services are looked at, and how closely. */
export interface AuditOptions {
  /** Every service of this cluster. */
  readonly cluster?: string | undefined;
  /** Or these, each `cluster/service`. */
  readonly services?: readonly string[] | undefined;
  /** Is told of each service as its verdict is known; nothing is kept. */
  readonly onService?: ((verdict: ServiceVerdict) => void) | undefined;
  /** Describes each different task definition. */
  readonly withVersions?: boolean | undefined;
  /** Finds an older version in the place of a newer one. */
  readonly withOrder?: boolean | undefined;
  /** Looks once more at what is not sound. */
  readonly lookAgain?: boolean | undefined;
  /** Default: Amazon ECS, as the environment says. */
  readonly control?: Control | undefined;
  readonly signal?: CallOptions<never>['signal'];
}

/**
 * Says of every service of `cluster`, or of each of `services`, whether its tasks agree, and gives the
 * counts.
 *
 * Tasks are judged by the digest that their own image is pinned to, which needs no further call: 10
 * services and 100 tasks to a request, within the limits of ECS. The memory does not grow with the
 * number of services.
 *
 * @throws {@link ArtifactDeployError} `CLUSTER_NOT_FOUND`, `CANCELLED`, and what keeps ECS from answering
 */
export async function auditServices(options: AuditOptions): Promise<JsonObject> {
  const caller = auditServices;
  const request = requestOf(options, caller);
  const control = controlOf(options.control, caller);
  const summary = await asynchronous(listening(options), caller, (cancellation, progress) =>
    native.auditServices(request, control, cancellation, progress),
  );
  return JSON.parse(summary) as JsonObject;
}

/** As {@link auditServices}, while this thread waits. */
export function auditServicesSync(options: AuditOptions): JsonObject {
  const caller = auditServicesSync;
  const request = requestOf(options, caller);
  const control = controlOf(options.control, caller);
  const summary = synchronous(listening(options), caller, (cancellation, progress) =>
    native.auditServicesSync(request, control, cancellation, progress),
  );
  return JSON.parse(summary) as JsonObject;
}

const OPTIONS = [
  'cluster',
  'services',
  'onService',
  'withVersions',
  'withOrder',
  'lookAgain',
  'control',
  'signal',
];

function requestOf(options: AuditOptions, caller: Caller): string {
  checkObject(options, OPTIONS, caller);
  const { cluster, services = [], withVersions = false, withOrder = false, lookAgain = false } = options;
  return stringify({ cluster, services, withVersions, withOrder, lookAgain }, caller);
}

function listening({ onService, signal }: AuditOptions): CallOptions<ServiceVerdict> {
  return { onProgress: onService, signal };
}
