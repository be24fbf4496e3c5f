import { native } from './addon';
import { described, text } from './arguments';
import type { TagMutability } from './image-names';
import type { MemoryRegistry as NativeMemoryRegistry } from './native';
import { type Caller, invalidArgument, parse, stringify, unwrap } from './outcome';
import { Registry } from './registry';

/** An image of a {@link MemoryRegistryFixture}: of a `platform`, an `index`, or a `manifest` as it is. */
export interface MemoryImageFixture {
  readonly tags?: readonly string[] | undefined;
  /** Default: `linux/amd64`. */
  readonly platform?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** The text of each layer. */
  readonly layers?: readonly string[] | undefined;
  readonly format?: 'oci' | 'docker' | undefined;
  /** The images of an index. */
  readonly index?: readonly MemoryImageFixture[] | undefined;
  /** Whether the index lists attestations too. */
  readonly attestations?: boolean | undefined;
  /** The exact text of a manifest. */
  readonly manifest?: string | undefined;
  readonly mediaType?: string | undefined;
  /** `ACTIVE`, `ARCHIVED`, `ACTIVATING`. */
  readonly state?: string | undefined;
  readonly visibleAfterSeconds?: number | undefined;
  /** What is wrong with it, by name. */
  readonly damage?: readonly MemoryDamage[] | undefined;
}

/** What is wrong with a pushed image. Of an index, members are damaged one by one. */
export type MemoryDamage =
  | 'manifest-missing'
  | 'manifest-corrupt'
  | 'config-missing'
  | 'config-corrupt'
  | 'layer-missing'
  | 'layer-corrupt'
  | 'layer-archived';

/** One way in which the registry goes wrong. */
export interface MemoryFault {
  readonly operation: 'look-up' | 'read-manifest' | 'blob-states' | 'read-blob' | 'tag-mutability';
  readonly fault:
    | 'missing'
    | 'throttled'
    | 'unavailable'
    | 'timeout'
    | 'access-denied'
    | 'unauthenticated'
    | 'quota-exceeded'
    | 'garbled'
    | 'hang';
  /** Default: until {@link MemoryRegistry.heal}. */
  readonly times?: number | undefined;
  readonly repository?: string | undefined;
  readonly tag?: string | undefined;
}

/** A whole registry as plain values. */
export interface MemoryRegistryFixture {
  /** The registry host. */
  readonly host?: string | undefined;
  readonly repositories?:
    | Readonly<
        Record<
          string,
          {
            readonly mutability?: TagMutability | undefined;
            readonly images?: readonly MemoryImageFixture[] | undefined;
          }
        >
      >
    | undefined;
  readonly faults?: readonly MemoryFault[] | undefined;
}

/** How many calls a registry had, of each kind. */
export interface MemoryCalls {
  readonly lookUp: number;
  /** Images in all look-ups together. */
  readonly images: number;
  readonly blobStates: number;
  readonly readBlob: number;
  readonly tagMutability: number;
  readonly putTag: number;
}

/** A registry in memory, for tests and demonstrations: real manifests with real digests. */
export class MemoryRegistry extends Registry {
  readonly #native: NativeMemoryRegistry;

  /** @throws {@link ArtifactDeployError} `INVALID_ARGUMENT` for a fixture that cannot be used */
  constructor(fixture: MemoryRegistryFixture = {}) {
    const json = stringify(fixture, MemoryRegistry);
    const registry = unwrap(native.createMemoryRegistry(json), MemoryRegistry);
    super(registry.registry());
    this.#native = registry;
  }

  /** @internal */
  static nativeMemoryOf(registry: MemoryRegistry, caller: Caller): NativeMemoryRegistry {
    if (registry instanceof MemoryRegistry) return registry.#native;
    throw invalidArgument(`registry is ${described(registry)}; expected a MemoryRegistry`, caller);
  }

  /** How many calls it had. */
  get calls(): MemoryCalls {
    return parse(this.#native.calls(), MemoryRegistry);
  }

  /** Counts calls from zero again. */
  resetCalls(): void {
    this.#native.resetCalls();
  }

  /** Pushes an image under its tags, and gives its digest. */
  push(repository: string, image: MemoryImageFixture): string {
    const { tags = [], ...rest } = image;
    const written = stringify(rest, this.push);
    return unwrap(
      this.#native.push(text(repository, 'repository', this.push), [...tags], written),
      this.push,
    );
  }

  /** Deletes an image. */
  delete(repository: string, digest: string): void {
    const named = text(repository, 'repository', this.delete);
    unwrap(this.#native.delete(named, text(digest, 'digest', this.delete)), this.delete);
  }

  /** Ends all faults. */
  heal(): void {
    this.#native.heal();
  }
}
