import { native } from './addon';
import { text, time } from './arguments';
import { parse } from './outcome';

/** A build time in the two forms that are accepted everywhere. */
export interface BuildTime {
  /** `YYYYmmdd-HHMMSS` in UTC. */
  readonly compact: string;
  readonly rfc3339: string;
}

/**
 * Reads a build time: RFC 3339 or `YYYYmmdd-HHMMSS` in UTC. Fractions of a second are cut.
 *
 * @throws {@link ArtifactDeployError} `INVALID_TIME`
 */
export function parseBuildTime(value: string | Date): BuildTime {
  return parse(native.parseBuildTime(time(value, 'time', parseBuildTime)), parseBuildTime);
}

/**
 * Checks the object name of a commit: 8 to 40, or 64, hexadecimal digits. Gives it in lower case,
 * and the first eight digits, which a version carries.
 *
 * @throws {@link ArtifactDeployError} `INVALID_COMMIT`
 */
export function parseCommit(commit: string): { readonly commit: string; readonly short: string } {
  return parse(native.parseCommit(text(commit, 'commit', parseCommit)), parseCommit);
}
