import { native } from './addon';
import { text } from './arguments';
import { stringify, unwrap } from './outcome';

/**
 * Where images of several environments stand: in one repository that all share, with the
 * environment in the tag, or in a repository for each, with the environment in its name.
 */
export type RepositoryLayout = 'shared' | 'per-environment';

/**
 * Checks the name of an environment: a lower-case DNS label, such as `pr-51` or `staging`.
 *
 * @throws {@link ArtifactDeployError} `INVALID_ENVIRONMENT`
 */
export function parseEnvironment(environment: string): string {
  const name = text(environment, 'environment', parseEnvironment);
  return unwrap(native.parseEnvironment(name), parseEnvironment);
}

/**
 * The environment of a branch: its name in lower case with `-` for what an environment cannot
 * carry, and a short hash of the name when anything was replaced or cut.
 *
 * @throws {@link ArtifactDeployError} `INVALID_ENVIRONMENT` when nothing usable is left
 */
export function environmentFromBranch(branch: string): string {
  const name = text(branch, 'branch', environmentFromBranch);
  return unwrap(native.environmentFromBranch(name), environmentFromBranch);
}

/**
 * The environment of a pull request: `pr-51`.
 *
 * @throws {@link ArtifactDeployError} `INVALID_ENVIRONMENT`, `INVALID_ARGUMENT`
 */
export function environmentForPullRequest(number: number): string {
  const json = stringify(number, environmentForPullRequest);
  return unwrap(native.environmentForPullRequest(json), environmentForPullRequest);
}

/**
 * The moving tag of an environment: `pr-51-latest`, or `latest` in a repository of its own.
 * For people; a deployment never depends on it.
 *
 * @throws {@link ArtifactDeployError} `INVALID_ENVIRONMENT`
 */
export function environmentAlias(environment: string, layout: RepositoryLayout = 'shared'): string {
  const name = text(environment, 'environment', environmentAlias);
  return unwrap(native.environmentAlias(name, stringify(layout, environmentAlias)), environmentAlias);
}
