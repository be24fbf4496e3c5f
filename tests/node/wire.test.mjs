// The true AWS SDK and OCI client, from Node, against servers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';

import {
  EcrRegistry,
  OciRegistry,
  digestOf,
  inspectImage,
  publication,
  publicationSync,
  resolveImage,
  resolveImageSync,
  resolveImages,
  resolveImagesSync,
} from './artifact-deploy.mjs';
import { dockerRegistry, have, push, scriptedEcr } from './servers.mjs';

const COMMIT = '622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90';
const TAG = 'pr-51-622d2103-20250820-124500';
const labels = {
  'org.opencontainers.image.revision': COMMIT,
  'org.opencontainers.image.created': '2025-08-20T12:45:00Z',
};

describe('Amazon ECR, scripted', () => {
  const many = Array.from({ length: 150 }, (_, index) => ({ tags: [`v${index}`] }));
  const SCRIPT = {
    repositories: {
      app: { images: [{ tags: [TAG, 'pr-51-latest'], platform: 'linux/arm64', labels }] },
      many: { images: many },
    },
  };
  let server;
  let registry;
  const play = (more) => server.play({ ...SCRIPT, ...more });

  before(async () => {
    // The process environment, where the AWS SDK looks: nothing of the machine's own.
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    });
    server = await scriptedEcr(SCRIPT);
    registry = new EcrRegistry({
      region: 'eu-central-1',
      endpointUrl: server.url,
      timeouts: { readMs: 500, attemptMs: 700, operationMs: 3000 },
    });
  });
  after(() => server?.stop());

  test('the default gate makes exactly one call per image, sync and async', async () => {
    for (const call of [resolveImage, resolveImageSync]) {
      await play();
      const image = await call({ repository: 'app', tag: TAG, registry });
      assert.match(
        image.reference,
        /^123456789012\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/app@sha256:[0-9a-f]{64}$/,
      );
      assert.deepEqual(await server.calls(), { BatchGetImage: 1 });
    }
  });

  test('a batch makes one call per 100 images', async () => {
    const queries = many.map(({ tags: [tag] }) => ({ repository: 'many', tag }));
    for (const call of [resolveImages, resolveImagesSync]) {
      await play();
      assert.equal((await call(queries, { registry })).length, 150);
      assert.deepEqual(await server.calls(), { BatchGetImage: 2 });
    }
  });

  test('the environment alone leads to it, by name and by host', async () => {
    process.env.AWS_ENDPOINT_URL_ECR = server.url;
    try {
      await play();
      const byName = await resolveImage({ repository: 'app', environment: 'pr-51' });
      const byHost = resolveImageSync({
        repository: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/app',
        tag: TAG,
      });
      assert.equal(byName.reference, byHost.reference);
    } finally {
      delete process.env.AWS_ENDPOINT_URL_ECR;
    }
  });

  test('a missing image that appears is waited for', async () => {
    await play({ repositories: { app: { images: [{ tags: [TAG], appearsAfter: 2 }] } } });
    const seen = [];
    await resolveImage({
      repository: 'app',
      tag: TAG,
      registry,
      deadlineMs: 20_000,
      firstDelayMs: 20,
      longestDelayMs: 20,
      onProgress: ({ attempt }) => seen.push(attempt),
    });
    assert.equal(seen[0], 1);
    assert.ok((await server.calls()).BatchGetImage > 1);
  });

  for (const [code, fault] of [
    [
      'ACCESS_DENIED',
      {
        operation: '*',
        do: 'error',
        code: 'AccessDeniedException',
        message: 'not authorized to perform: ecr:BatchGetImage',
      },
    ],
    ['THROTTLED', { operation: '*', do: 'error', code: 'ThrottlingException', message: 'Rate exceeded' }],
    ['REGISTRY_UNAVAILABLE', { operation: '*', do: 'status', status: 503 }],
    ['TIMEOUT', { operation: '*', do: 'stall' }],
    ['TIMEOUT', { operation: '*', do: 'stall-in-body' }],
  ]) {
    test(`${code} is told, sync and async (${fault.do})`, async () => {
      await play({ faults: [fault] });
      await assert.rejects(resolveImage({ repository: 'app', tag: TAG, registry }), { code });
      assert.throws(() => resolveImageSync({ repository: 'app', tag: TAG, registry }), { code });
    });
  }

  test('a call that stalls ends with its abort signal, long before its timeout', async () => {
    await play({ faults: [{ operation: '*', do: 'stall' }] });
    const patient = new EcrRegistry({ region: 'eu-central-1', endpointUrl: server.url });
    const started = performance.now();
    await assert.rejects(
      resolveImage({ repository: 'app', tag: TAG, registry: patient, signal: AbortSignal.timeout(100) }),
      { code: 'CANCELLED' },
    );
    assert.ok(performance.now() - started < 2000);
  });

  test('the names of a refused call are in the error: IAM action, code and request', async () => {
    await play({ faults: [{ operation: '*', do: 'error', code: 'AccessDeniedException', message: 'no' }] });
    await assert.rejects(resolveImage({ repository: 'app', tag: TAG, registry }), (error) => {
      assert.match(error.message, /ecr:BatchGetImage/);
      assert.match(JSON.stringify(error.details), /AccessDeniedException/);
      return true;
    });
  });
});

describe(
  'a real OCI registry',
  { skip: !have('docker-registry', 'skopeo') && 'docker-registry or skopeo is missing' },
  () => {
    let server;
    let repository;
    let children;
    const registry = new OciRegistry();
    const config = (architecture) => ({
      os: 'linux',
      architecture,
      config: { Labels: labels },
      rootfs: { type: 'layers', diff_ids: [] },
    });

    /** What an independent tool says. */
    function skopeo(tag) {
      const { stdout, stderr } = spawnSync('skopeo', [
        'inspect',
        '--raw',
        '--tls-verify=false',
        `docker://${repository}:${tag}`,
      ]);
      assert.ok(stdout.length > 0, String(stderr));
      return digestOf(stdout);
    }

    before(async () => {
      server = await dockerRegistry();
      repository = `${server.host}/team/app`;
      children = [];
      for (const architecture of ['amd64', 'arm64']) {
        const pushed = await push(server.host, 'team/app', `v1-${architecture}`, {
          config: config(architecture),
        });
        children.push({ ...pushed, platform: { os: 'linux', architecture } });
      }
      await push(server.host, 'team/app', 'v1', { index: children });
    });
    after(() => server?.stop());

    test('single images and an index are resolved to the digest that skopeo reports, sync and async', async () => {
      for (const tag of ['v1-amd64', 'v1-arm64', 'v1']) {
        for (const call of [resolveImage, resolveImageSync]) {
          // The default registry, and one of its own.
          assert.equal((await call({ repository, tag })).digest, skopeo(tag));
          assert.equal((await call({ repository, tag, registry })).digest, skopeo(tag));
        }
      }
    });

    test('everything that can be asked for holds', async () => {
      const image = await resolveImage({
        repository,
        tag: 'v1',
        expectedDigest: children[1].digest,
        platform: 'linux/arm64',
        revision: COMMIT,
        policy: { content: 'verified' },
        registry,
      });
      assert.deepEqual(image.platforms, ['linux/amd64', 'linux/arm64']);
      assert.deepEqual(
        image.children,
        children.map(({ digest }) => digest),
      );
      assert.equal(image.metadata.commit, COMMIT);
      assert.equal(image.metadata.buildTime.toISOString(), '2025-08-20T12:45:00.000Z');
      assert.ok(image.report.checks.every(({ outcome }) => outcome !== 'fail'));
    });

    test('each refusal has its own code', async () => {
      const cases = {
        IMAGE_NOT_FOUND: { tag: 'v9' },
        PLATFORM_MISMATCH: { tag: 'v1', platform: 'linux/s390x' },
        REVISION_MISMATCH: { tag: 'v1', revision: 'f'.repeat(40) },
        UNEXPECTED_DIGEST: { tag: 'v1', expectedDigest: digestOf('') },
      };
      for (const [code, asked] of Object.entries(cases)) {
        await assert.rejects(resolveImage({ repository, registry, ...asked }), { code });
        assert.throws(() => resolveImageSync({ repository, registry, ...asked }), { code });
        assert.equal((await inspectImage({ repository, registry, ...asked })).verdict, 'refused');
      }
    });

    test('want 6: the same digest is published already, another is a conflict', async () => {
      assert.deepEqual(await publication({ repository, tag: 'v2', registry }), { state: 'unpublished' });
      const digest = skopeo('v1');
      assert.deepEqual(publicationSync({ repository, tag: 'v1', digest, registry }), {
        state: 'published',
        digest,
      });
      await assert.rejects(publication({ repository, tag: 'v1', digest: digestOf(''), registry }), {
        code: 'VERSION_CONFLICT',
      });
    });
  },
);
