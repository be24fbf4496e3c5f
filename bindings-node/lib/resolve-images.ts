import { native } from './addon';
import { asynchronous, synchronous } from './call';
import type { GateOptions, ImageQuery } from './gate-options';
import { optionsOf, request } from './gate-request';
import { Registry } from './registry';
import { VerifiedImage } from './verified-image';

/**
 * Lets images through the gate, in their order: all or none. One call per repository and 100 images.
 *
 * @throws {@link ArtifactDeployError} `BATCH_FAILED`, which names each refused image: `details` is
 * `{ images: [{ image, code, message, details? }] }`
 */
export async function resolveImages(
  queries: readonly ImageQuery[],
  options: GateOptions = {},
): Promise<VerifiedImage[]> {
  const caller = resolveImages;
  const asked = request(queries, optionsOf(options, caller), caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const images = await asynchronous(options, caller, (cancellation, progress) =>
    native.resolveImages(asked, registry, cancellation, progress),
  );
  return images.map((image) => VerifiedImage.wrap(image, caller));
}

/** As {@link resolveImages}, while this thread waits. */
export function resolveImagesSync(
  queries: readonly ImageQuery[],
  options: GateOptions = {},
): VerifiedImage[] {
  const caller = resolveImagesSync;
  const asked = request(queries, optionsOf(options, caller), caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const images = synchronous(options, caller, (cancellation, progress) =>
    native.resolveImagesSync(asked, registry, cancellation, progress),
  );
  return images.map((image) => VerifiedImage.wrap(image, caller));
}
