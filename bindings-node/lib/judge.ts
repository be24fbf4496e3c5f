// The decisions behind deployments, on values that somebody else fetched. Nothing is sent.
import { native } from './addon';
import type { ApplicationAnswers } from './application';
import type { TaskFailure } from './deployment-event';
import type { JsonObject } from './json';
import { parse, stringify, unwrap } from './outcome';
import { type MeantJson, Proof } from './proof';
import { TaskDefinition } from './task-definition';

/**
 * Why a task failed, and what to do; `undefined` when it did not: it runs, or was stopped because it
 * was not needed any more.
 *
 * @param task as `DescribeTasks` returns it, with times in RFC 3339
 * @param taskDefinition that it was started from: it tells where the logs are, and which containers are
 * essential
 * @throws {@link ArtifactDeployError} `INVALID_ARGUMENT` for what is no task
 */
export function explainTask(
  task: object,
  taskDefinition?: TaskDefinition | string | object,
): TaskFailure | undefined {
  const definition =
    taskDefinition === undefined ? null : TaskDefinition.nativeOf(taskDefinition, explainTask);
  const failure = native.explainTask(stringify(task, explainTask), definition);
  return parse<TaskFailure | null>(failure, explainTask) ?? undefined;
}

/** What tasks prove; they are as `DescribeTasks` returns them. */
export function judgeTasks(seen: {
  readonly tasks: readonly object[];
  readonly meant: MeantJson;
  readonly service?: string | undefined;
  readonly desiredCount?: number | undefined;
  readonly runningCount?: number | undefined;
}): Proof {
  return Proof.wrap(unwrap(native.judgeTasks(stringify(seen, judgeTasks)), judgeTasks), judgeTasks);
}

/** What the answers of an application show, one after the other. */
export function judgeAnswers(seen: object): ApplicationAnswers {
  return parse(native.judgeAnswers(stringify(seen, judgeAnswers)), judgeAnswers);
}

/** The answers of an application in a sentence, when they are enough. */
export function requireAnswers(seen: object): string {
  return unwrap(native.requireAnswers(stringify(seen, requireAnswers)), requireAnswers);
}

/** What load-balancer targets show. */
export function judgeTargets(seen: object): JsonObject {
  return parse(native.judgeTargets(stringify(seen, judgeTargets)), judgeTargets);
}

/** Where a deployment stands after each observation. */
export function standings(seen: object): JsonObject[] {
  return parse(native.standings(stringify(seen, standings)), standings);
}
