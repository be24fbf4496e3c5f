// Written by `npm run typings` from bindings-node/src; do not edit.

/** What a native function gives: its value, or why there is none. */
export type Outcome<T> = T | Failure;

/** Takes a progress event as JSON text; never throws. */
export type ProgressCallback = (event: string) => void;

/** Cancels the one call it is given to. */
export declare class Cancellation {
  /** A handle that has not been used. */
  constructor()
  /** Ends the call with `CANCELLED`; after its end this does nothing. */
  cancel(): void
}

/** A control of services that calls can share. */
export declare class Control {
  private constructor()
}

/** What a service is to run. */
export declare class Deployable {
  private constructor()
}

/** A deployment configuration. */
export declare class DeploymentConfiguration {
  private constructor()
  /** The name of the strategy, where one is said. */
  get strategy(): string | null
  /** All that could never be carried out, as JSON. */
  problems(desiredCount: number): Outcome<string>
  /** Nothing when it can be carried out; else the error that names what cannot. */
  check(desiredCount: number): Outcome<undefined>
  /** As ECS writes it, as JSON. */
  toEcs(): string
  /** As CloudFormation writes it, as JSON. */
  toCloudFormation(): string
  /** As properties of CDK's `FargateService`, as JSON. */
  toCdk(): Outcome<string>
}

/** What a deployment would do. Nothing was changed to know it. */
export declare class DeploymentPlan {
  private constructor()
  /** Whether a revision would be registered. */
  get registers(): boolean
  /** Whether the service would be updated. */
  get updates(): boolean
  /** Whether all is as it should be already. */
  get changesNothing(): boolean
  /** The JSON form. */
  toJson(): Outcome<string>
  /** As Markdown, for a job summary or a comment. */
  toMarkdown(): string
  /** As text, for a terminal. */
  toText(): string
}

/** What one rollout did, and what came of it. */
export declare class EvidenceRecord {
  private constructor()
  /** The JSON form. */
  toJson(): string
  /** As Markdown, for a job summary or a comment. */
  toMarkdown(): string
  /** As text, for a terminal. */
  toText(): string
  /** What the running tasks prove. */
  proof(): Proof | null
  /** Nothing when it completed; else the error of its outcome. */
  requireCompleted(): Outcome<undefined>
}

/**
 * An error of the library, to be thrown as `ArtifactDeployError` by the TypeScript layer.
 *
 * It is a value and not a thrown error, because a JavaScript error made here would lack its code
 * in asynchronous functions and the caller's stack in both.
 */
export declare class Failure {
  private constructor()
  /** The stable code, for example `IMAGE_NOT_FOUND`. */
  get code(): string
  /** What happened, to which thing, and what to do. */
  get message(): string
  /** Facts for programs, as JSON text. */
  get details(): string | null
  /** Whether the same call can succeed later with nothing changed by the caller. */
  get retryable(): boolean
  /** The messages of the causes, the nearest first. */
  get causes(): Array<string>
}

/** What the gate found on one image, check by check. */
export declare class GateReport {
  private constructor()
  /** The JSON form. */
  toJson(): Outcome<string>
  /** As Markdown, for a job summary or a comment. */
  toMarkdown(): string
  /** As text, for a terminal. */
  toText(): string
}

/** What a service ran and was told to run, newest first. */
export declare class History {
  private constructor()
  /** The JSON form. */
  toJson(): Outcome<string>
  /** The deployments that are known to be good, as JSON. */
  knownGood(): Outcome<string>
  /** One line for each deployment. */
  toText(): string
}

/** What tasks are meant to run. */
export declare class Meant {
  private constructor()
}

/** A cluster in memory. */
export declare class MemoryCluster {
  private constructor()
  /** The same cluster, for calls. */
  control(): Control
  /** The load balancers of its services, for calls. */
  targetGroups(): TargetGroups
  /** Makes an empty cluster. */
  createCluster(name: string): void
  /** Registers a task definition, which comes as JSON text, and gives its ARN. */
  addTaskDefinition(document: string): Outcome<string>
  /** Makes a service from what CreateService takes, and gives it as JSON. */
  createService(document: string, steady: boolean): Outcome<string>
  /** Says how tasks behave that run an image; it comes as JSON text. */
  behave(behaviour: string): Outcome<undefined>
  /** Makes calls go wrong; the fault comes as JSON text. */
  inject(fault: string): Outcome<undefined>
  /** Ends all faults. */
  heal(): void
  /** Lets an alarm go off. */
  soundAlarm(name: string): void
  /** Stops a task. */
  stopTask(taskArn: string, reason: string): Outcome<undefined>
  /** The tasks of a service, those that stopped too, as JSON. */
  tasks(service: string): Outcome<string>
  /** The service as it is, as JSON. */
  service(service: string): Outcome<string>
  /** How many calls it had, as JSON. */
  calls(): Outcome<string>
  /** Counts from zero again. */
  resetCalls(): void
}

/** A registry in memory. */
export declare class MemoryRegistry {
  private constructor()
  /** The same registry, for calls. */
  registry(): Registry
  /** How many calls it had, as JSON. */
  calls(): Outcome<string>
  /** Counts from zero again. */
  resetCalls(): void
  /** Pushes an image, which comes as JSON text, under tags, and gives its digest. */
  push(repository: string, tags: Array<string>, image: string): Outcome<string>
  /** Deletes an image. */
  delete(repository: string, digest: string): Outcome<undefined>
  /** Ends all faults. */
  heal(): void
}

/** Where everything is that a rollout asks. */
export declare class Places {
  private constructor()
}

/** An image that has the version of another environment beside its own. */
export declare class Promotion {
  private constructor()
  /** The JSON form. */
  toJson(): Outcome<string>
  /** The image as the gate found it under the new tag. */
  image(): VerifiedImage
}

/** What every running task of a service runs, against what was meant. */
export declare class Proof {
  private constructor()
  /** The JSON form. */
  toJson(): Outcome<string>
  /** As Markdown, for a job summary or a comment. */
  toMarkdown(): string
  /** As text, for a terminal. */
  toText(): string
  /** Nothing when it verifies; else the error with the proof. */
  requireVerified(): Outcome<undefined>
}

/** A registry that calls can share. */
export declare class Registry {
  private constructor()
}

/** A task definition that a render made. */
export declare class RenderedTaskDefinition {
  private constructor()
  /** The document. */
  taskDefinition(): TaskDefinition
  /** The containers that were given an image. */
  containers(): Array<string>
  /** The image that was put into a container. */
  image(container: string): VerifiedImage | null
  /** The body of a `RegisterTaskDefinition` request. */
  registrationJson(): string
  /** The JSON form. */
  toJson(): Outcome<string>
}

/** A service: the document stays in Rust, where the order of its members survives. */
export declare class ServiceDocument {
  private constructor()
  /** The name of the service, where it has one. */
  get name(): string | null
  /** The document as JSON text on one line. */
  toText(): string
  /** The document as indented JSON text. */
  toPrettyText(): string
  /** All that ECS would refuse, as JSON. */
  validate(): Outcome<string>
  /** A copy with the changes, which come as JSON text. */
  render(changes: string): Outcome<ServiceDocument>
  /** What differs in `after` for ECS, as JSON and as text. */
  diff(after: ServiceDocument): Outcome<string>
  /** What UpdateService has to be told so that `live` becomes this one, as JSON. */
  update(live: ServiceDocument): Outcome<string>
}

/** What knows the targets of load balancers; calls can share it. */
export declare class TargetGroups {
  private constructor()
}

/** A task definition: the document stays in Rust, where the order of its members survives. */
export declare class TaskDefinition {
  private constructor()
  /** The family, where it has one. */
  get family(): string | null
  /** The names of the containers, in their order. */
  get containerNames(): Array<string>
  /** The document as JSON text on one line. */
  toText(): string
  /** The document as indented JSON text. */
  toPrettyText(): string
  /** All that ECS would refuse, as JSON. */
  validate(): Outcome<string>
  /** What differs in `after` for ECS, as JSON and as text. */
  diff(after: TaskDefinition): Outcome<string>
}

/** An image that passed the gate. It has no constructor: JavaScript can carry it, not make it. */
export declare class VerifiedImage {
  private constructor()
  /** The JSON form. */
  toJson(): Outcome<string>
  /** How it passed, check by check. */
  report(): GateReport
}

/**
 * Looks at every service of a cluster, or at services by name, and gives the counts as JSON; the
 * request comes as JSON text. Each verdict is told as it is known, and not kept.
 */
export declare function auditServices(request: string, control: Control, cancellation: Cancellation, progress?: ProgressCallback | undefined | null): Promise<Outcome<string>>

/** The same, while the JavaScript thread waits. */
export declare function auditServicesSync(request: string, control: Control, cancellation: Cancellation, progress?: ((arg: string) => void) | undefined | null): Outcome<string>

/** The docker build arguments as words of a command line, as JSON. */
export declare function buildArgArguments(metadata: string): Outcome<string>

/** The docker build arguments, as a JSON object. */
export declare function buildArgs(metadata: string): Outcome<string>

/** The build metadata in the environment of a running container, as JSON. */
export declare function buildMetadataFromEnvironment(variables: string): Outcome<string>

/** The build metadata in the labels of an image, as JSON. */
export declare function buildMetadataFromLabels(labels: string): Outcome<string>

/** The image of a bake target, or the only image, in a file of `--metadata-file`, as JSON. */
export declare function buildxImage(file: Uint8Array, target?: string | undefined | null): Outcome<string>

/** The names of the bake targets, as JSON. */
export declare function buildxTargets(file: Uint8Array): Outcome<string>

/** A control of services from its options, which come as JSON text. Nothing is sent yet. */
export declare function connectControl(options: string): Outcome<Control>

/** A registry from its options, which come as JSON text. Nothing is sent yet. */
export declare function connectRegistry(options: string): Outcome<Registry>

/**
 * What knows the targets of load balancers, from its options, which come as JSON text. Nothing is
 * sent yet.
 */
export declare function connectTargetGroups(options: string): Outcome<TargetGroups>

/** The environment of the container, as a JSON object. */
export declare function containerEnvironment(metadata: string, tag?: string | undefined | null, digest?: string | undefined | null): Outcome<string>

/** Answers the hook in which a service deployment waits; the answer comes as JSON text. */
export declare function continueDeployment(answer: string, control: Control, cancellation: Cancellation): Promise<Outcome<undefined>>

/** The same, while the JavaScript thread waits. */
export declare function continueDeploymentSync(answer: string, control: Control, cancellation: Cancellation): Outcome<undefined>

/** A cluster in memory whose tasks pull from `registry`, from its fixture, which comes as JSON text. */
export declare function createMemoryCluster(registry: MemoryRegistry, fixture: string): Outcome<MemoryCluster>

/** A registry in memory from its fixture, which comes as JSON text. */
export declare function createMemoryRegistry(fixture: string): Outcome<MemoryRegistry>

/** A new version, as JSON; metadata and options come as JSON text. */
export declare function createVersion(environment: string, metadata: string, options: string): Outcome<string>

/** `IMAGE_TAG` of the variables, which come as JSON text, else the alias of the environment. */
export declare function defaultTag(variables: string, environment?: string | undefined | null): Outcome<string>

/** Deploys; the request comes as JSON text. */
export declare function deploy(request: string, what: Deployable, places: Places, cancellation: Cancellation, progress?: ProgressCallback | undefined | null): Promise<Outcome<EvidenceRecord>>

/** The same, while the JavaScript thread waits. */
export declare function deploySync(request: string, what: Deployable, places: Places, cancellation: Cancellation, progress?: ((arg: string) => void) | undefined | null): Outcome<EvidenceRecord>

/** A task definition with verified images in it. */
export declare function deployableRendered(rendered: RenderedTaskDefinition): Deployable

/**
 * A revision that is registered, with the image of each container; without any the images that it
 * names have to pass the gate.
 */
export declare function deployableRevision(arn: string, containers: Array<string>, images: Array<VerifiedImage>): Outcome<Deployable>

/** The newest revision with a version, with the image of each container. */
export declare function deployableVersion(version: string, containers: Array<string>, images: Array<VerifiedImage>): Outcome<Deployable>

/** Asks what a service ran, at most `limit` deployments. */
export declare function deploymentHistory(service: string, limit: number, control: Control, cancellation: Cancellation): Promise<Outcome<History>>

/** The same, while the JavaScript thread waits. */
export declare function deploymentHistorySync(service: string, limit: number, control: Control, cancellation: Cancellation): Outcome<History>

/**
 * The build metadata of this process, as JSON; its variables come as JSON text. Reads the event
 * file, and asks git.
 */
export declare function detectBuildMetadata(variables: string, now?: string | undefined | null): Outcome<string>

/** The build metadata in plain values, as JSON; nothing else is looked at. */
export declare function detectBuildMetadataFrom(scene: string): Outcome<string>

/** The digest of bytes. */
export declare function digestOf(bytes: Uint8Array): string

/** A repository in private ECR, taken apart, as JSON. */
export declare function ecrRepository(account: string, region: string, name: string): Outcome<string>

/** The moving tag of an environment; the layout comes as JSON text. */
export declare function environmentAlias(environment: string, layout: string): Outcome<string>

/** The environment of a pull request, whose number comes as JSON text. */
export declare function environmentForPullRequest(number: string): Outcome<string>

/** The environment of a branch. */
export declare function environmentFromBranch(branch: string): Outcome<string>

/** Every error code in the published order, as `[{"code", "retryable"}]`. */
export declare function errorCodes(): Outcome<string>

/** The JSON Schema of the JSON form, as text. */
export declare function evidenceSchema(): string

/** Why a task failed, as JSON; the task comes as JSON text. */
export declare function explainTask(task: string, taskDefinition?: TaskDefinition | undefined | null): Outcome<string>

/** Base repository and version of an image, as JSON; the layout comes as JSON text. */
export declare function identifyVersion(layout: string, repository: string, tag: string): Outcome<string>

/** What Docker makes of a reference, taken apart, as JSON. */
export declare function imageReferenceOnDockerHub(text: string): Outcome<string>

/** Reports on an image; the request comes as JSON text. */
export declare function inspectImage(request: string, registry: Registry, cancellation: Cancellation, progress?: ProgressCallback | undefined | null): Promise<Outcome<GateReport>>

/** The same, while the JavaScript thread waits. */
export declare function inspectImageSync(request: string, registry: Registry, cancellation: Cancellation, progress?: ((arg: string) => void) | undefined | null): Outcome<GateReport>

/** Whether two addresses with hosts name the same repository, as JSON. */
export declare function isSameRepository(one: string, other: string): Outcome<string>

/** What the answers of an application show, as JSON; they come as JSON text. */
export declare function judgeAnswers(seen: string): Outcome<string>

/** What load-balancer targets show, as JSON; they come as JSON text. */
export declare function judgeTargets(seen: string): Outcome<string>

/** What tasks prove; they come as JSON text. */
export declare function judgeTasks(seen: string): Outcome<Proof>

/** The image labels as words of a command line, as JSON. */
export declare function labelArguments(metadata: string, version?: string | undefined | null): Outcome<string>

/** The image labels, as a JSON object. */
export declare function labels(metadata: string, version?: string | undefined | null): Outcome<string>

/** Repository and tag of a version, as JSON; the layout comes as JSON text. */
export declare function locateVersion(layout: string, repository: string, version: string): Outcome<string>

/** The image of each container. */
export declare function meantByImages(containers: Array<string>, images: Array<VerifiedImage>): Meant

/** What the JSON form says, which comes as text. */
export declare function meantByJson(text: string): Outcome<Meant>

/** What a rendered task definition names. */
export declare function meantByRendered(rendered: RenderedTaskDefinition): Meant

/** What the service's own task definition names. */
export declare function meantByService(): Meant

/** Lets the alias of the environment lead to a promoted image, and gives it. */
export declare function moveAlias(promotion: Promotion, proof: Proof, registry: Registry, cancellation: Cancellation): Promise<Outcome<string>>

/** The same, while the JavaScript thread waits. */
export declare function moveAliasSync(promotion: Promotion, proof: Proof, registry: Registry, cancellation: Cancellation): Outcome<string>

/** The newest version of an environment among tags, as JSON; tags and layout come as JSON text. */
export declare function newestVersion(environment: string, tags: string, layout: string): Outcome<string>

/** Checks build metadata, which come as JSON text, and gives them in their one form. */
export declare function parseBuildMetadata(text: string): Outcome<string>

/** A time in both its forms, as JSON. */
export declare function parseBuildTime(text: string): Outcome<string>

/** A commit and its first eight digits, as JSON. */
export declare function parseCommit(text: string): Outcome<string>

/** Reads the JSON text of a deployment configuration, as ECS writes it. */
export declare function parseDeploymentConfiguration(text: string): Outcome<DeploymentConfiguration>

/** Checks a digest and prints it in its one form. */
export declare function parseDigest(text: string): Outcome<string>

/** Checks the name of an environment. */
export declare function parseEnvironment(text: string): Outcome<string>

/** An image configuration as JSON. */
export declare function parseImageConfig(bytes: Uint8Array): Outcome<string>

/** An image reference taken apart, as JSON. */
export declare function parseImageReference(text: string): Outcome<string>

/** A manifest as JSON, with the platforms that it names. */
export declare function parseManifest(bytes: Uint8Array, mediaType?: string | undefined | null): Outcome<string>

/** Checks a platform and prints it in its one form. */
export declare function parsePlatform(text: string): Outcome<string>

/** A repository address taken apart, as JSON. */
export declare function parseRepository(text: string): Outcome<string>

/** Checks the name of a repository within its registry. */
export declare function parseRepositoryName(text: string): Outcome<string>

/** Reads the JSON text of a service. */
export declare function parseServiceDocument(text: string): Outcome<ServiceDocument>

/** Checks an image tag. */
export declare function parseTag(text: string): Outcome<string>

/** Reads the JSON text of a task definition. */
export declare function parseTaskDefinition(text: string): Outcome<TaskDefinition>

/** The version of a version id or tag, as JSON. */
export declare function parseVersion(text: string): Outcome<string>

/** The version of a tag in a repository of the environment's own, as JSON. */
export declare function parseVersionTagOf(environment: string, tag: string): Outcome<string>

/** The reference pinned to a digest and taken apart, as JSON. */
export declare function pinImageReference(text: string, digest: string): Outcome<string>

/** Says what a deployment would do; the request comes as JSON text. */
export declare function planDeployment(request: string, what: Deployable, places: Places, cancellation: Cancellation): Promise<Outcome<DeploymentPlan>>

/** The same, while the JavaScript thread waits. */
export declare function planDeploymentSync(request: string, what: Deployable, places: Places, cancellation: Cancellation): Outcome<DeploymentPlan>

/** Whether an image for a platform runs where another one is wanted, as JSON. */
export declare function platformMatches(platform: string, wanted: string): Outcome<string>

/** Gives an image the version of another environment; the request comes as JSON text. */
export declare function promote(request: string, image: VerifiedImage, registry: Registry, cancellation: Cancellation): Promise<Outcome<Promotion>>

/** The same, while the JavaScript thread waits. */
export declare function promoteSync(request: string, image: VerifiedImage, registry: Registry, cancellation: Cancellation): Outcome<Promotion>

/** Whether a tag is already published, as JSON. */
export declare function publication(repository: string, tag: string, digest: string | undefined | null, registry: Registry, cancellation: Cancellation): Promise<Outcome<string>>

/** The same, while the JavaScript thread waits. */
export declare function publicationSync(repository: string, tag: string, digest: string | undefined | null, registry: Registry, cancellation: Cancellation): Outcome<string>

/**
 * Puts `images` into the containers of the same places in `containers`, and makes the changes of
 * `spec`. Both come as JSON text; a container that is `null` is the only one.
 */
export declare function renderTaskDefinition(template: TaskDefinition, spec: string, containers: string, images: Array<VerifiedImage>): Outcome<RenderedTaskDefinition>

/** The answers of an application in a sentence, when they are enough; they come as JSON text. */
export declare function requireAnswers(seen: string): Outcome<string>

/** Lets each image through the gate that passes; the request comes as JSON text. */
export declare function resolveEachImage(request: string, registry: Registry, cancellation: Cancellation, progress?: ProgressCallback | undefined | null): Promise<Outcome<Array<Outcome<VerifiedImage>>>>

/** The same, while the JavaScript thread waits. */
export declare function resolveEachImageSync(request: string, registry: Registry, cancellation: Cancellation, progress?: ((arg: string) => void) | undefined | null): Outcome<Array<Outcome<VerifiedImage>>>

/** Lets an image through the gate; the request comes as JSON text. */
export declare function resolveImage(request: string, registry: Registry, cancellation: Cancellation, progress?: ProgressCallback | undefined | null): Promise<Outcome<VerifiedImage>>

/** The same, while the JavaScript thread waits. */
export declare function resolveImageSync(request: string, registry: Registry, cancellation: Cancellation, progress?: ((arg: string) => void) | undefined | null): Outcome<VerifiedImage>

/** Lets images through the gate, or none; the request comes as JSON text. */
export declare function resolveImages(request: string, registry: Registry, cancellation: Cancellation, progress?: ProgressCallback | undefined | null): Promise<Outcome<Array<VerifiedImage>>>

/** The same, while the JavaScript thread waits. */
export declare function resolveImagesSync(request: string, registry: Registry, cancellation: Cancellation, progress?: ((arg: string) => void) | undefined | null): Outcome<Array<VerifiedImage>>

/** Takes a service back; the request comes as JSON text. */
export declare function rollback(request: string, places: Places, cancellation: Cancellation, progress?: ProgressCallback | undefined | null): Promise<Outcome<EvidenceRecord>>

/** The same, while the JavaScript thread waits. */
export declare function rollbackSync(request: string, places: Places, cancellation: Cancellation, progress?: ((arg: string) => void) | undefined | null): Outcome<EvidenceRecord>

/** Puts together where everything is that a rollout asks. */
export declare function rolloutPlaces(control: Control, registry: Registry, targets?: TargetGroups | undefined | null): Places

/** What a running container knows of its image, as JSON. */
export declare function runningImage(variables: string): Outcome<string>

/** Versions in their order, as JSON; their ids or tags come as JSON text. */
export declare function sortVersions(texts: string): Outcome<string>

/** Where a deployment stands after each observation, as JSON; they come as JSON text. */
export declare function standings(seen: string): Outcome<string>

/** The outputs of a CI step, as a JSON object. */
export declare function stepOutputs(metadata: string): Outcome<string>

/** Takes a service deployment that is under way back. */
export declare function stopDeployment(serviceDeployment: string, control: Control, cancellation: Cancellation): Promise<Outcome<undefined>>

/** The same, while the JavaScript thread waits. */
export declare function stopDeploymentSync(serviceDeployment: string, control: Control, cancellation: Cancellation): Outcome<undefined>

/**
 * Whether a repository protects a tag, as JSON (`null` when that is not known); the mutability
 * comes as JSON text.
 */
export declare function tagMutabilityProtects(mutability: string, tag: string): Outcome<string>

/** Looks at every running task of a service. */
export declare function verifyRunning(service: string, meant: Meant, control: Control, cancellation: Cancellation): Promise<Outcome<Proof>>

/** The same, while the JavaScript thread waits. */
export declare function verifyRunningSync(service: string, meant: Meant, control: Control, cancellation: Cancellation): Outcome<Proof>

/**
 * Asks a running application until its answers are enough, and gives them as JSON; the request comes
 * as JSON text.
 */
export declare function waitForApplication(request: string, cancellation: Cancellation, progress?: ProgressCallback | undefined | null): Promise<Outcome<string>>

/** The same, while the JavaScript thread waits. */
export declare function waitForApplicationSync(request: string, cancellation: Cancellation, progress?: ((arg: string) => void) | undefined | null): Outcome<string>

/** Appends variables of later steps. */
export declare function writeGithubEnvironment(request: string): Outcome<string>

/** Appends step outputs. The request comes as JSON text; the path of the file comes back. */
export declare function writeGithubOutput(request: string): Outcome<string>
