// What a rollout tells while it runs, and what it says when it is broken off.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { deploy, deployEvents, deploySync, verifyRunning } from './artifact-deploy.mjs';
import { BREAKER, MemoryScene, SERVICE, rejected, story, version } from './scene.mjs';

const GOOD = ['registered', 'updated', 'progress', 'proved', 'finished'];

/** The options without a listener. */
function unheard(scene, number, more) {
  const { onEvent, ...options } = scene.options(number, more);
  void onEvent;
  return options;
}

describe('events', () => {
  test('come in order, and say what happened', async () => {
    const scene = new MemoryScene();
    const record = await scene.deploy(2);
    assert.deepEqual(story(scene.events), GOOD);
    const [first, updated] = scene.events;
    assert.equal(first.reused, false);
    assert.equal(updated.deploymentId, record.deploymentId);
    assert.equal(updated.replaced[0].version.id, version(1).id);
    assert.equal(scene.events.at(-1).outcome, 'completed');
    const times = scene.events.map(({ at }) => Date.parse(at));
    assert.deepEqual(times, times.toSorted());
    for (const event of scene.events) {
      assert.match(`${event}`, /^[^\n]+$/);
      assert.equal(JSON.parse(JSON.stringify(event)).event, event.event);
      assert.ok(!Object.keys(event).includes('toString'));
    }
    assert.match(`${first}`, /registered app:2/);
  });

  test('are an asynchronous iterable with the record at its end', async () => {
    const scene = new MemoryScene();
    const events = deployEvents(unheard(scene, 2));
    const told = [];
    for await (const event of events) told.push(event);
    assert.deepEqual(story(told), GOOD);
    assert.equal((await events.record).outcome, 'completed');
  });

  test('end with the error of a deployment that does not succeed', async () => {
    const scene = new MemoryScene(BREAKER);
    scene.behave(2, 'crash-loop');
    const events = deployEvents(unheard(scene, 2));
    const told = [];
    const iterated = (async () => {
      for await (const event of events) told.push(event);
    })();
    const error = await rejected(iterated, 'DEPLOYMENT_ROLLED_BACK');
    assert.equal(told.at(-1).event, 'finished');
    assert.equal(await rejected(events.record, 'DEPLOYMENT_ROLLED_BACK'), error);
  });

  test('left early end the call, and not the deployment', async () => {
    const scene = new MemoryScene();
    const events = deployEvents(unheard(scene, 2));
    for await (const { event } of events) if (event === 'updated') break;
    const error = await rejected(events.record, 'CANCELLED');
    assert.equal(error.details.left.state, 'updating');
    await sleep(300);
    const proof = await verifyRunning({ service: SERVICE, meant: scene.rendered(2), control: scene.control });
    assert.ok(proof.isVerified, proof.reason);
  });

  test('are given in one place', () => {
    const scene = new MemoryScene();
    assert.throws(() => deployEvents(scene.options(2)), { code: 'INVALID_ARGUMENT' });
    assert.throws(() => deployEvents(unheard(scene, 2, { signal: 1 })), { code: 'INVALID_ARGUMENT' });
  });
});

describe('an abort signal', () => {
  test('ends the call, which says what was left, and tells it', async () => {
    const scene = new MemoryScene();
    scene.behave(2, 'crash-loop');
    const controller = new AbortController();
    const reason = new Error('enough');
    const onEvent = (event) => {
      scene.events.push(event);
      if (event.event === 'updated') controller.abort(reason);
    };
    const { signal } = controller;
    const error = await rejected(deploy(scene.options(2, { onEvent, signal })), 'CANCELLED');
    assert.equal(error.cause, reason);
    assert.equal(error.details.left.state, 'updating');
    assert.match(error.details.left.taskDefinition, /app:2$/);
    const last = scene.events.at(-1);
    assert.equal(last.event, 'cancelled');
    assert.deepEqual(last.left, error.details.left);
    assert.match(`${last}`, /goes on by itself/);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    const asked = scene.asked('describe-services');
    await sleep(200);
    assert.equal(scene.asked('describe-services'), asked);
  });

  test('says that nothing was changed where nothing was, also without a listener', async () => {
    const scene = new MemoryScene();
    scene.control.inject({ operation: 'describe-services', fault: 'hang' });
    const signal = AbortSignal.timeout(100);
    const error = await rejected(deploy(unheard(scene, 2, { signal })), 'CANCELLED');
    assert.deepEqual(error.details, { left: { state: 'unchanged' } });
    assert.equal(error.cause.name, 'TimeoutError');
    assert.equal(scene.asked('register-task-definition'), 0);
  });

  test('ends an iterable, and one that is aborted already begins nothing', async () => {
    const scene = new MemoryScene();
    const controller = new AbortController();
    scene.behave(2, 'crash-loop');
    const events = deployEvents(unheard(scene, 2, { signal: controller.signal }));
    const told = [];
    const iterated = (async () => {
      for await (const event of events) {
        told.push(event);
        if (event.event === 'updated') controller.abort();
      }
    })();
    await rejected(iterated, 'CANCELLED');
    assert.equal(told.at(-1).event, 'cancelled');
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);

    scene.control.resetCalls();
    await rejected(deployEvents(unheard(scene, 3, { signal: AbortSignal.abort() })).record, 'CANCELLED');
    assert.equal(scene.asked('describe-services'), 0);
  });

  test('may be what a listener throws, which the call then fails with', async () => {
    const scene = new MemoryScene();
    const error = new RangeError('mine');
    const onEvent = () => {
      throw error;
    };
    await assert.rejects(deploy(scene.options(2, { onEvent })), (thrown) => thrown === error);
    assert.throws(
      () => deploySync(scene.options(3, { onEvent })),
      (thrown) => thrown === error,
    );
  });
});
