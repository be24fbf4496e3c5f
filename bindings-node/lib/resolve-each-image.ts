import { native } from './addon';
import { asynchronous, synchronous } from './call';
import type { ArtifactDeployError } from './error';
import type { GateOptions, ImageQuery } from './gate-options';
import { optionsOf, request } from './gate-request';
import type { Outcome, VerifiedImage as NativeImage } from './native';
import { type Caller, failed } from './outcome';
import { Registry } from './registry';
import { VerifiedImage } from './verified-image';

/** What came of one image of a batch. */
export type ImageOutcome =
  | { readonly image: VerifiedImage; readonly error?: undefined }
  | { readonly image?: undefined; readonly error: ArtifactDeployError };

/**
 * Lets images through the gate, in their order, each with its own outcome. One call per repository
 * and 100 images. To deploy all or nothing, use `resolveImages`.
 *
 * @throws {@link ArtifactDeployError} only for what concerns the batch as a whole, such as `CANCELLED`
 */
export async function resolveEachImage(
  queries: readonly ImageQuery[],
  options: GateOptions = {},
): Promise<ImageOutcome[]> {
  const caller = resolveEachImage;
  const asked = request(queries, optionsOf(options, caller), caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const outcomes = await asynchronous(options, caller, (cancellation, progress) =>
    native.resolveEachImage(asked, registry, cancellation, progress),
  );
  return outcomes.map((outcome) => imageOutcome(outcome, caller));
}

/** As {@link resolveEachImage}, while this thread waits. */
export function resolveEachImageSync(
  queries: readonly ImageQuery[],
  options: GateOptions = {},
): ImageOutcome[] {
  const caller = resolveEachImageSync;
  const asked = request(queries, optionsOf(options, caller), caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const outcomes = synchronous(options, caller, (cancellation, progress) =>
    native.resolveEachImageSync(asked, registry, cancellation, progress),
  );
  return outcomes.map((outcome) => imageOutcome(outcome, caller));
}

function imageOutcome(outcome: Outcome<NativeImage>, caller: Caller): ImageOutcome {
  return outcome instanceof native.Failure
    ? { error: failed(outcome, caller) }
    : { image: VerifiedImage.wrap(outcome, caller) };
}
