import { native } from './addon';
import { bytes, text } from './arguments';
import { parse } from './outcome';
import { Value } from './value';

/** Media type, digest and size (bytes) of content that a manifest refers to. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A manifest that an index lists. */
export interface IndexChild extends Descriptor {
  /** `attestation` and `artifact` cannot run. */
  readonly kind: 'image' | 'index' | 'attestation' | 'artifact';
  readonly platform?: string;
  readonly osVersion?: string;
}

/** The JSON form of a {@link Manifest}. */
export type ManifestJson =
  | {
      readonly kind: 'image';
      readonly mediaType: string;
      readonly config: Descriptor;
      readonly layers: readonly Descriptor[];
      readonly annotations?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'index';
      readonly mediaType: string;
      readonly children: readonly IndexChild[];
      readonly annotations?: Readonly<Record<string, string>>;
    };

/** A manifest: of one image, or an index of images for several platforms. */
export class Manifest extends Value<ManifestJson> {
  readonly kind: 'image' | 'index';
  readonly mediaType: string;
  /** The configuration, of a single image. */
  readonly config: Descriptor | undefined;
  /** The layers, of a single image. */
  readonly layers: readonly Descriptor[];
  /** What an index lists. */
  readonly children: readonly IndexChild[];
  /** The platforms that an index names; that of a single image is in its configuration. */
  readonly platforms: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;

  private constructor(json: ManifestJson, platforms: readonly string[]) {
    super(json);
    this.kind = json.kind;
    this.mediaType = json.mediaType;
    this.config = json.kind === 'image' ? json.config : undefined;
    this.layers = json.kind === 'image' ? json.layers : [];
    this.children = json.kind === 'index' ? json.children : [];
    this.platforms = platforms;
    this.annotations = json.annotations ?? {};
    Object.freeze(this);
  }

  /**
   * Reads the exact bytes of a manifest (Docker schema 2 or OCI).
   *
   * @param mediaType what the registry said it is
   * @throws {@link ArtifactDeployError} `INVALID_MANIFEST`
   */
  static parse(content: string | Uint8Array, mediaType?: string): Manifest {
    const caller = Manifest.parse;
    const outcome = native.parseManifest(
      bytes(content, 'content', caller),
      mediaType === undefined ? undefined : text(mediaType, 'mediaType', caller),
    );
    const { manifest, platforms } = parse<{ manifest: ManifestJson; platforms: string[] }>(outcome, caller);
    return new Manifest(manifest, platforms);
  }
}

/** The JSON form of an {@link ImageConfig}. */
export interface ImageConfigJson {
  readonly platform?: string;
  readonly created?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What an image says of itself. */
export class ImageConfig extends Value<ImageConfigJson> {
  readonly platform: string | undefined;
  readonly created: Date | undefined;
  readonly labels: Readonly<Record<string, string>>;

  private constructor(json: ImageConfigJson) {
    super(json);
    this.platform = json.platform;
    this.created = json.created === undefined ? undefined : new Date(json.created);
    this.labels = json.labels;
    Object.freeze(this);
  }

  /**
   * Reads the bytes of a configuration blob.
   *
   * @throws {@link ArtifactDeployError} `INVALID_MANIFEST`
   */
  static parse(content: string | Uint8Array): ImageConfig {
    const outcome = native.parseImageConfig(bytes(content, 'content', ImageConfig.parse));
    return new ImageConfig(parse(outcome, ImageConfig.parse));
  }
}
