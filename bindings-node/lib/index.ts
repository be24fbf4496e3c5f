export {
  environmentAlias,
  environmentForPullRequest,
  environmentFromBranch,
  parseEnvironment,
  type RepositoryLayout,
} from './environment';
export { ArtifactDeployError, type ArtifactDeployErrorOptions, type ErrorCode } from './error';
export { errorCodes, type ErrorCodeEntry } from './error-codes';
export {
  type Descriptor,
  ImageConfig,
  type ImageConfigJson,
  type IndexChild,
  Manifest,
  type ManifestJson,
} from './image-content';
export {
  digestOf,
  isTagProtected,
  parseDigest,
  parsePlatform,
  parseTag,
  platformMatches,
  type TagMutability,
} from './image-names';
export {
  type EcrHost,
  ImageReference,
  type ImageReferenceJson,
  parseRepositoryName,
  Repository,
  type RepositoryJson,
} from './image-reference';
export type { JsonObject, JsonValue } from './json';
export { identifyVersion, locateVersion } from './layout';
export type { AbortSignalLike, CallOptions } from './options';
export { type Run, Version, type VersionJson, type VersionOptions } from './version';
