import { native } from './addon';
import { text } from './arguments';
import { asynchronous, synchronous } from './call';
import { type Control, controlOf } from './control';
import { checkObject } from './gate-request';
import type { CallOptions } from './options';
import { type Caller, stringify } from './outcome';

/** Which service deployment is meant. */
export interface StopDeploymentOptions {
  /** The ARN of the service deployment. */
  readonly serviceDeployment: string;
  /** Default: Amazon ECS, as the environment says. */
  readonly control?: Control | undefined;
  readonly signal?: CallOptions<never>['signal'];
}

/** Which hook is answered, and how. */
export interface ContinueDeploymentOptions extends StopDeploymentOptions {
  /** As the `paused` event names it. */
  readonly hookId: string;
  /** Default: `continue`. */
  readonly action?: 'continue' | 'rollback' | undefined;
}

/**
 * Answers the hook in which a service deployment waits.
 *
 * @throws {@link ArtifactDeployError} `SERVICE_DEPLOYMENT_NOT_FOUND`, `CONFLICT` when it does not wait
 */
export async function continueDeployment(options: ContinueDeploymentOptions): Promise<void> {
  const caller = continueDeployment;
  const answer = answerOf(options, caller);
  const control = controlOf(options.control, caller);
  await asynchronous({ signal: options.signal }, caller, (cancellation) =>
    native.continueDeployment(answer, control, cancellation),
  );
}

/** As {@link continueDeployment}, while this thread waits. */
export function continueDeploymentSync(options: ContinueDeploymentOptions): void {
  const caller = continueDeploymentSync;
  const answer = answerOf(options, caller);
  const control = controlOf(options.control, caller);
  synchronous({ signal: options.signal }, caller, (cancellation) =>
    native.continueDeploymentSync(answer, control, cancellation),
  );
}

/**
 * Takes a service deployment that is under way back to what was there before.
 *
 * @throws {@link ArtifactDeployError} `SERVICE_DEPLOYMENT_NOT_FOUND`, `CONFLICT` when it has come to its end
 */
export async function stopDeployment(options: StopDeploymentOptions): Promise<void> {
  const caller = stopDeployment;
  const stopped = stoppedBy(options, caller);
  const control = controlOf(options.control, caller);
  await asynchronous({ signal: options.signal }, caller, (cancellation) =>
    native.stopDeployment(stopped, control, cancellation),
  );
}

/** As {@link stopDeployment}, while this thread waits. */
export function stopDeploymentSync(options: StopDeploymentOptions): void {
  const caller = stopDeploymentSync;
  const stopped = stoppedBy(options, caller);
  const control = controlOf(options.control, caller);
  synchronous({ signal: options.signal }, caller, (cancellation) =>
    native.stopDeploymentSync(stopped, control, cancellation),
  );
}

function answerOf(options: ContinueDeploymentOptions, caller: Caller): string {
  checkObject(options, ['serviceDeployment', 'hookId', 'action', 'control', 'signal'], caller);
  const { serviceDeployment, hookId, action = 'continue' } = options;
  return stringify({ serviceDeployment, hookId, action }, caller);
}

function stoppedBy(options: StopDeploymentOptions, caller: Caller): string {
  checkObject(options, ['serviceDeployment', 'control', 'signal'], caller);
  return text(options.serviceDeployment, 'serviceDeployment', caller);
}
