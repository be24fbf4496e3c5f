import { native } from './addon';
import { asynchronous, synchronous } from './call';
import type { Waiting } from './gate-options';
import { checkObject, waitOf } from './gate-request';
import type { JsonObject } from './json';
import type { CallOptions } from './options';
import { type Caller, invalidArgument, stringify } from './outcome';

/**
 * Where a running application is asked, and what it must answer. The answer is read as `runningImage()`
 * is written, or as a text alone.
 */
export interface Probe {
  readonly url: string;
  /** What it must report. Of a deployment, the default is the version that is deployed. */
  readonly version?: string | undefined;
  readonly commit?: string | undefined;
  readonly digest?: string | undefined;
  /** The JSON pointer to where it stands in the answer. */
  readonly pointer?: string | undefined;
  /** How many right answers in a row are enough. Default: 3. */
  readonly times?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What an application has answered so far, and whether it is enough. */
export interface ApplicationAnswers {
  readonly url: string;
  readonly expected: JsonObject;
  readonly times: number;
  /** Whether enough right answers came in a row. */
  readonly satisfied: boolean;
  readonly asked: number;
  readonly right: number;
  readonly wrong: number;
  readonly failed: number;
  readonly inARow: number;
  /** Whether both what was meant and something else answered. */
  readonly both: boolean;
  readonly seen: readonly JsonObject[];
  readonly last?: string;
}

/** What is asked, and for how long. */
export interface WaitForApplicationOptions extends Waiting {
  readonly probe: Probe;
  readonly deadlineMs: number;
  /** Is told after each answer how things stand. */
  readonly onProgress?: ((answers: ApplicationAnswers) => void) | undefined;
  readonly signal?: CallOptions<never>['signal'];
}

/**
 * Asks the running application until it has reported what was meant several times in a row.
 *
 * @throws {@link ArtifactDeployError} `APPLICATION_MISMATCH` at the deadline, with `answers` in the
 * details; `UNAUTHENTICATED` and `ACCESS_DENIED` at once
 */
export async function waitForApplication(options: WaitForApplicationOptions): Promise<ApplicationAnswers> {
  const caller = waitForApplication;
  const request = requestOf(options, caller);
  const { onProgress, signal } = options;
  const answers = await asynchronous({ onProgress, signal }, caller, (cancellation, progress) =>
    native.waitForApplication(request, cancellation, progress),
  );
  return JSON.parse(answers) as ApplicationAnswers;
}

/** As {@link waitForApplication}, while this thread waits. */
export function waitForApplicationSync(options: WaitForApplicationOptions): ApplicationAnswers {
  const caller = waitForApplicationSync;
  const request = requestOf(options, caller);
  const { onProgress, signal } = options;
  const answers = synchronous({ onProgress, signal }, caller, (cancellation, progress) =>
    native.waitForApplicationSync(request, cancellation, progress),
  );
  return JSON.parse(answers) as ApplicationAnswers;
}

const OPTIONS = ['probe', 'deadlineMs', 'firstDelayMs', 'longestDelayMs', 'onProgress', 'signal'];

function requestOf(options: WaitForApplicationOptions, caller: Caller): string {
  checkObject(options, OPTIONS, caller);
  const wait = waitOf(options, '', caller);
  if (wait === undefined) {
    throw invalidArgument('deadlineMs is missing; say how long the application may take', caller);
  }
  return stringify({ probe: options.probe, wait }, caller);
}
