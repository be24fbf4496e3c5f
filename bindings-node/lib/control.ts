import { native } from './addon';
import { described } from './arguments';
import { Shared, timeoutsInSeconds } from './connect';
import { MemoryCluster } from './memory-cluster';
import type { Control as NativeControl, TargetGroups as NativeTargets } from './native';
import { type Caller, invalidArgument, stringify, unwrap } from './outcome';
import type { RegistryTimeouts } from './registry';

/** How a service of AWS is reached. What is left out is as the AWS SDK finds it in the environment. */
export interface AwsOptions {
  readonly region?: string | undefined;
  /** The profile of the shared AWS configuration. */
  readonly profile?: string | undefined;
  /** The role to assume. */
  readonly roleArn?: string | undefined;
  /** Where its API is, such as an emulator. */
  readonly endpointUrl?: string | undefined;
  readonly timeouts?: RegistryTimeouts | undefined;
}

/** Amazon ECS, by its options. */
export interface EcsControlOptions extends AwsOptions {
  readonly kind: 'ecs';
}

/** Elastic Load Balancing, by its options. */
export interface LoadBalancerTargetsOptions extends AwsOptions {
  readonly kind: 'elb';
}

/**
 * Amazon ECS. Connections and credentials are kept, and requests are paced within the limits of ECS:
 * use one object for many calls.
 */
export class EcsControl {
  readonly #native: NativeControl;

  /** @throws {@link ArtifactDeployError} `INVALID_ARGUMENT` */
  constructor(options: AwsOptions = {}) {
    this.#native = connectControl({ ...options, kind: 'ecs' }, EcsControl);
  }

  /** @internal */
  static nativeOf(control: EcsControl): NativeControl {
    return control.#native;
  }
}

/**
 * The targets of load balancers, as Elastic Load Balancing tells their health. The Region is that of
 * each target group.
 */
export class LoadBalancerTargets {
  readonly #native: NativeTargets;

  /** @throws {@link ArtifactDeployError} `INVALID_ARGUMENT` */
  constructor(options: AwsOptions = {}) {
    this.#native = connectTargets({ ...options, kind: 'elb' }, LoadBalancerTargets);
  }

  /** @internal */
  static nativeOf(targets: LoadBalancerTargets): NativeTargets {
    return targets.#native;
  }
}

/** Where services are. */
export type Control = EcsControl | MemoryCluster | EcsControlOptions;

/** Where the targets of load balancers are. */
export type Targets = LoadBalancerTargets | MemoryCluster | LoadBalancerTargetsOptions;

const shared = new Shared((caller) => connectControl({ kind: 'ecs' }, caller));

/**
 * What was named, or without it Amazon ECS as the environment says.
 *
 * @internal
 */
export function controlOf(control: Control | undefined, caller: Caller): NativeControl {
  if (control === undefined) return shared.get(caller);
  if (control instanceof EcsControl) return EcsControl.nativeOf(control);
  if (control instanceof MemoryCluster) return MemoryCluster.nativeOf(control).control();
  if (hasKind(control)) return connectControl(control, caller);
  throw invalidArgument(
    `control is ${described(control)}; expected an EcsControl, a MemoryCluster or { kind: 'ecs', … }`,
    caller,
  );
}

/**
 * What was named.
 *
 * @internal
 */
export function targetsOf(targets: Targets | undefined, caller: Caller): NativeTargets | null {
  if (targets === undefined) return null;
  if (targets instanceof LoadBalancerTargets) return LoadBalancerTargets.nativeOf(targets);
  if (targets instanceof MemoryCluster) return MemoryCluster.nativeOf(targets).targetGroups();
  if (hasKind(targets)) return connectTargets(targets, caller);
  throw invalidArgument(
    `targets is ${described(targets)}; expected a LoadBalancerTargets, a MemoryCluster or { kind: 'elb', … }`,
    caller,
  );
}

function hasKind(options: unknown): options is AwsOptions & { readonly kind: string } {
  return typeof options === 'object' && options !== null && 'kind' in options;
}

function connectControl(options: AwsOptions & { readonly kind: string }, caller: Caller): NativeControl {
  return unwrap(native.connectControl(written(options, caller)), caller);
}

function connectTargets(options: AwsOptions & { readonly kind: string }, caller: Caller): NativeTargets {
  return unwrap(native.connectTargetGroups(written(options, caller)), caller);
}

function written(options: AwsOptions, caller: Caller): string {
  return stringify({ ...options, timeouts: timeoutsInSeconds(options.timeouts) }, caller);
}
