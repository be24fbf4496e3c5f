import { native } from './addon';
import type { Variables } from './build-metadata';
import { type Caller, stringify, unwrap } from './outcome';

/** Names and values, as an object or as pairs. */
export type GithubEntries =
  Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>;

/** Where to write. */
export interface GithubFileOptions {
  /** Default: the file that the variable names. */
  readonly path?: string | undefined;
  /** Default: `process.env`. */
  readonly variables?: Variables | undefined;
}

/**
 * Appends outputs of this step to the file that `GITHUB_OUTPUT` names: all of them or, when one
 * cannot be written safely, none. No value can set another name. Gives the path.
 *
 * @throws {@link ArtifactDeployError} `INVALID_OUTPUT`, `METADATA_NOT_FOUND` (no file is named), `IO`
 */
export function writeGithubOutput(entries: GithubEntries, options: GithubFileOptions = {}): string {
  return unwrap(native.writeGithubOutput(request(entries, options, writeGithubOutput)), writeGithubOutput);
}

/**
 * Appends variables for the later steps to the file that `GITHUB_ENV` names, as
 * {@link writeGithubOutput} does.
 *
 * @throws {@link ArtifactDeployError} `INVALID_OUTPUT`, `METADATA_NOT_FOUND`, `IO`
 */
export function writeGithubEnvironment(entries: GithubEntries, options: GithubFileOptions = {}): string {
  return unwrap(
    native.writeGithubEnvironment(request(entries, options, writeGithubEnvironment)),
    writeGithubEnvironment,
  );
}

function request(entries: GithubEntries, options: GithubFileOptions, caller: Caller): string {
  const { path, variables = process.env } = options;
  const pairs = Symbol.iterator in entries ? [...entries] : Object.entries(entries);
  return stringify({ entries: pairs, path, variables }, caller);
}
