// Calls that take time: abort signals and progress events.
import { native } from './addon';
import { ArtifactDeployError } from './error';
import type { JsonValue } from './json';
import type { Cancellation, Failure, Outcome } from './native';
import type { AbortSignalLike, CallOptions } from './options';
import { type Caller, invalidArgument, unwrap } from './outcome';

/** What the native side takes of {@link CallOptions}. */
type NativeProgress = ((event: string) => void) | undefined;

/** Runs a native call that gives a promise. */
export async function asynchronous<T, Progress>(
  options: CallOptions<Progress>,
  caller: Caller,
  start: (cancellation: Cancellation, progress: NativeProgress) => Promise<Outcome<T>>,
): Promise<T> {
  const call = new Call(options, caller);
  const { signal } = options;
  const abort = (): void => call.cancellation.cancel();
  signal?.addEventListener('abort', abort);
  try {
    return call.end(await start(call.cancellation, call.progress));
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Runs a native call that blocks. */
export function synchronous<T, Progress>(
  options: CallOptions<Progress>,
  caller: Caller,
  start: (cancellation: Cancellation, progress: NativeProgress) => Outcome<T>,
): T {
  const call = new Call(options, caller);
  return call.end(start(call.cancellation, call.progress));
}

/** One call under way. */
class Call<Progress> {
  readonly cancellation = new native.Cancellation();
  /** Undefined without a listener, so that the native side need not report. Never throws. */
  readonly progress: NativeProgress;
  readonly #signal: AbortSignalLike | undefined;
  readonly #caller: Caller;
  #thrown: { readonly error: unknown } | undefined;

  constructor({ onProgress, signal }: CallOptions<Progress>, caller: Caller) {
    this.#signal = checkedSignal(signal, caller);
    this.#caller = caller;
    if (onProgress !== undefined && typeof onProgress !== 'function') {
      throw invalidArgument(`onProgress is a ${typeof onProgress}; expected a function`, caller);
    }
    this.progress = onProgress && ((event) => this.#report(onProgress, event));
    if (signal?.aborted) throw this.#cancelled();
  }

  #report(onProgress: (progress: Progress) => void, event: string): void {
    if (this.#thrown !== undefined) return;
    try {
      onProgress(JSON.parse(event) as Progress);
    } catch (error) {
      this.#thrown = { error };
      this.cancellation.cancel();
    }
  }

  /** The value of the call, or what ended it: the listener's error, the signal, the library's error. */
  end<T>(outcome: Outcome<T>): T {
    if (this.#thrown !== undefined) throw this.#thrown.error;
    if (outcome instanceof native.Failure && outcome.code === 'CANCELLED') throw this.#cancelled(outcome);
    return unwrap(outcome, this.#caller);
  }

  /** What the call left behind is in the details, where it says so. */
  #cancelled(failure?: Failure): ArtifactDeployError {
    const details = failure?.details ?? undefined;
    const error = new ArtifactDeployError('CANCELLED', 'the call was cancelled by its abort signal', {
      details: details === undefined ? undefined : (JSON.parse(details) as JsonValue),
      cause: this.#signal?.reason,
    });
    Error.captureStackTrace(error, this.#caller);
    return error;
  }
}

/** The signal, if it is one. */
export function checkedSignal(
  signal: AbortSignalLike | undefined,
  caller: Caller,
): AbortSignalLike | undefined {
  if (signal === undefined || (typeof signal === 'object' && typeof signal.addEventListener === 'function')) {
    return signal;
  }
  throw invalidArgument(`signal is a ${typeof signal}; expected an AbortSignal`, caller);
}
