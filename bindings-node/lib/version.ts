import { native } from './addon';
import { text } from './arguments';
import type { BuildMetadata, BuildMetadataJson } from './build-metadata';
import type { RepositoryLayout } from './environment';
import { type Caller, parse, stringify } from './outcome';
import { Value } from './value';

/** One run of a CI pipeline. */
export interface Run {
  /** From 1 to 2^53 - 1. */
  readonly id: number;
  /** From 1. */
  readonly attempt: number;
}

/** The JSON form of a {@link Version}. */
export interface VersionJson {
  readonly id: string;
  readonly tag: string;
  readonly environment: string;
  readonly commit: string;
  readonly time: string;
  readonly release?: string;
  readonly run?: Run;
}

/** What a new version may carry beside environment, commit and time. */
export interface VersionOptions {
  /** A semantic version, with or without `v`: `production/v1.4.2-622d2103-…`. */
  readonly release?: string | undefined;
  /**
   * For where two runs can share a second: `…-124500-r17039281234.2`. `'build'` takes the run of
   * the build metadata.
   */
  readonly run?: Run | 'build' | undefined;
}

/**
 * One build for one environment: `pr-51/622d2103-20250820-124500`.
 *
 * The order of versions is by time, then run, then attempt, never by text.
 */
export class Version extends Value<VersionJson> {
  /** What people read and write: `pr-51/622d2103-20250820-124500`. A `/` is illegal in an image tag. */
  readonly id: string;
  /** The same as a legal image tag: `pr-51-622d2103-20250820-124500`. */
  readonly tag: string;
  /** Where it is deployed. */
  readonly environment: string;
  /** The first eight digits of the commit. */
  readonly commit: string;
  /** When it was built, in whole seconds. */
  readonly time: Date;
  /** The release, where it carries one. */
  readonly release: string | undefined;
  /** The CI run, where it carries one. */
  readonly run: Run | undefined;

  private constructor(json: VersionJson) {
    super(json);
    this.id = json.id;
    this.tag = json.tag;
    this.environment = json.environment;
    this.commit = json.commit;
    this.time = new Date(json.time);
    this.release = json.release;
    this.run = json.run && Object.freeze({ ...json.run });
    Object.freeze(this);
  }

  /** @internal */
  static fromJson(json: VersionJson): Version {
    return new Version(json);
  }

  /**
   * The version of a build for an environment.
   *
   * @throws {@link ArtifactDeployError} `INVALID_ENVIRONMENT`, `INVALID_RELEASE`, `METADATA_NOT_FOUND`
   * (the build has no run), `INVALID_VERSION` (the tag would be too long)
   */
  static create(
    environment: string,
    metadata: BuildMetadata | BuildMetadataJson,
    options: VersionOptions = {},
  ): Version {
    const caller = Version.create;
    const name = text(environment, 'environment', caller);
    return made(native.createVersion(name, stringify(metadata, caller), stringify(options, caller)), caller);
  }

  /**
   * Reads a version id or the tag of a version.
   *
   * @throws {@link ArtifactDeployError} `INVALID_VERSION`
   */
  static parse(idOrTag: string): Version {
    return made(native.parseVersion(text(idOrTag, 'version', Version.parse)), Version.parse);
  }

  /**
   * Reads the tag of a version in a repository of the environment's own: `622d2103-20250820-124500`.
   *
   * @throws {@link ArtifactDeployError} `INVALID_ENVIRONMENT`, `INVALID_VERSION`
   */
  static parseTagOf(environment: string, tag: string): Version {
    const caller = Version.parseTagOf;
    const name = text(environment, 'environment', caller);
    return made(native.parseVersionTagOf(name, text(tag, 'tag', caller)), caller);
  }

  /**
   * Versions, oldest first.
   *
   * @throws {@link ArtifactDeployError} `INVALID_VERSION`
   */
  static sort(versions: Iterable<Version | string>): Version[] {
    const ids = Array.from(versions, String);
    return parse<VersionJson[]>(native.sortVersions(stringify(ids, Version.sort)), Version.sort).map(
      Version.fromJson,
    );
  }

  /**
   * The newest version of an environment among the tags of its repository. Other tags are passed over.
   *
   * @throws {@link ArtifactDeployError} `INVALID_ENVIRONMENT`
   */
  static newest(
    environment: string,
    tags: Iterable<string>,
    layout: RepositoryLayout = 'shared',
  ): Version | undefined {
    const caller = Version.newest;
    const name = text(environment, 'environment', caller);
    const outcome = native.newestVersion(name, stringify([...tags], caller), stringify(layout, caller));
    const json = parse<VersionJson | null>(outcome, caller);
    return json === null ? undefined : new Version(json);
  }

  /** The version id. */
  override toString(): string {
    return this.id;
  }
}

function made(outcome: Parameters<typeof parse>[0], caller: Caller): Version {
  return Version.fromJson(parse<VersionJson>(outcome, caller));
}
