import { native } from './addon';
import { bytes, text } from './arguments';
import type { Descriptor } from './image-content';
import { type Caller, parse } from './outcome';

/** One image that buildx built and pushed. */
export interface BuiltImage {
  /** What the pushed tag leads to: the `expectedDigest` for the gate. */
  readonly digest: string;
  /** The names that it was pushed as. */
  readonly names: readonly string[];
  readonly descriptor?: Descriptor;
}

/**
 * The image in the file that `docker buildx build --metadata-file` or `bake` wrote.
 *
 * @param file the content of the file
 * @param target a bake target; without one, the only image there is
 * @throws {@link ArtifactDeployError} `INVALID_METADATA`, `INVALID_ARGUMENT` (no such target, or
 * several and none named), `METADATA_NOT_FOUND` (the build did not push)
 */
export function buildxImage(file: string | Uint8Array, target?: string): BuiltImage {
  const caller: Caller = buildxImage;
  const name = target === undefined ? undefined : text(target, 'target', caller);
  return parse(native.buildxImage(bytes(file, 'file', caller), name), caller);
}

/**
 * The names of the bake targets in such a file; empty for that of a single build.
 *
 * @throws {@link ArtifactDeployError} `INVALID_METADATA`
 */
export function buildxTargets(file: string | Uint8Array): string[] {
  return parse(native.buildxTargets(bytes(file, 'file', buildxTargets)), buildxTargets);
}
