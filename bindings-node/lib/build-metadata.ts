import { native } from './addon';
import { text, time } from './arguments';
import type { JsonObject } from './json';
import { type Caller, parse, stringify } from './outcome';
import { Value } from './value';

/** The CI system that a build ran in. */
export type Provider =
  | 'github-actions'
  | 'gitlab-ci'
  | 'codebuild'
  | 'circleci'
  | 'buildkite'
  | 'jenkins'
  | 'azure-pipelines'
  | 'bitbucket'
  | 'git';

/** The JSON form of {@link BuildMetadata}. */
export interface BuildMetadataJson {
  readonly commit: string;
  /** RFC 3339, or `YYYYmmdd-HHMMSS` in UTC. */
  readonly buildTime: string;
  readonly branch?: string;
  readonly gitTag?: string;
  readonly runId?: string;
  readonly runNumber?: number;
  readonly runAttempt?: number;
  readonly prNumber?: number;
  readonly sourceUrl?: string;
  readonly mergeCommit?: string;
  readonly provider?: Provider;
}

/** Environment variables by name, such as `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Where {@link BuildMetadata.detect} looks. */
export interface DetectOptions {
  /** Default: `process.env`. */
  readonly variables?: Variables | undefined;
  /** The build time, where no variable `BUILD_TIME` names it. Default: now. */
  readonly now?: Date | string | undefined;
}

/** The plain values that {@link BuildMetadata.detectFrom} decides by. */
export interface DetectFromOptions {
  readonly variables: Variables;
  /** The payload of the event, as GitHub Actions writes it to `GITHUB_EVENT_PATH`. */
  readonly event?: JsonObject | undefined;
  /** What git says of the checkout. */
  readonly git?:
    | {
        readonly head: string;
        readonly branch?: string | undefined;
        readonly tag?: string | undefined;
        readonly remoteUrl?: string | undefined;
      }
    | undefined;
  readonly now?: Date | string | undefined;
}

/** Where an image comes from. */
export class BuildMetadata extends Value<BuildMetadataJson> {
  /** The commit that was built: of a pull request its head, never the merge commit. */
  readonly commit: string;
  /** When it was built, in whole seconds. */
  readonly buildTime: Date;
  /** The branch; of a pull request the branch that it comes from. */
  readonly branch: string | undefined;
  /** The git tag that was built. */
  readonly gitTag: string | undefined;
  /** The id of the CI run, as the CI system writes it. */
  readonly runId: string | undefined;
  readonly runNumber: number | undefined;
  /** From 1. */
  readonly runAttempt: number | undefined;
  /** The number of the pull or merge request. */
  readonly prNumber: number | undefined;
  readonly sourceUrl: string | undefined;
  /** The merge commit of a pull request, where the CI system made one. */
  readonly mergeCommit: string | undefined;
  readonly provider: Provider | undefined;

  private constructor(json: BuildMetadataJson) {
    super(json);
    this.commit = json.commit;
    this.buildTime = new Date(json.buildTime);
    this.branch = json.branch;
    this.gitTag = json.gitTag;
    this.runId = json.runId;
    this.runNumber = json.runNumber;
    this.runAttempt = json.runAttempt;
    this.prNumber = json.prNumber;
    this.sourceUrl = json.sourceUrl;
    this.mergeCommit = json.mergeCommit;
    this.provider = json.provider;
    Object.freeze(this);
  }

  /** @internal */
  static fromJson(json: BuildMetadataJson): BuildMetadata {
    return new BuildMetadata(json);
  }

  /**
   * The build metadata of this process: from the variables of its CI system and the event file that
   * they name, else from git in the current directory.
   *
   * @throws {@link ArtifactDeployError} `METADATA_NOT_FOUND`, `INVALID_METADATA`, `INVALID_COMMIT`,
   * `INVALID_TIME`, `IO`
   */
  static detect(options: DetectOptions = {}): BuildMetadata {
    const caller = BuildMetadata.detect;
    const now = options.now === undefined ? undefined : time(options.now, 'now', caller);
    const variables = stringify(options.variables ?? process.env, caller);
    return made(native.detectBuildMetadata(variables, now), caller);
  }

  /**
   * The same decision, from plain values alone.
   *
   * @throws {@link ArtifactDeployError} as {@link detect}
   */
  static detectFrom(options: DetectFromOptions): BuildMetadata {
    const caller = BuildMetadata.detectFrom;
    const now = options.now === undefined ? undefined : time(options.now, 'now', caller);
    return made(native.detectBuildMetadataFrom(stringify({ ...options, now }, caller)), caller);
  }

  /**
   * Build metadata from values of your own, or from the JSON form.
   *
   * @throws {@link ArtifactDeployError} `INVALID_METADATA`
   */
  static from(json: BuildMetadataJson | string): BuildMetadata {
    const caller = BuildMetadata.from;
    const given = typeof json === 'string' ? json : stringify(json, caller);
    return made(native.parseBuildMetadata(given), caller);
  }

  /**
   * The build metadata in the environment of a running container.
   *
   * @throws {@link ArtifactDeployError} `METADATA_NOT_FOUND` when `COMMIT_SHA` or `BUILD_TIME` is
   * missing, empty or `unknown`; that of a variable that cannot be used
   */
  static fromEnvironment(variables: Variables = process.env): BuildMetadata {
    const caller = BuildMetadata.fromEnvironment;
    return made(native.buildMetadataFromEnvironment(stringify(variables, caller)), caller);
  }

  /**
   * The build metadata in the labels of an image.
   *
   * @throws {@link ArtifactDeployError} `METADATA_NOT_FOUND`, and that of a label that cannot be used
   */
  static fromLabels(labels: Readonly<Record<string, string>>): BuildMetadata {
    const caller = BuildMetadata.fromLabels;
    return made(native.buildMetadataFromLabels(stringify(labels, caller)), caller);
  }

  /** The docker build arguments `BUILD_TIME`, `COMMIT_SHA`, `BRANCH`, `WORKFLOW_RUN_ID`, `PR_NUMBER`. */
  buildArgs(): Record<string, string> {
    return parse(native.buildArgs(this.#text()), this.buildArgs);
  }

  /** {@link buildArgs} as words for `docker buildx build`: `--build-arg`, `NAME=value`, … */
  buildArgArguments(): string[] {
    return parse(native.buildArgArguments(this.#text()), this.buildArgArguments);
  }

  /** The image labels: OCI's own keys, with a version id also `org.opencontainers.image.version`. */
  labels(version?: string | { toString(): string }): Record<string, string> {
    return parse(native.labels(this.#text(), version?.toString()), this.labels);
  }

  /** {@link labels} as words for `docker buildx build`: `--label`, `key=value`, … */
  labelArguments(version?: string | { toString(): string }): string[] {
    return parse(native.labelArguments(this.#text(), version?.toString()), this.labelArguments);
  }

  /**
   * The environment of the container: `IMAGE_TAG` and `IMAGE_DIGEST` where the image has them,
   * `COMMIT_SHA`, `BUILD_TIME`, and all else that is known.
   *
   * @throws {@link ArtifactDeployError} `INVALID_TAG`, `INVALID_DIGEST`
   */
  containerEnvironment(
    image: { readonly tag?: string | undefined; readonly digest?: string | undefined } = {},
  ): Record<string, string> {
    const caller = this.containerEnvironment;
    const tag = image.tag === undefined ? undefined : text(image.tag, 'tag', caller);
    const digest = image.digest === undefined ? undefined : text(image.digest, 'digest', caller);
    return parse(native.containerEnvironment(this.#text(), tag, digest), caller);
  }

  /** The outputs of a CI step, each by itself: `commit`, `build-time`, `branch`, … */
  outputs(): Record<string, string> {
    return parse(native.stepOutputs(this.#text()), this.outputs);
  }

  #text(): string {
    return JSON.stringify(this);
  }
}

function made(outcome: Parameters<typeof parse>[0], caller: Caller): BuildMetadata {
  return BuildMetadata.fromJson(parse<BuildMetadataJson>(outcome, caller));
}
