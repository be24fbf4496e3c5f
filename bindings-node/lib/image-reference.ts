import { native } from './addon';
import { text } from './arguments';
import { parse, unwrap } from './outcome';
import { Value } from './value';

/** The host of a private ECR registry, taken apart. */
export interface EcrHost {
  /** Twelve digits. Text: it may begin with a zero. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly suffix: string;
  readonly fips: boolean;
  readonly dualStack: boolean;
}

/** The JSON form of a {@link Repository}. */
export interface RepositoryJson {
  readonly repository: string;
  readonly host?: string;
  readonly name: string;
  readonly ecr?: EcrHost;
  readonly ecrPublic: boolean;
}

/** The address of a repository, with or without its registry host. */
export class Repository extends Value<RepositoryJson> {
  /** The address as it is printed. */
  readonly repository: string;
  /** The registry host with its port, where it is named. */
  readonly host: string | undefined;
  /** The name within the registry. */
  readonly name: string;
  /** Account, Region and form of the host, when it is one of private ECR. */
  readonly ecr: EcrHost | undefined;
  /** Whether it is in ECR Public. */
  readonly ecrPublic: boolean;

  private constructor(json: RepositoryJson) {
    super(json);
    this.repository = json.repository;
    this.host = json.host;
    this.name = json.name;
    this.ecr = json.ecr && Object.freeze({ ...json.ecr });
    this.ecrPublic = json.ecrPublic;
    Object.freeze(this);
  }

  /**
   * Reads a repository address: `my-app`, `localhost:5000/my/app`,
   * `123456789012.dkr.ecr.us-east-1.amazonaws.com/my-app`. Docker Hub is never assumed.
   *
   * @throws {@link ArtifactDeployError} `INVALID_REPOSITORY`, also for an address with a tag or digest
   */
  static parse(address: string): Repository {
    const outcome = native.parseRepository(text(address, 'repository', Repository.parse));
    return new Repository(parse(outcome, Repository.parse));
  }

  /**
   * A repository in private ECR, with the host of the Region's partition.
   *
   * @throws {@link ArtifactDeployError} `INVALID_REPOSITORY`
   */
  static inEcr(account: string, region: string, name: string): Repository {
    const caller = Repository.inEcr;
    const outcome = native.ecrRepository(
      text(account, 'account', caller),
      text(region, 'region', caller),
      text(name, 'name', caller),
    );
    return new Repository(parse(outcome, caller));
  }

  /**
   * Whether both name the same repository, under whatever host of the same registry. Both must
   * have a host.
   *
   * @throws {@link ArtifactDeployError} `INVALID_REPOSITORY`
   */
  isSameAs(other: Repository | string): boolean {
    return parse(native.isSameRepository(this.repository, String(other)), this.isSameAs);
  }

  /** The address. */
  override toString(): string {
    return this.repository;
  }
}

/**
 * Checks the name of a repository within its registry, by the grammar of OCI and ECR.
 *
 * @throws {@link ArtifactDeployError} `INVALID_REPOSITORY`
 */
export function parseRepositoryName(name: string): string {
  const outcome = native.parseRepositoryName(text(name, 'name', parseRepositoryName));
  return unwrap(outcome, parseRepositoryName);
}

/** The JSON form of an {@link ImageReference}. */
export interface ImageReferenceJson {
  readonly reference: string;
  readonly repository: string;
  readonly host?: string;
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly pinned: boolean;
}

/** An image as it is written where one is used: `repository[:tag][@digest]`. */
export class ImageReference extends Value<ImageReferenceJson> {
  /** The whole reference. */
  readonly reference: string;
  /** The repository with its host, where it has one. */
  readonly repository: string;
  /** The registry host with its port. */
  readonly host: string | undefined;
  /** The name of the repository within its registry. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** Whether it has a digest, so that it can never lead to other bytes. */
  readonly pinned: boolean;

  private constructor(json: ImageReferenceJson) {
    super(json);
    this.reference = json.reference;
    this.repository = json.repository;
    this.host = json.host;
    this.name = json.name;
    this.tag = json.tag;
    this.digest = json.digest;
    this.pinned = json.pinned;
    Object.freeze(this);
  }

  /**
   * Reads a reference by the grammar of Docker. Nothing is assumed for what is left out.
   *
   * @throws {@link ArtifactDeployError} `INVALID_REFERENCE`
   */
  static parse(reference: string): ImageReference {
    const outcome = native.parseImageReference(text(reference, 'reference', ImageReference.parse));
    return new ImageReference(parse(outcome, ImageReference.parse));
  }

  /**
   * This repository pinned to a digest, without a tag: `repository@sha256:…`.
   *
   * @throws {@link ArtifactDeployError} `INVALID_DIGEST`
   */
  pinnedTo(digest: string): ImageReference {
    const caller = this.pinnedTo;
    const outcome = native.pinImageReference(this.reference, text(digest, 'digest', caller));
    return new ImageReference(parse(outcome, caller));
  }

  /** `repository@digest` without the tag; `undefined` when it has no digest. */
  get pinnedForm(): ImageReference | undefined {
    return this.digest === undefined ? undefined : this.pinnedTo(this.digest);
  }

  /** What Docker makes of it: without a host it is on Docker Hub. `nginx` is `docker.io/library/nginx`. */
  onDockerHub(): ImageReference {
    const outcome = native.imageReferenceOnDockerHub(this.reference);
    return new ImageReference(parse(outcome, this.onDockerHub));
  }

  /** The whole reference. */
  override toString(): string {
    return this.reference;
  }
}
