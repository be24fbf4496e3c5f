import { native } from './addon';
import { asynchronous, synchronous } from './call';
import type { DeployOptions } from './deploy-options';
import { deployRequest } from './deploy-request';
import { EvidenceRecord } from './evidence-record';

/**
 * Deploys to a service, and is done when every running task is proven to run what was meant.
 *
 * ```ts
 * const record = await deploy({ service: 'previews/pr-51', rendered, onEvent: (event) => console.log(`${event}`) });
 * record.proof?.verdict; // 'verified'
 * ```
 *
 * A version never takes the place of a newer one, unless `unguarded` gives a reason. Success is only
 * that *this* deployment came to its end and every task runs its image. With `check: false` every end
 * is given as a record, whatever its `outcome`.
 *
 * @throws {@link ArtifactDeployError} `DEPLOYMENT_ROLLED_BACK` (ECS took it back; the version before is
 * in place), `DEPLOYMENT_FAILED`, `DEPLOYMENT_SUPERSEDED` (a newer version, or another deployment, took
 * its place) or `DEADLINE_EXCEEDED` (ECS goes on by itself), each with `record` in the details;
 * `CANCELLED`, with `left`; and what kept it from being carried out
 */
export async function deploy(options: DeployOptions): Promise<EvidenceRecord> {
  const caller = deploy;
  const { request, what, places, call } = deployRequest(options, caller);
  const record = await asynchronous(call, caller, (cancellation, progress) =>
    native.deploy(request, what, places, cancellation, progress),
  );
  return EvidenceRecord.wrap(record, caller);
}

/** As {@link deploy}, while this thread waits. */
export function deploySync(options: DeployOptions): EvidenceRecord {
  const caller = deploySync;
  const { request, what, places, call } = deployRequest(options, caller);
  const record = synchronous(call, caller, (cancellation, progress) =>
    native.deploySync(request, what, places, cancellation, progress),
  );
  return EvidenceRecord.wrap(record, caller);
}
