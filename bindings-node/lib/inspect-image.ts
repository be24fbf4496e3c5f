import { native } from './addon';
import { asynchronous, synchronous } from './call';
import { GateReport } from './gate-report';
import { queryOf, request } from './gate-request';
import { Registry } from './registry';
import type { ResolveImageOptions } from './resolve-image';

/**
 * The gate's report on an image, whatever the verdict.
 *
 * @throws {@link ArtifactDeployError} for what keeps the registry from answering
 */
export async function inspectImage(options: ResolveImageOptions): Promise<GateReport> {
  const caller = inspectImage;
  const asked = request([queryOf(options, caller)], options, caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const report = await asynchronous(options, caller, (cancellation, progress) =>
    native.inspectImage(asked, registry, cancellation, progress),
  );
  return GateReport.wrap(report, caller);
}

/** As {@link inspectImage}, while this thread waits. */
export function inspectImageSync(options: ResolveImageOptions): GateReport {
  const caller = inspectImageSync;
  const asked = request([queryOf(options, caller)], options, caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const report = synchronous(options, caller, (cancellation, progress) =>
    native.inspectImageSync(asked, registry, cancellation, progress),
  );
  return GateReport.wrap(report, caller);
}
