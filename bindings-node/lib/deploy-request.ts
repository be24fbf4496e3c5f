// What is asked of a rollout, for the native side.
import { native } from './addon';
import { described, text } from './arguments';
import { controlOf, targetsOf } from './control';
import type { DeployDetails, DeployOptions, RollbackOptions, RolloutOptions } from './deploy-options';
import { deploymentEvent, type ToldEvent } from './deployment-event';
import { checkObject, waitOf } from './gate-request';
import type { Deployable, Places } from './native';
import type { CallOptions } from './options';
import { type Caller, invalidArgument, stringify, unwrap } from './outcome';
import { Registry } from './registry';
import { RenderedTaskDefinition } from './render-task-definition';
import { imagesByContainer } from './verified-image';

const ROLLOUT = [
  'service',
  'until',
  'deadlineMs',
  'firstDelayMs',
  'longestDelayMs',
  'onEvent',
  'signal',
  'hooks',
  'probe',
  'control',
  'registry',
  'targets',
  'check',
];

const DEPLOY = [
  ...ROLLOUT,
  'rendered',
  'taskDefinition',
  'version',
  'images',
  'build',
  'deploymentConfiguration',
  'forceNewDeployment',
  'unguarded',
];

/** A rollout for the native side. */
interface Asked {
  readonly request: string;
  readonly places: Places;
  readonly call: CallOptions<ToldEvent>;
}

/** What `deploy` asks. */
export function deployRequest(options: DeployOptions, caller: Caller): Asked & { readonly what: Deployable } {
  checkObject(options, DEPLOY, caller);
  const { version, build, deploymentConfiguration, forceNewDeployment, unguarded } = options as DeployDetails;
  const details = {
    version: version === undefined ? undefined : String(version),
    build,
    deploymentConfiguration,
    forceNewDeployment,
    unguarded,
  };
  return { what: deployable(options, caller), ...asked(options, details, {}, caller) };
}

/** What `rollback` asks. */
export function rollbackRequest(options: RollbackOptions, caller: Caller): Asked {
  checkObject(options, [...ROLLOUT, 'to', 'policy'], caller);
  const { to, policy } = options;
  return asked(options, {}, { to: to === undefined ? undefined : String(to), policy }, caller);
}

function asked(options: RolloutOptions, details: object, more: object, caller: Caller): Asked {
  const { service, until, hooks, probe, check = true, onEvent, signal } = options;
  if (onEvent !== undefined && typeof onEvent !== 'function') {
    throw invalidArgument(`onEvent is ${described(onEvent)}; expected a function`, caller);
  }
  if (typeof check !== 'boolean') {
    throw invalidArgument(`check is ${described(check)}; expected true or false`, caller);
  }
  const wait = waitOf(options, 'without it the time follows from the service', caller);
  const request = {
    service: text(service, 'service', caller),
    options: { until, hooks, probe, wait, ...details },
    check,
    ...more,
  };
  return {
    request: stringify(request, caller),
    places: native.rolloutPlaces(
      controlOf(options.control, caller),
      Registry.nativeOf(options.registry, caller),
      targetsOf(options.targets, caller),
    ),
    call: { signal, onProgress: onEvent && ((told) => onEvent(deploymentEvent(told))) },
  };
}

function deployable(options: DeployOptions, caller: Caller): Deployable {
  const { rendered, taskDefinition, images = {} } = options;
  if (rendered !== undefined && (taskDefinition !== undefined || options.images !== undefined)) {
    throw invalidArgument('rendered has its own images; give it without taskDefinition and images', caller);
  }
  if (rendered !== undefined) {
    return native.deployableRendered(RenderedTaskDefinition.nativeOf(rendered, caller));
  }
  const given = imagesByContainer(images, caller);
  if (taskDefinition !== undefined) {
    const arn = text(taskDefinition, 'taskDefinition', caller);
    return unwrap(native.deployableRevision(arn, given.containers, given.images), caller);
  }
  if (options.version === undefined || given.images.length === 0) {
    throw invalidArgument(
      'nothing to deploy is named; give rendered, taskDefinition, or version with images',
      caller,
    );
  }
  return unwrap(native.deployableVersion(String(options.version), given.containers, given.images), caller);
}
