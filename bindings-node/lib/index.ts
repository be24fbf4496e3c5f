export {
  type ApplicationAnswers,
  type Probe,
  waitForApplication,
  type WaitForApplicationOptions,
  waitForApplicationSync,
} from './application';
export { type AuditOptions, auditServices, auditServicesSync, type ServiceVerdict } from './audit';
export {
  BuildMetadata,
  type BuildMetadataJson,
  type DetectFromOptions,
  type DetectOptions,
  type Provider,
  type Variables,
} from './build-metadata';
export { type BuiltImage, buildxImage, buildxTargets } from './buildx-metadata';
export {
  type AwsOptions,
  type Control,
  EcsControl,
  type EcsControlOptions,
  LoadBalancerTargets,
  type LoadBalancerTargetsOptions,
  type Targets,
} from './control';
export { defaultTag } from './default-tag';
export { deploy, deploySync } from './deploy';
export { deployEvents, DeploymentEvents } from './deploy-events';
export type {
  DeployDetails,
  DeployOptions,
  DeploySubject,
  RollbackOptions,
  RolloutOptions,
} from './deploy-options';
export {
  type CdkProperties,
  DeploymentConfiguration,
  type DeploymentConfigurationJson,
} from './deployment-configuration';
export type {
  AdoptedEvent,
  AskedEvent,
  CancelledEvent,
  DeployedVersion,
  DeploymentEvent,
  DeploymentOutcome,
  FinishedEvent,
  HealedEvent,
  LeftBehind,
  OrderUnknownEvent,
  PausedEvent,
  ProgressEvent,
  ProvedEvent,
  RegisteredEvent,
  RetryingEvent,
  RollingBackEvent,
  ServiceMessageEvent,
  SupersededEvent,
  TaskFailedEvent,
  TaskFailure,
  UpdatedEvent,
} from './deployment-event';
export {
  DeploymentHistory,
  type DeploymentHistoryJson,
  deploymentHistory,
  type DeploymentHistoryOptions,
  deploymentHistorySync,
  type PastDeployment,
} from './deployment-history';
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
  EvidenceRecord,
  type EvidenceRecordJson,
  evidenceSchema,
  type ImageRecord,
  type TaskDefinitionRecord,
  type Until,
} from './evidence-record';
export type {
  GateOptions,
  GateProgress,
  ImageQuery,
  Policy,
  RetentionPolicy,
  ScanPolicy,
  Waiting,
} from './gate-options';
export { type Check, type CheckName, type FoundImage, GateReport, type GateReportJson } from './gate-report';
export {
  type GithubEntries,
  type GithubFileOptions,
  writeGithubEnvironment,
  writeGithubOutput,
} from './github-file';
export {
  continueDeployment,
  type ContinueDeploymentOptions,
  continueDeploymentSync,
  stopDeployment,
  type StopDeploymentOptions,
  stopDeploymentSync,
} from './hooks';
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
export { explainTask } from './judge';
export { identifyVersion, locateVersion } from './layout';
export {
  type ControlFault,
  type ControlOperation,
  type MemoryBehaviour,
  MemoryCluster,
  type MemoryClusterFixture,
} from './memory-cluster';
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
export { DeploymentPlan, planDeployment, planDeploymentSync } from './plan-deployment';
export {
  type MoveAliasOptions,
  promote,
  type PromoteOptions,
  promoteSync,
  Promotion,
  type PromotionJson,
} from './promote';
export {
  type MeantJson,
  type OtherTask,
  Proof,
  type ProofCounts,
  type ProofJson,
  type SeenImage,
  type TaskProof,
  type Verdict,
} from './proof';
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
export { rollback, rollbackSync } from './rollback';
export { type RunningImage, runningImage } from './running-image';
export { type ServiceChanges, ServiceDocument, type ServiceUpdate } from './service-document';
export {
  TaskDefinition,
  type TaskDefinitionChange,
  TaskDefinitionDiff,
  type TaskDefinitionProblem,
} from './task-definition';
export { VerifiedImage, type VerifiedImageJson } from './verified-image';
export { verifyRunning, type VerifyRunningOptions, verifyRunningSync } from './verify-running';
export { type Run, Version, type VersionJson, type VersionOptions } from './version';
