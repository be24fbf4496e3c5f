import { native } from './addon';
import { described, text } from './arguments';
import type { JsonObject } from './json';
import { MemoryRegistry } from './memory-registry';
import type { MemoryCluster as NativeCluster } from './native';
import { type Caller, invalidArgument, parse, stringify, unwrap } from './outcome';
import { TaskDefinition } from './task-definition';

/** How tasks behave that run an image. */
export interface MemoryBehaviour {
  /** A digest, an image as a task definition names it, or a tag. */
  readonly image: string;
  readonly behaviour:
    | 'healthy'
    | 'slow-start'
    | 'crash-loop'
    | 'out-of-memory'
    | 'never-healthy'
    | 'secrets-unreadable'
    | 'cannot-pull'
    | 'cannot-start';
  readonly exitCode?: number | undefined;
  readonly afterSeconds?: number | undefined;
  /** Which health check `never-healthy` fails. */
  readonly check?: 'container' | 'target' | undefined;
  /** Why `cannot-pull` cannot. */
  readonly pull?:
    | 'not-found'
    | 'copy-failed'
    | 'role-not-allowed'
    | 'network'
    | 'timeout'
    | 'rate-limit'
    | 'pull-access-denied'
    | 'disk-full'
    | 'cancelled'
    | undefined;
  /** For the next so many tasks alone. */
  readonly tasks?: number | undefined;
}

/** An operation of ECS or of load balancers. */
export type ControlOperation =
  | 'register-task-definition'
  | 'describe-task-definition'
  | 'list-task-definitions'
  | 'describe-services'
  | 'list-services'
  | 'update-service'
  | 'list-service-deployments'
  | 'describe-service-deployments'
  | 'describe-service-revisions'
  | 'continue-service-deployment'
  | 'stop-service-deployment'
  | 'list-tasks'
  | 'list-cluster-tasks'
  | 'describe-tasks'
  | 'target-health';

/** One way in which the cluster goes wrong. */
export interface ControlFault {
  /** Default: every operation. */
  readonly operation?: ControlOperation | undefined;
  /** `lost-answer`: it is done, and the answer is lost. `stale`: the answer is that of a moment before. */
  readonly fault:
    'throttled' | 'unavailable' | 'timeout' | 'hang' | 'access-denied' | 'lost-answer' | 'stale' | 'missing';
  /** Default: until {@link MemoryCluster.heal}. */
  readonly times?: number | undefined;
  /** How many such calls go well before. */
  readonly after?: number | undefined;
  /** The name of the service that is asked for. */
  readonly service?: string | undefined;
}

/** A whole scene as plain values. */
export interface MemoryClusterFixture {
  readonly clusters?: readonly string[] | undefined;
  /** As `RegisterTaskDefinition` takes them. */
  readonly taskDefinitions?: readonly object[] | undefined;
  /** As `CreateService` takes them; those with `steady: true` run already. */
  readonly services?: readonly object[] | undefined;
  readonly behaviours?: readonly MemoryBehaviour[] | undefined;
  /** The Lambda functions of lifecycle hooks that fail. */
  readonly failingHooks?: readonly string[] | undefined;
  /** Alarms that go off. */
  readonly alarms?: readonly string[] | undefined;
  readonly faults?: readonly ControlFault[] | undefined;
  /** How long each step of a task's life takes, in seconds, by its name: `{ pulling: 10 }`. */
  readonly pace?: Readonly<Record<string, number>> | undefined;
  /** How many times as fast everything happens. Default: 1. */
  readonly faster?: number | undefined;
  /** What its clock shows at its creation. */
  readonly time?: string | undefined;
  /** How many items a page of a list has. Default: 100. */
  readonly pageSize?: number | undefined;
  /** Whether tasks report the digest of the image of their platform in place of that of the index. */
  readonly platformDigests?: boolean | undefined;
  /** Whether it has service deployments. Default: yes. */
  readonly serviceDeployments?: boolean | undefined;
}

/**
 * Amazon ECS in memory, for tests and demonstrations: tasks that pull from a registry in memory when
 * they start, deployments, circuit breaker, rollback, load balancers. It runs in real time, and
 * misbehaves on request.
 */
export class MemoryCluster {
  readonly #native: NativeCluster;

  /**
   * A cluster whose tasks pull from `registry`.
   *
   * @throws {@link ArtifactDeployError} `INVALID_ARGUMENT` for a fixture that cannot be used
   */
  constructor(registry: MemoryRegistry, fixture: MemoryClusterFixture = {}) {
    const caller = MemoryCluster;
    const pulled = MemoryRegistry.nativeMemoryOf(registry, caller);
    this.#native = unwrap(native.createMemoryCluster(pulled, stringify(fixture, caller)), caller);
  }

  /** @internal */
  static nativeOf(cluster: MemoryCluster): NativeCluster {
    return cluster.#native;
  }

  /** Makes an empty cluster. */
  createCluster(name: string): void {
    this.#native.createCluster(text(name, 'name', this.createCluster));
  }

  /** Registers a task definition, as `RegisterTaskDefinition` takes it, and gives its ARN. */
  addTaskDefinition(document: TaskDefinition | string | object): string {
    const caller = this.addTaskDefinition;
    const added = document instanceof TaskDefinition ? document.toString() : written(document, caller);
    return unwrap(this.#native.addTaskDefinition(added), caller);
  }

  /** Makes a service, as `CreateService` takes it. With `steady` it runs already. */
  createService(document: string | object, { steady = false }: { steady?: boolean } = {}): JsonObject {
    const caller = this.createService;
    return parse(this.#native.createService(written(document, caller), steady), caller);
  }

  /** Says how tasks behave that run an image: `{ image: 'v2', behaviour: 'crash-loop', exitCode: 1 }`. */
  behave(behaviour: MemoryBehaviour): void {
    unwrap(this.#native.behave(stringify(behaviour, this.behave)), this.behave);
  }

  /** Makes calls go wrong: `{ operation: 'update-service', fault: 'lost-answer', times: 1 }`. */
  inject(fault: ControlFault): void {
    unwrap(this.#native.inject(stringify(fault, this.inject)), this.inject);
  }

  /** Ends all faults. */
  heal(): void {
    this.#native.heal();
  }

  /** Lets an alarm go off. */
  soundAlarm(name: string): void {
    this.#native.soundAlarm(text(name, 'name', this.soundAlarm));
  }

  /** Stops a task; its service starts another one. */
  stopTask(taskArn: string, reason = 'stopped by the test'): void {
    const caller = this.stopTask;
    unwrap(this.#native.stopTask(text(taskArn, 'taskArn', caller), text(reason, 'reason', caller)), caller);
  }

  /** The tasks of a service, those that stopped too, as `DescribeTasks` tells them. */
  tasks(service: string): JsonObject[] {
    return parse(this.#native.tasks(text(service, 'service', this.tasks)), this.tasks);
  }

  /** The service as it is. */
  service(service: string): JsonObject {
    return parse(this.#native.service(text(service, 'service', this.service)), this.service);
  }

  /** How many calls it had, by operation. */
  get calls(): JsonObject {
    return parse(this.#native.calls(), MemoryCluster);
  }

  /** Counts calls from zero again. */
  resetCalls(): void {
    this.#native.resetCalls();
  }
}

/** A document as JSON text. */
function written(document: string | object, caller: Caller): string {
  if (typeof document === 'string') return document;
  if (typeof document === 'object' && document !== null) return stringify(document, caller);
  throw invalidArgument(`the document is ${described(document)}; expected JSON text or an object`, caller);
}
