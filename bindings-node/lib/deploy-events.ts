import { checkedSignal } from './call';
import { deploy } from './deploy';
import type { DeployOptions } from './deploy-options';
import type { DeploymentEvent } from './deployment-event';
import type { EvidenceRecord } from './evidence-record';
import { invalidArgument } from './outcome';

/** A deployment as an asynchronous iterable of its events; {@link record} is the end of it. */
export class DeploymentEvents implements AsyncIterable<DeploymentEvent> {
  /** The record, once the deployment has come to its end; fails as `deploy` does. */
  readonly record: Promise<EvidenceRecord>;
  readonly #inbox: DeploymentEvent[] = [];
  readonly #controller = new AbortController();
  #ended = false;
  #wake: (() => void) | undefined;

  /** @internal */
  constructor(options: DeployOptions) {
    const { signal } = options;
    const abort = (): void => this.#controller.abort(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    const onEvent = (event: DeploymentEvent): void => this.#put(event);
    this.record = deploy({ ...options, onEvent, signal: this.#controller.signal }).finally(() => {
      signal?.removeEventListener('abort', abort);
      this.#ended = true;
      this.#wake?.();
    });
    // Whoever only iterates is told there; nobody has to look at both.
    this.record.catch(() => {});
  }

  /**
   * The events as they happen. It fails at its end as `deploy` does. Leaving it early ends the call,
   * not the deployment.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<DeploymentEvent, void, undefined> {
    try {
      for (;;) {
        const event = this.#inbox.shift();
        if (event !== undefined) yield event;
        else if (this.#ended) break;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      await this.record;
    } finally {
      this.#controller.abort();
    }
  }

  #put(event: DeploymentEvent): void {
    this.#inbox.push(event);
    this.#wake?.();
  }
}

/**
 * As `deploy`, for `for await (const event of deployEvents({ … }))`; `await events.record` then gives
 * the record. Takes the same options but `onEvent`.
 */
export function deployEvents(options: DeployOptions & { readonly onEvent?: undefined }): DeploymentEvents {
  checkedSignal(options?.signal, deployEvents);
  if ((options as DeployOptions | undefined)?.onEvent !== undefined) {
    throw invalidArgument('deployEvents gives the events itself; leave onEvent out', deployEvents);
  }
  return new DeploymentEvents(options);
}
