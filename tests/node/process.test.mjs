// What the addon does to a process: worker threads, and its end.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';

import { resolveImage, resolveImageSync } from './artifact-deploy.mjs';
import { REPOSITORY, TAG, endless, registry } from './fixtures.mjs';
import { cleanEnvironment, run } from './installed.mjs';

const PACKAGE = new URL('./artifact-deploy.mjs', import.meta.url).href;
const FIXTURES = new URL('./fixtures.mjs', import.meta.url).href;
const IMPORTS = `
  import { parentPort } from 'node:worker_threads';
  import * as deploy from '${PACKAGE}';
  import { REPOSITORY, TAG, endless, registry } from '${FIXTURES}';
`;

function worker(source) {
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(IMPORTS + source)}`));
}

/** The first message of a worker that then ends by itself. */
function answer(worker) {
  return new Promise((resolve, reject) => {
    let message;
    worker.once('message', (value) => (message = value));
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve(message) : reject(new Error(`exit code ${code}`))));
  });
}

/** Runs a script in a process of its own. */
function script(source, options = {}) {
  const started = performance.now();
  const ended = run(process.execPath, ['--input-type=module', '--eval', IMPORTS + source], {
    env: cleanEnvironment(),
    timeout: 20_000,
    ...options,
  });
  return { ...ended, milliseconds: performance.now() - started };
}

describe('a worker thread', () => {
  const CALL = `
    const query = { repository: REPOSITORY, tag: TAG, registry: registry() };
    const images = [await deploy.resolveImage(query), deploy.resolveImageSync(query)];
    let code;
    try { deploy.parseTag('/'); } catch (error) { code = error instanceof deploy.ArtifactDeployError && error.code; }
    parentPort.postMessage([...images.map((image) => image.tag), code]);
  `;

  test('calls as the main thread does', async () => {
    assert.deepEqual(await answer(worker(CALL)), [TAG, TAG, 'INVALID_TAG']);
  });

  test('may load the addon while the main thread blocks in it, many at once', async () => {
    const workers = Array.from({ length: 6 }, () => answer(worker(CALL)));
    const faults = [{ operation: 'look-up', fault: 'missing', times: 3 }];
    for (let round = 0; round < 5; round += 1) {
      resolveImageSync({
        repository: REPOSITORY,
        tag: TAG,
        registry: registry({ faults }),
        deadlineMs: 9000,
        firstDelayMs: 30,
      });
    }
    for (const messages of await Promise.all(workers)) assert.deepEqual(messages, [TAG, TAG, 'INVALID_TAG']);
  });

  test('may be terminated in the middle of calls, and the process goes on', async () => {
    const busy = Array.from({ length: 4 }, () =>
      worker(`
        for (let i = 0; i < 20; i += 1) deploy.resolveImage(endless({ onProgress: () => {} })).catch(() => {});
        parentPort.postMessage('waiting');
      `),
    );
    await Promise.all(busy.map((each) => new Promise((resolve) => each.once('message', resolve))));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(await Promise.all(busy.map((each) => each.terminate())), [1, 1, 1, 1]);
    assert.equal((await resolveImage({ repository: REPOSITORY, tag: TAG, registry: registry() })).tag, TAG);
  });
});

describe('a process', () => {
  test('ends by itself when its calls have ended', () => {
    const { status, output, milliseconds } = script(`
      const query = { repository: REPOSITORY, tag: TAG, registry: registry() };
      deploy.resolveImageSync(query);
      await deploy.resolveImage(query);
      new deploy.EcrRegistry({ region: 'eu-central-1' });
      new deploy.OciRegistry();
      console.log('done');
    `);
    assert.deepEqual([status, output], [0, 'done\n']);
    assert.ok(milliseconds < 10_000, `${milliseconds} ms`);
  });

  test('ends by itself after a cancelled call, although its deadline is far', () => {
    const { status, output } = script(`
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20);
      await deploy.resolveImage(endless({ signal: controller.signal, onProgress: () => {} })).catch((error) => console.log(error.code));
    `);
    assert.deepEqual([status, output], [0, 'CANCELLED\n']);
  });

  test('stays while a call is under way', () => {
    const { status, output } = script(`
      const faults = [{ operation: 'look-up', fault: 'missing', times: 5 }];
      deploy.resolveImage({ repository: REPOSITORY, tag: TAG, registry: registry({ faults }), deadlineMs: 9000, firstDelayMs: 20, longestDelayMs: 20 })
        .then((image) => console.log(image.tag));
    `);
    assert.deepEqual([status, output], [0, `${TAG}\n`]);
  });

  test('may exit in the middle of calls', () => {
    for (let round = 0; round < 3; round += 1) {
      const { status, signal, output } = script(`
        for (let i = 0; i < 20; i += 1) deploy.resolveImage(endless({ onProgress: () => {} })).catch(() => {});
        setTimeout(() => process.exit(3), 40);
      `);
      assert.deepEqual([status, signal, output], [3, null, '']);
    }
  });

  test('shows an error that nobody catches with its code and stack, and fails', () => {
    const { status, stderr } = script(
      `await deploy.resolveImage({ repository: REPOSITORY, tag: 'none', registry: registry() });`,
    );
    assert.equal(status, 1);
    assert.match(stderr, /ArtifactDeployError: /);
    assert.match(stderr, /code: 'IMAGE_NOT_FOUND'/);
  });

  test('can be interrupted while a synchronous call blocks', () => {
    const { signal, milliseconds } = script(`deploy.resolveImageSync(endless());`, {
      timeout: 1500,
      killSignal: 'SIGINT',
    });
    assert.equal(signal, 'SIGINT');
    assert.ok(milliseconds < 8000, `${milliseconds} ms`);
  });

  test('loses nothing to a thousand calls', async () => {
    const memory = registry();
    await Promise.all(
      Array.from({ length: 1000 }, () =>
        resolveImage({ repository: REPOSITORY, tag: TAG, registry: memory }),
      ),
    );
    assert.equal(memory.calls.lookUp, 1000);
    assert.ok(process.getActiveResourcesInfo().every((name) => !/threadsafe/i.test(name)));
  });
});

test('a call keeps its arguments from later changes', async () => {
  const query = endless({ tag: TAG });
  const call = resolveImage(query);
  query.tag = 'other';
  assert.equal((await call).tag, TAG);
});
