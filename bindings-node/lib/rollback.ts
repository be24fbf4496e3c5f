import { native } from './addon';
import { asynchronous, synchronous } from './call';
import type { RollbackOptions } from './deploy-options';
import { rollbackRequest } from './deploy-request';
import { EvidenceRecord } from './evidence-record';

/**
 * Takes a service back to an earlier version, and proves that it runs it.
 *
 * Without `to` it is the latest that is known to be good and is not in place. The images of the target
 * pass the gate (`policy`) first: what was good once may be gone from the registry since. Nothing is
 * registered again.
 *
 * @throws {@link ArtifactDeployError} `NO_KNOWN_GOOD` when there is nothing to go back to; those of the
 * gate; and everything that `deploy` fails with
 */
export async function rollback(options: RollbackOptions): Promise<EvidenceRecord> {
  const caller = rollback;
  const { request, places, call } = rollbackRequest(options, caller);
  const record = await asynchronous(call, caller, (cancellation, progress) =>
    native.rollback(request, places, cancellation, progress),
  );
  return EvidenceRecord.wrap(record, caller);
}

/** As {@link rollback}, while this thread waits. */
export function rollbackSync(options: RollbackOptions): EvidenceRecord {
  const caller = rollbackSync;
  const { request, places, call } = rollbackRequest(options, caller);
  const record = synchronous(call, caller, (cancellation, progress) =>
    native.rollbackSync(request, places, cancellation, progress),
  );
  return EvidenceRecord.wrap(record, caller);
}
