import { native } from './addon';
import { asynchronous, synchronous } from './call';
import type { GateOptions, ImageQuery } from './gate-options';
import { queryOf, request } from './gate-request';
import { Registry } from './registry';
import { VerifiedImage } from './verified-image';

/** Which image, and how the gate is asked. */
export interface ResolveImageOptions extends ImageQuery, GateOptions {}

/**
 * Lets an image through the gate: it is there, its bytes are those of its digest, and all else that
 * the options ask for holds. What comes out is pinned.
 *
 * ```ts
 * const image = await resolveImage({ repository: 'macro-ai-express-api', tag, deadlineMs: 300_000 });
 * image.reference; // …/macro-ai-express-api@sha256:…
 * ```
 *
 * @throws {@link ArtifactDeployError} with the code of the first check that failed and the whole
 * report in the details; `DEADLINE_EXCEEDED`, `CANCELLED`, and what keeps the registry from answering
 */
export async function resolveImage(options: ResolveImageOptions): Promise<VerifiedImage> {
  const caller = resolveImage;
  const asked = request([queryOf(options, caller)], options, caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const image = await asynchronous(options, caller, (cancellation, progress) =>
    native.resolveImage(asked, registry, cancellation, progress),
  );
  return VerifiedImage.wrap(image, caller);
}

/**
 * As {@link resolveImage}, while this thread waits: for scripts that cannot, such as a CDK app
 * before its stacks are built.
 */
export function resolveImageSync(options: ResolveImageOptions): VerifiedImage {
  const caller = resolveImageSync;
  const asked = request([queryOf(options, caller)], options, caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const image = synchronous(options, caller, (cancellation, progress) =>
    native.resolveImageSync(asked, registry, cancellation, progress),
  );
  return VerifiedImage.wrap(image, caller);
}
