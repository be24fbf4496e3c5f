import { native } from './addon';
import type { BuildMetadata, BuildMetadataJson } from './build-metadata';
import type { JsonObject } from './json';
import type { RenderedTaskDefinition as NativeRendered } from './native';
import { type Caller, invalidArgument, parse, stringify, unwrap } from './outcome';
import { TaskDefinition } from './task-definition';
import { VerifiedImage } from './verified-image';

/** The changes to one container. What is not mentioned stays as it is. */
export interface ContainerChange {
  /** Pins the image, and writes what is known of it into the environment. Only the gate makes one. */
  readonly image?: VerifiedImage | undefined;
  /** Variables to set, by name or as `NAME=value`. */
  readonly environment?: Readonly<Record<string, string>> | readonly string[] | undefined;
  readonly removeEnvironment?: readonly string[] | undefined;
  /** Secrets to set: the `valueFrom` of each. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  readonly removeSecrets?: readonly string[] | undefined;
  /** Whether the build metadata goes into the environment. Default: where an image is given. */
  readonly metadataEnvironment?: boolean | undefined;
  readonly dockerLabels?: Readonly<Record<string, string>> | undefined;
  readonly logConfiguration?:
    | {
        readonly logDriver?: string | undefined;
        readonly options?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
  readonly portMappings?: readonly JsonObject[] | undefined;
  readonly command?: readonly string[] | undefined;
  readonly entryPoint?: readonly string[] | undefined;
  readonly healthCheck?: JsonObject | undefined;
  /** CPU units. */
  readonly cpu?: number | undefined;
  /** MiB. */
  readonly memory?: number | undefined;
  /** MiB. */
  readonly memoryReservation?: number | undefined;
}

/** The changes to a task definition. What is not mentioned stays as it is. */
export interface RenderSpec {
  readonly family?: string | undefined;
  /** CPU of the task: units (`256`) or vCPUs (`'.25 vCPU'`). */
  readonly cpu?: string | number | undefined;
  /** Memory of the task: MiB (`512`) or GB (`'1 GB'`). */
  readonly memory?: string | number | undefined;
  readonly runtimePlatform?:
    | { readonly cpuArchitecture?: string | undefined; readonly operatingSystemFamily?: string | undefined }
    | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly removeTags?: readonly string[] | undefined;
  /** What is known of the build. Default: what the labels of the image say. */
  readonly metadata?: BuildMetadata | BuildMetadataJson | undefined;
  /** Pins the image of the only container: short for `container: { image }`. */
  readonly image?: VerifiedImage | undefined;
  /** The changes to the only container, whatever its name. */
  readonly container?: ContainerChange | undefined;
  /** The changes to containers, by name. */
  readonly containers?: Readonly<Record<string, ContainerChange>> | undefined;
}

/** A task definition that a render made, validated, with the images that were put in. */
export class RenderedTaskDefinition {
  readonly #native: NativeRendered;
  /** The document. */
  readonly taskDefinition: TaskDefinition;
  /** The images that were put in, by container. */
  readonly images: ReadonlyMap<string, VerifiedImage>;

  private constructor(rendered: NativeRendered) {
    this.#native = rendered;
    this.taskDefinition = TaskDefinition.wrap(rendered.taskDefinition());
    const images = new Map<string, VerifiedImage>();
    for (const container of rendered.containers()) {
      const image = rendered.image(container);
      if (image !== null) images.set(container, VerifiedImage.wrap(image, RenderedTaskDefinition));
    }
    this.images = images;
    Object.freeze(this);
  }

  /** @internal */
  static wrap(rendered: NativeRendered): RenderedTaskDefinition {
    return new RenderedTaskDefinition(rendered);
  }

  /** @internal */
  static nativeOf(rendered: RenderedTaskDefinition, caller: Caller): NativeRendered {
    // As for verified images: an object with this prototype alone was not rendered.
    if (typeof rendered === 'object' && rendered !== null && #native in rendered) return rendered.#native;
    throw invalidArgument('rendered is no rendered task definition; renderTaskDefinition gives one', caller);
  }

  /** The body of a `RegisterTaskDefinition` request, with every member that the document has. */
  get registrationJson(): string {
    return this.#native.registrationJson();
  }

  /** The document, and the pinned reference of each container that was given an image. */
  toJSON(): { readonly taskDefinition: JsonObject; readonly images: Readonly<Record<string, string>> } {
    return parse(this.#native.toJson(), this.toJSON);
  }
}

/**
 * Puts verified images and the other changes of `spec` into a copy of `template`; nothing else changes.
 *
 * @throws {@link ArtifactDeployError} `INVALID_TASK_DEFINITION` (with the problems in the details),
 * `CONTAINER_NOT_FOUND`, `SECRET_COLLISION`, `PLATFORM_MISMATCH`, `INVALID_ARGUMENT`
 */
export function renderTaskDefinition(
  template: TaskDefinition | string | object,
  spec: RenderSpec,
): RenderedTaskDefinition {
  const caller = renderTaskDefinition;
  const images = new Images();
  const changes = stringify(images.takenFrom(spec), caller);
  const outcome = native.renderTaskDefinition(
    TaskDefinition.nativeOf(template, caller),
    changes,
    JSON.stringify(images.containers),
    images.images.map((image) => VerifiedImage.nativeOf(image, caller)),
  );
  return RenderedTaskDefinition.wrap(unwrap(outcome, caller));
}

/**
 * Images cross the boundary apart from the JSON: they are not plain values. What is no verified
 * image stays where it is, for the library to refuse.
 */
class Images {
  /** The container of each image; `null` is the only one. */
  readonly containers: (string | null)[] = [];
  readonly images: VerifiedImage[] = [];

  /** The changes without the images, which are taken. */
  takenFrom(spec: RenderSpec): object {
    if (!isObject(spec)) return spec;
    const { image, container, containers, ...changes } = spec;
    if (image !== undefined) this.#take(null, image);
    return {
      ...changes,
      container: this.#without(null, container),
      containers: isObject(containers)
        ? Object.fromEntries(
            Object.entries(containers).map(([name, change]) => [name, this.#without(name, change)]),
          )
        : containers,
    };
  }

  #without(container: string | null, change: ContainerChange | undefined): ContainerChange | undefined {
    if (!isObject(change) || !(change.image instanceof VerifiedImage)) return change;
    const { image, ...rest } = change;
    this.#take(container, image);
    return rest;
  }

  #take(container: string | null, image: VerifiedImage): void {
    this.containers.push(container);
    this.images.push(image);
  }
}

function isObject<T>(value: T | undefined): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
