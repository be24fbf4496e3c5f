import { native } from './addon';
import type { ErrorCode } from './error';
import { parse } from './outcome';

/** One line of the published list of error codes. */
export interface ErrorCodeEntry {
  readonly code: ErrorCode;
  /** Whether the same call can succeed later with nothing changed by the caller. */
  readonly retryable: boolean;
}

/** Every error code, in the published order. */
export function errorCodes(): ErrorCodeEntry[] {
  return parse(native.errorCodes(), errorCodes);
}
