import { native } from './addon';
import type { Variables } from './build-metadata';
import { stringify, unwrap } from './outcome';

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
export function writeGithubOutput(
  entries: Readonly<Record<string, string>>,
  { path, variables = process.env }: GithubFileOptions = {},
): string {
  const request = stringify({ entries, path, variables }, writeGithubOutput);
  return unwrap(native.writeGithubOutput(request), writeGithubOutput);
}

/**
 * Appends variables for the later steps to the file that `GITHUB_ENV` names, as
 * {@link writeGithubOutput} does.
 *
 * @throws {@link ArtifactDeployError} `INVALID_OUTPUT`, `METADATA_NOT_FOUND`, `IO`
 */
export function writeGithubEnvironment(
  entries: Readonly<Record<string, string>>,
  { path, variables = process.env }: GithubFileOptions = {},
): string {
  const request = stringify({ entries, path, variables }, writeGithubEnvironment);
  return unwrap(native.writeGithubEnvironment(request), writeGithubEnvironment);
}
