// The way across the boundary: arguments as JSON text, results as JSON text or as a failure.
import { native } from './addon';
import { ArtifactDeployError, type ErrorCode } from './error';
import type { JsonValue } from './json';
import type { Failure, Outcome } from './native';

/** A public function: what stands above it in a stack is of no use to the caller. */
export type Caller = Function;

/** The value of `outcome`, or its failure thrown as if by `caller`. */
export function unwrap<T>(outcome: Outcome<T>, caller: Caller): T {
  if (outcome instanceof native.Failure) throw failed(outcome, caller);
  return outcome;
}

/** The error that a failure stands for, as if made by `caller`. */
export function failed(failure: Failure, caller: Caller): ArtifactDeployError {
  const { details } = failure;
  const error = new ArtifactDeployError(failure.code as ErrorCode, failure.message, {
    details: details === null ? undefined : (JSON.parse(details) as JsonValue),
    retryable: failure.retryable,
    cause: causeOf(failure.causes),
  });
  Error.captureStackTrace(error, caller);
  return error;
}

/** Like {@link unwrap}, of a result that is JSON text. */
export function parse<T>(outcome: Outcome<string>, caller: Caller): T {
  return JSON.parse(unwrap(outcome, caller)) as T;
}

/** `value` as JSON text for the native side. */
export function stringify(value: unknown, caller: Caller): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return text;
  } catch (cause) {
    throw invalidArgument(`the arguments cannot be written as JSON: ${String(cause)}`, caller, cause);
  }
  const given = value === undefined ? 'nothing' : `a ${typeof value}`;
  throw invalidArgument(`the arguments cannot be written as JSON: ${given} was given`, caller);
}

/** An error for arguments of a type that TypeScript would have refused. */
export function invalidArgument(message: string, caller: Caller, cause?: unknown): ArtifactDeployError {
  const error = new ArtifactDeployError('INVALID_ARGUMENT', message, { cause });
  Error.captureStackTrace(error, caller);
  return error;
}

/** The causes as a chain of errors, the nearest first. */
function causeOf(messages: readonly string[]): Error | undefined {
  return messages.reduceRight<Error | undefined>((inner, message) => {
    const error = new Error(message, inner === undefined ? undefined : { cause: inner });
    // It did not happen in JavaScript: it has no stack here.
    error.stack = `Error: ${message}`;
    return error;
  }, undefined);
}
