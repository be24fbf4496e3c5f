import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  inspectImage,
  publication,
  resolveImage,
  resolveImageSync,
  resolveImages,
} from './artifact-deploy.mjs';
import { REPOSITORY, TAG, endless, registry } from './fixtures.mjs';

const cancelled = (reason) => (error) => {
  assert.equal(error.code, 'CANCELLED');
  assert.equal(error.cause, reason);
  assert.equal(error.retryable, false);
  return true;
};

describe('an abort signal', () => {
  test('ends a call that waits', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const call = resolveImage(endless({ signal: controller.signal }));
    await sleep(50);
    const started = performance.now();
    controller.abort(reason);
    await assert.rejects(call, cancelled(reason));
    assert.ok(performance.now() - started < 1000);
  });

  test('ends a call that hangs', async () => {
    const faults = [{ operation: 'look-up', fault: 'hang' }];
    const signal = AbortSignal.timeout(50);
    const call = publication({ repository: REPOSITORY, tag: TAG, registry: registry({ faults }), signal });
    await assert.rejects(call, (error) => error.code === 'CANCELLED' && error.cause.name === 'TimeoutError');
  });

  test('that is aborted already keeps a call from asking anything', async () => {
    const memory = registry();
    const signal = AbortSignal.abort();
    const asked = { repository: REPOSITORY, tag: TAG, registry: memory, signal };
    for (const call of [resolveImage, inspectImage, publication]) {
      await assert.rejects(call(asked), cancelled(signal.reason));
    }
    await assert.rejects(
      resolveImages([{ repository: REPOSITORY }], { registry: memory, signal }),
      cancelled(signal.reason),
    );
    assert.throws(() => resolveImageSync(asked), cancelled(signal.reason));
    assert.equal(memory.calls.lookUp, 0);
  });

  test('has one listener while the call runs, and none afterwards', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const good = resolveImage({ repository: REPOSITORY, tag: TAG, registry: registry(), signal });
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    await good;
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    await assert.rejects(resolveImage({ repository: REPOSITORY, tag: 'none', registry: registry(), signal }));
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    const waiting = resolveImage(endless({ signal }));
    controller.abort();
    await assert.rejects(waiting);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  test('shared by many calls ends them all', async () => {
    const controller = new AbortController();
    const calls = Array.from({ length: 50 }, () => resolveImage(endless({ signal: controller.signal })));
    await sleep(20);
    controller.abort();
    const outcomes = await Promise.allSettled(calls);
    assert.deepEqual(new Set(outcomes.map(({ reason }) => reason?.code)), new Set(['CANCELLED']));
  });

  test('that fires after the end changes nothing', async () => {
    const controller = new AbortController();
    const image = await resolveImage({
      repository: REPOSITORY,
      tag: TAG,
      registry: registry(),
      signal: controller.signal,
    });
    controller.abort();
    assert.match(image.reference, /@sha256:/);
  });

  test('of another library works, and anything else is refused', async () => {
    const listeners = new Set();
    const signal = {
      aborted: false,
      addEventListener: (_type, listener) => listeners.add(listener),
      removeEventListener: (_type, listener) => listeners.delete(listener),
    };
    const call = resolveImage(endless({ signal }));
    assert.equal(listeners.size, 1);
    listeners.forEach((listener) => listener());
    await assert.rejects(call, { code: 'CANCELLED' });
    assert.equal(listeners.size, 0);
    await assert.rejects(resolveImage(endless({ signal: new AbortController() })), {
      code: 'INVALID_ARGUMENT',
    });
  });
});

describe('progress', () => {
  const late = (onProgress) => ({
    repository: REPOSITORY,
    tag: TAG,
    registry: registry({ faults: [{ operation: 'look-up', fault: 'missing', times: 2 }] }),
    deadlineMs: 30_000,
    firstDelayMs: 10,
    longestDelayMs: 10,
    onProgress,
  });

  test('is told of each attempt before a promise is settled', async () => {
    const seen = [];
    await resolveImage(late((progress) => seen.push(progress)));
    assert.deepEqual(
      seen.map(({ attempt }) => attempt),
      [1, 2],
    );
    assert.equal(seen[0].pending[0].code, 'IMAGE_NOT_FOUND');
    assert.ok(seen[0].remainingSeconds > 20);
  });

  test('is told of each attempt while a synchronous call blocks', () => {
    const seen = [];
    resolveImageSync(late((progress) => seen.push(progress.attempt)));
    assert.deepEqual(seen, [1, 2]);
  });

  test('ends the call with what the listener throws', async () => {
    const error = new RangeError('mine');
    const throws = () => {
      throw error;
    };
    await assert.rejects(resolveImage(endless({ onProgress: throws })), (thrown) => thrown === error);
    assert.throws(
      () => resolveImageSync(endless({ onProgress: throws })),
      (thrown) => thrown === error,
    );
  });

  test('may call into the library again', async () => {
    const inner = () => resolveImageSync({ repository: REPOSITORY, tag: TAG, registry: registry() });
    const seen = [];
    resolveImageSync(late(() => seen.push(inner().tag)));
    await resolveImage(late(() => seen.push(inner().tag)));
    assert.deepEqual(seen, [TAG, TAG, TAG, TAG]);
  });

  test('is for a function', async () => {
    await assert.rejects(resolveImage(endless({ onProgress: 'log' })), { code: 'INVALID_ARGUMENT' });
  });
});
