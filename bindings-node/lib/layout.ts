import { native } from './addon';
import { text } from './arguments';
import type { RepositoryLayout } from './environment';
import { parse, stringify } from './outcome';
import { Version, type VersionJson } from './version';

/**
 * The repository and tag of a version.
 *
 * @param repository the address without an environment, with or without a registry host
 * @throws {@link ArtifactDeployError} `INVALID_REPOSITORY`, `INVALID_VERSION`
 */
export function locateVersion(
  repository: string,
  version: Version | string,
  layout: RepositoryLayout = 'shared',
): { repository: string; tag: string } {
  const base = text(repository, 'repository', locateVersion);
  const outcome = native.locateVersion(stringify(layout, locateVersion), base, String(version));
  return parse(outcome, locateVersion);
}

/**
 * The inverse of {@link locateVersion}: the repository without an environment, and the version.
 *
 * @throws {@link ArtifactDeployError} `INVALID_REPOSITORY`, `INVALID_VERSION`, `INVALID_TAG`
 */
export function identifyVersion(
  repository: string,
  tag: string,
  layout: RepositoryLayout = 'shared',
): { repository: string; version: Version } {
  const outcome = native.identifyVersion(
    stringify(layout, identifyVersion),
    text(repository, 'repository', identifyVersion),
    text(tag, 'tag', identifyVersion),
  );
  const found = parse<{ repository: string; version: VersionJson }>(outcome, identifyVersion);
  return { repository: found.repository, version: Version.fromJson(found.version) };
}
