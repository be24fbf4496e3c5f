export {
  BuildMetadata,
  type BuildMetadataJson,
  type DetectFromOptions,
  type DetectOptions,
  type Provider,
  type Variables,
} from './build-metadata';
export { type BuiltImage, buildxImage, buildxTargets } from './buildx-metadata';
export { defaultTag } from './default-tag';
export {
  environmentAlias,
  environmentForPullRequest,
  environmentFromBranch,
  parseEnvironment,
  type RepositoryLayout,
} from './environment';
export { ArtifactDeployError, type ArtifactDeployErrorOptions, type ErrorCode } from './error';
export { errorCodes, type ErrorCodeEntry } from './error-codes';
export type { GateOptions, GateProgress, ImageQuery, Policy, RetentionPolicy, ScanPolicy } from './gate-options';
export { type Check, type CheckName, type FoundImage, GateReport, type GateReportJson } from './gate-report';
export {
  type GithubEntries,
  type GithubFileOptions,
  writeGithubEnvironment,
  writeGithubOutput,
} from './github-file';
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
export { inspectImage, inspectImageSync } from './inspect-image';
export type { JsonObject, JsonValue } from './json';
export { identifyVersion, locateVersion } from './layout';
export {
  type MemoryCalls,
  type MemoryDamage,
  type MemoryFault,
  type MemoryImageFixture,
  MemoryRegistry,
  type MemoryRegistryFixture,
} from './memory-registry';
export { type BuildTime, parseBuildTime, parseCommit } from './metadata-text';
export type { AbortSignalLike, CallOptions } from './options';
export { type Publication, publication, type PublicationOptions, publicationSync } from './publication';
export {
  EcrRegistry,
  type EcrRegistryOptions,
  OciRegistry,
  type OciRegistryOptions,
  Registry,
  type RegistryTimeouts,
} from './registry';
export {
  type ContainerChange,
  RenderedTaskDefinition,
  type RenderSpec,
  renderTaskDefinition,
} from './render-task-definition';
export { type ImageOutcome, resolveEachImage, resolveEachImageSync } from './resolve-each-image';
export { resolveImage, type ResolveImageOptions, resolveImageSync } from './resolve-image';
export { resolveImages, resolveImagesSync } from './resolve-images';
export { type RunningImage, runningImage } from './running-image';
export {
  TaskDefinition,
  type TaskDefinitionChange,
  TaskDefinitionDiff,
  type TaskDefinitionProblem,
} from './task-definition';
export { VerifiedImage, type VerifiedImageJson } from './verified-image';
export { type Run, Version, type VersionJson, type VersionOptions } from './version';
