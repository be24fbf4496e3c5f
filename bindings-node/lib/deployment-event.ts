import type { ProofCounts } from './proof';
import type { VersionJson } from './version';

/** What a service runs or ran, as far as it is known. */
export interface DeployedVersion {
  /** `ecs-svc/…`. */
  readonly deploymentId?: string;
  /** The ARN of the revision. */
  readonly taskDefinition?: string;
  readonly version?: VersionJson;
}

/** What a rollout that was cancelled, or ran out of time, left behind. */
export type LeftBehind =
  /** Nothing was changed. */
  | { readonly state: 'unchanged' }
  /** A revision was registered; the service was not touched. */
  | { readonly state: 'registered'; readonly taskDefinition: string }
  /** The service was told to run it, and goes on by itself. */
  | { readonly state: 'updating'; readonly taskDefinition: string; readonly deploymentId?: string }
  /** A request that changes something was under way: whether it was carried out is not known. */
  | { readonly state: 'unknown'; readonly taskDefinition?: string };

/** Why a task failed, and what to do. */
export interface TaskFailure {
  /** Of the first of those that failed alike. */
  readonly taskArn: string;
  readonly container?: string;
  /** The stable word: `image-not-found`, `exited`, `out-of-memory`, … */
  readonly code: string;
  /** The words of ECS. */
  readonly reason: string;
  readonly exitCode?: number;
  /** What to do. */
  readonly advice: string;
  /** Where its logs are. */
  readonly logHint?: string;
  /** How many failed alike. */
  readonly count: number;
}

/** What came of a rollout. Only `completed` is success. */
export type DeploymentOutcome = 'completed' | 'rolled-back' | 'failed' | 'superseded' | 'timed-out';

interface Told<Name extends string> {
  /** What it is. */
  readonly event: Name;
  /** When it was told: RFC 3339. */
  readonly at: string;
  /** One line for a log. */
  toString(): string;
}

/** The task definition is registered. */
export interface RegisteredEvent extends Told<'registered'> {
  readonly taskDefinition: string;
  /** Whether the same content was registered before, so that nothing was done. */
  readonly reused: boolean;
}

/** The service was told to run it. */
export interface UpdatedEvent extends Told<'updated'> {
  readonly deploymentId: string;
  readonly taskDefinition: string;
  readonly replaced: readonly DeployedVersion[];
}

/** How far the deployment is. Told when it changes. */
export interface ProgressEvent extends Told<'progress'> {
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** As ECS counts them: it begins again at 0 once a task runs. */
  readonly failed: number;
  readonly stage?: string;
  readonly status: string;
}

/** ECS wrote something that matters into the events of the service. */
export interface ServiceMessageEvent extends Told<'service-message'> {
  readonly createdAt: string;
  readonly message: string;
}

/** A task failed. */
export interface TaskFailedEvent extends Told<'task-failed'>, TaskFailure {}

/** The deployment waits for somebody in a hook: `continueDeployment` answers it. */
export interface PausedEvent extends Told<'paused'> {
  readonly hookId: string;
  readonly stage?: string;
  readonly expiresAt?: string;
  /** `ROLLBACK` or `CONTINUE`. */
  readonly timeoutAction?: string;
}

/** ECS takes the deployment back. */
export interface RollingBackEvent extends Told<'rolling-back'> {
  readonly reason: string;
}

/** Something else took the place of the deployment. */
export interface SupersededEvent extends Told<'superseded'> {
  readonly by: DeployedVersion;
}

/** A newer version that this rollout had replaced was put back. */
export interface HealedEvent extends Told<'healed'> {
  readonly restored: DeployedVersion;
}

/** Somebody put this version back; the rollout goes on with that deployment. */
export interface AdoptedEvent extends Told<'adopted'> {
  readonly deploymentId: string;
  readonly version?: VersionJson;
}

/** Whether the version is newer than what it replaces cannot be told. */
export interface OrderUnknownEvent extends Told<'order-unknown'> {
  readonly reason: string;
}

/** The running tasks were looked at. */
export interface ProvedEvent extends Told<'proved'>, ProofCounts {}

/** The running application was asked for its version. */
export interface AskedEvent extends Told<'asked'> {
  readonly url: string;
  readonly answer: string;
  readonly right: boolean;
  readonly inARow: number;
}

/** A request failed and is made again. */
export interface RetryingEvent extends Told<'retrying'> {
  readonly code: string;
  readonly message: string;
  readonly nextDelaySeconds: number;
}

/** The rollout came to its end. */
export interface FinishedEvent extends Told<'finished'> {
  readonly outcome: DeploymentOutcome;
  readonly reason: string;
}

/** The caller gave the rollout up. */
export interface CancelledEvent extends Told<'cancelled'> {
  readonly left: LeftBehind;
}

/** One thing that happened in a rollout: `event` says what. As text it is one line for a log. */
export type DeploymentEvent =
  | RegisteredEvent
  | UpdatedEvent
  | ProgressEvent
  | ServiceMessageEvent
  | TaskFailedEvent
  | PausedEvent
  | RollingBackEvent
  | SupersededEvent
  | HealedEvent
  | AdoptedEvent
  | OrderUnknownEvent
  | ProvedEvent
  | AskedEvent
  | RetryingEvent
  | FinishedEvent
  | CancelledEvent;

/** An event as the native side tells it. */
export interface ToldEvent {
  readonly event: DeploymentEvent;
  readonly text: string;
}

/** The event, which is its line where text is wanted. */
export function deploymentEvent({ event, text }: ToldEvent): DeploymentEvent {
  // Not enumerable: the JSON form stays the one of all languages.
  return Object.freeze(Object.defineProperty(event, 'toString', { value: () => text }));
}
