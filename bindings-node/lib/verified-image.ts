import { native } from './addon';
import { BuildMetadata, type BuildMetadataJson } from './build-metadata';
import { GateReport, type GateReportJson } from './gate-report';
import type { VerifiedImage as NativeImage } from './native';
import { type Caller, invalidArgument, parse } from './outcome';
import { Value } from './value';

/** The JSON form of a {@link VerifiedImage}. It is written and never read. */
export interface VerifiedImageJson {
  readonly reference: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest: string;
  readonly mediaType?: string;
  readonly platforms: readonly string[];
  readonly children: readonly string[];
  readonly metadata?: BuildMetadataJson;
  readonly report: GateReportJson;
}

/** An image that passed the gate. There is no other way to make one than `resolveImage`. */
export class VerifiedImage extends Value<VerifiedImageJson> {
  /** The pinned reference, `repository@sha256:…`: what is deployed. */
  readonly reference: string;
  /** The repository with its host. */
  readonly repository: string;
  /** The tag that led to it. For people. */
  readonly tag: string | undefined;
  /** The digest that it is pinned by: of the index, when it is one. */
  readonly digest: string;
  readonly mediaType: string | undefined;
  /** What it runs on, as far as that was read. */
  readonly platforms: readonly string[];
  /** The digests of the images of an index. */
  readonly children: readonly string[];
  /** Where it says that it comes from: its labels, when they were read. */
  readonly metadata: BuildMetadata | undefined;
  /** How it passed, check by check. */
  readonly report: GateReport;
  readonly #native: NativeImage;

  private constructor(image: NativeImage, caller: Caller) {
    if (!(image instanceof native.VerifiedImage)) {
      throw invalidArgument('a verified image cannot be made by hand; resolveImage gives one', caller);
    }
    const json = parse<VerifiedImageJson>(image.toJson(), caller);
    super(json);
    this.reference = json.reference;
    this.repository = json.repository;
    this.tag = json.tag;
    this.digest = json.digest;
    this.mediaType = json.mediaType;
    this.platforms = json.platforms;
    this.children = json.children;
    this.metadata = json.metadata && BuildMetadata.fromJson(json.metadata);
    this.report = GateReport.wrap(image.report(), caller);
    this.#native = image;
    Object.freeze(this);
  }

  /** @internal */
  static wrap(image: NativeImage, caller: Caller): VerifiedImage {
    return new VerifiedImage(image, caller);
  }

  /** @internal */
  static nativeOf(image: VerifiedImage, caller: Caller): NativeImage {
    // `#native in` and not `instanceof`: an object with this prototype alone did not pass.
    if (typeof image === 'object' && image !== null && #native in image) return image.#native;
    throw invalidArgument('an image did not pass the gate; expected what resolveImage gives', caller);
  }

  /** The pinned reference. */
  override toString(): string {
    return this.reference;
  }
}

/**
 * Images by container, as the native side takes them.
 *
 * @internal
 */
export function imagesByContainer(
  images: Readonly<Record<string, VerifiedImage>>,
  caller: Caller,
): { readonly containers: string[]; readonly images: NativeImage[] } {
  return {
    containers: Object.keys(images),
    images: Object.values(images).map((image) => VerifiedImage.nativeOf(image, caller)),
  };
}
