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

/** A registry in memory. */
export declare class MemoryRegistry {
  private constructor()
  /** The same registry, for calls. */
  registry(): Registry
  /** How many calls it had, as JSON. */
  calls(): Outcome<string>
  /** Counts from zero again. */
  resetCalls(): void
  /** Ends all faults. */
  heal(): void
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

/** A registry from its options, which come as JSON text. Nothing is sent yet. */
export declare function connectRegistry(options: string): Outcome<Registry>

/** The environment of the container, as a JSON object. */
export declare function containerEnvironment(metadata: string, tag?: string | undefined | null, digest?: string | undefined | null): Outcome<string>

/** A registry in memory from its fixture, which comes as JSON text. */
export declare function createMemoryRegistry(fixture: string): Outcome<MemoryRegistry>

/** A new version, as JSON; metadata and options come as JSON text. */
export declare function createVersion(environment: string, metadata: string, options: string): Outcome<string>

/** `IMAGE_TAG` of the variables, which come as JSON text, else the alias of the environment. */
export declare function defaultTag(variables: string, environment?: string | undefined | null): Outcome<string>

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

/** The image labels as words of a command line, as JSON. */
export declare function labelArguments(metadata: string, version?: string | undefined | null): Outcome<string>

/** The image labels, as a JSON object. */
export declare function labels(metadata: string, version?: string | undefined | null): Outcome<string>

/** Repository and tag of a version, as JSON; the layout comes as JSON text. */
export declare function locateVersion(layout: string, repository: string, version: string): Outcome<string>

/** The newest version of an environment among tags, as JSON; tags and layout come as JSON text. */
export declare function newestVersion(environment: string, tags: string, layout: string): Outcome<string>

/** Checks build metadata, which come as JSON text, and gives them in their one form. */
export declare function parseBuildMetadata(text: string): Outcome<string>

/** A time in both its forms, as JSON. */
export declare function parseBuildTime(text: string): Outcome<string>

/** A commit and its first eight digits, as JSON. */
export declare function parseCommit(text: string): Outcome<string>

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

/** Whether an image for a platform runs where another one is wanted, as JSON. */
export declare function platformMatches(platform: string, wanted: string): Outcome<string>

/** Whether a tag is already published, as JSON. */
export declare function publication(repository: string, tag: string, digest: string | undefined | null, registry: Registry, cancellation: Cancellation): Promise<Outcome<string>>

/** The same, while the JavaScript thread waits. */
export declare function publicationSync(repository: string, tag: string, digest: string | undefined | null, registry: Registry, cancellation: Cancellation): Outcome<string>

/**
 * Puts `images` into the containers of the same places in `containers`, and makes the changes of
 * `spec`. Both come as JSON text; a container that is `null` is the only one.
 */
export declare function renderTaskDefinition(template: TaskDefinition, spec: string, containers: string, images: Array<VerifiedImage>): Outcome<RenderedTaskDefinition>

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

/** What a running container knows of its image, as JSON. */
export declare function runningImage(variables: string): Outcome<string>

/** Versions in their order, as JSON; their ids or tags come as JSON text. */
export declare function sortVersions(texts: string): Outcome<string>

/** The outputs of a CI step, as a JSON object. */
export declare function stepOutputs(metadata: string): Outcome<string>

/**
 * Whether a repository protects a tag, as JSON (`null` when that is not known); the mutability
 * comes as JSON text.
 */
export declare function tagMutabilityProtects(mutability: string, tag: string): Outcome<string>

/** Appends variables of later steps. */
export declare function writeGithubEnvironment(request: string): Outcome<string>

/** Appends step outputs. The request comes as JSON text; the path of the file comes back. */
export declare function writeGithubOutput(request: string): Outcome<string>
