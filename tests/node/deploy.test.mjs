// Deploying to a cluster in memory: every end that a rollout can have, and what its record says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import {
  ArtifactDeployError,
  EvidenceRecord,
  deploy,
  deploySync,
  evidenceSchema,
  planDeployment,
  planDeploymentSync,
  verifyRunning,
} from './artifact-deploy.mjs';
import { BREAKER, MemoryScene, SERVICE, build, rejected, story, version } from './scene.mjs';

describe('a deployment', () => {
  test('is registered, followed and proven', async () => {
    const scene = new MemoryScene();
    const record = await scene.deploy(2);
    assert.equal(record.outcome, 'completed', record.reason);
    assert.ok(record.isCompleted && record instanceof EvidenceRecord);
    assert.equal(record.requireCompleted(), record);
    assert.equal(record.version.id, version(2).id);
    assert.deepEqual([record.service, record.intent, record.until], [SERVICE, 'deploy', 'verified']);
    assert.equal(record.taskDefinition.reused, false);
    assert.match(record.taskDefinition.arn, /:task-definition\/app:2$/);
    assert.match(record.deploymentId, /^ecs-svc\//);
    assert.deepEqual([record.failures, record.left], [[], undefined]);
    assert.ok(record.proof.isVerified);
    assert.equal(record.proof.right, 2);

    const json = JSON.parse(JSON.stringify(record));
    assert.equal(json.schemaVersion, 1);
    assert.equal(json.build.commit, build(2).commit);
    assert.equal(json.images[0].report.verdict, 'verified');
    assert.equal(json.previous.version.id, version(1).id);
    assert.equal(json.serviceDeployment.status, 'SUCCESSFUL');
    assert.deepEqual(new Set(scene.running()), new Set([record.images[0].digest]));
    const { properties, required } = evidenceSchema();
    assert.ok(required.every((member) => member in json));
    assert.ok(Object.keys(json).every((member) => member in properties));
    assert.match(record.toString(), new RegExp(version(2).id));
    assert.match(record.toMarkdown(), new RegExp(version(2).id));
    assert.ok(record.startedAt <= record.finishedAt);
  });

  test('is the same in a synchronous call, with its events', () => {
    const scene = new MemoryScene();
    const record = scene.deploySync(2);
    assert.equal(record.outcome, 'completed');
    assert.deepEqual(story(scene.events), ['registered', 'updated', 'progress', 'proved', 'finished']);
    assert.deepEqual(new Set(scene.running()), new Set([record.images[0].digest]));
  });

  test('of what is in place already registers and updates nothing', async () => {
    const scene = new MemoryScene();
    const first = await scene.deploy(2);
    scene.control.resetCalls();
    const second = await scene.deploy(2);
    assert.equal(second.outcome, 'completed');
    assert.deepEqual(second.taskDefinition, { ...first.taskDefinition, reused: true });
    assert.equal(scene.asked('register-task-definition') + scene.asked('update-service'), 0);
  });

  test('whose image cannot be pulled is told with advice', async () => {
    const scene = new MemoryScene(BREAKER);
    scene.behave(2, 'cannot-pull', { pull: 'not-found' });
    const record = await scene.deploy(2);
    assert.equal(record.outcome, 'rolled-back');
    const [failure] = record.failures;
    assert.equal(failure.code, 'image-not-found');
    assert.match(failure.reason, /^CannotPullContainerError/);
    assert.ok(failure.advice.length > 20 && failure.count >= 2);
    assert.ok(story(scene.events).includes('task-failed'));
    assert.ok(record.toString().includes(failure.advice));
  });

  test('that the circuit breaker takes back is never success', async () => {
    // Slow enough for every moment to be seen.
    const scene = new MemoryScene(BREAKER, { faster: 50 });
    scene.behave(2, 'crash-loop', { exitCode: 3 });
    const error = await rejected(deploy(scene.options(2)), 'DEPLOYMENT_ROLLED_BACK');
    assert.ok(error instanceof ArtifactDeployError && !error.retryable);
    assert.equal(error.details.record.outcome, 'rolled-back');
    assert.equal(error.details.record.failures[0].exitCode, 3);
    const names = story(scene.events);
    assert.ok(names.indexOf('task-failed') < names.indexOf('rolling-back'));
    assert.equal(names.at(-1), 'finished');
    const proof = await verifyRunning({
      service: SERVICE,
      meant: scene.rendered(1),
      control: scene.control,
    });
    assert.ok(proof.isVerified, 'the version before is in place');
  });

  test('without check gives the record, which can be required later', async () => {
    const scene = new MemoryScene(BREAKER);
    scene.behave(2, 'crash-loop');
    assert.throws(() => deploySync(scene.options(2)), { code: 'DEPLOYMENT_ROLLED_BACK' });
    const record = await scene.deploy(2);
    assert.deepEqual([record.outcome, record.isCompleted], ['rolled-back', false]);
    assert.throws(
      () => record.requireCompleted(),
      (error) => {
        assert.equal(error.code, 'DEPLOYMENT_ROLLED_BACK');
        assert.deepEqual(error.details.record, JSON.parse(JSON.stringify(record)));
        return true;
      },
    );
  });

  test('that fails and is taken back by nobody has failed', async () => {
    const breaker = { deploymentCircuitBreaker: { enable: true, rollback: false } };
    const scene = new MemoryScene({ deploymentConfiguration: breaker });
    scene.behave(2, 'out-of-memory');
    const error = await rejected(deploy(scene.options(2)), 'DEPLOYMENT_FAILED');
    assert.equal(error.details.record.failures[0].code, 'out-of-memory');
  });

  test('that a newer one replaces is superseded by it', async () => {
    const scene = new MemoryScene();
    let newer;
    const onEvent = ({ event }) => {
      if (event === 'updated') newer = scene.deploy(3, { onEvent: undefined });
    };
    const error = await rejected(deploy(scene.options(2, { onEvent })), 'DEPLOYMENT_SUPERSEDED');
    assert.equal(error.details.record.order.supersededBy.version.id, version(3).id);
    assert.ok(error.message.includes(version(3).id));
    assert.equal((await newer).outcome, 'completed');
  });

  test('of an older version is refused before anything is written, unless a reason is given', async () => {
    const scene = new MemoryScene();
    await scene.deploy(3);
    scene.control.resetCalls();
    const record = await scene.deploy(2);
    assert.equal(record.outcome, 'superseded');
    assert.ok(record.reason.includes(version(3).id));
    assert.equal(scene.asked('update-service'), 0);
    assert.equal(record.deploymentId, undefined);

    const unguarded = await scene.deploy(2, { unguarded: 'the newer one leaks' });
    assert.equal(unguarded.outcome, 'completed');
    assert.equal(unguarded.toJSON().order.unguarded, 'the newer one leaks');
  });

  test('says at the deadline what is left', async () => {
    const scene = new MemoryScene();
    scene.behave(2, 'crash-loop');
    const error = await rejected(
      deploy(scene.options(2, { deadlineMs: 500, firstDelayMs: 20, longestDelayMs: 50 })),
      'DEADLINE_EXCEEDED',
    );
    const { record } = error.details;
    assert.equal(record.outcome, 'timed-out');
    assert.equal(record.left.state, 'updating');
    assert.match(record.left.taskDefinition, /app:2$/);
    assert.match(error.message, /goes on by itself/);
  });

  test('goes as far as it is asked to', async () => {
    const steps = { registered: [0, false], deployed: [1, false], stable: [1, false], verified: [1, true] };
    for (const [until, [updates, proven]] of Object.entries(steps)) {
      const scene = new MemoryScene();
      const record = await scene.deploy(2, { until });
      assert.deepEqual([record.outcome, record.until], ['completed', until]);
      assert.equal(scene.asked('register-task-definition'), 1);
      assert.equal(scene.asked('update-service'), updates);
      assert.equal(record.proof !== undefined, proven);
    }
  });

  test('of a revision that exists passes its image through the gate', async () => {
    const scene = new MemoryScene();
    const { arn } = (await scene.deploy(2, { until: 'registered' })).taskDefinition;
    const record = await deploy({ taskDefinition: arn, ...scene.where() });
    assert.equal(record.outcome, 'completed');
    assert.equal(record.taskDefinition.arn, arn);
    assert.equal(scene.asked('register-task-definition'), 1);

    const later = (await scene.deploy(3, { until: 'registered' })).taskDefinition.arn;
    const images = { app: scene.image(3) };
    scene.registry.delete('my/app', images.app.digest);
    await rejected(deploy({ taskDefinition: later, ...scene.where() }), 'IMAGE_NOT_FOUND');
    // Images that passed the gate already are taken as they are.
    const given = await deploy({ taskDefinition: later, images, until: 'registered', ...scene.where() });
    assert.equal(given.outcome, 'completed');
  });

  test('of a version goes to the newest revision that has it', async () => {
    const scene = new MemoryScene();
    const { arn } = (await scene.deploy(2, { until: 'registered' })).taskDefinition;
    const images = { app: scene.image(2) };
    const record = await deploy({ version: version(2), images, ...scene.where() });
    assert.equal(record.taskDefinition.arn, arn);
    assert.equal(scene.asked('register-task-definition'), 1);
  });

  test('makes no second one when an answer is lost', async () => {
    const scene = new MemoryScene();
    for (const operation of ['register-task-definition', 'update-service']) {
      scene.control.inject({ operation, fault: 'lost-answer', times: 1 });
    }
    const record = await scene.deploy(2);
    assert.equal(record.outcome, 'completed');
    assert.match(record.taskDefinition.arn, /app:2$/);
  });

  test('to a service that is not there is refused before anything is registered', async () => {
    const scene = new MemoryScene();
    await rejected(deploy(scene.options(2, { service: 'previews/none' })), 'SERVICE_NOT_FOUND');
    assert.equal(scene.asked('register-task-definition'), 0);
  });
});

describe('what makes no sense is refused at once', () => {
  const wrong = {
    until: 'done',
    hooks: 'ignore',
    deadlineMs: 'soon',
    probe: { url: 'not a url' },
    onEvent: 'log',
    check: 'no',
    control: { region: 'eu-central-1' },
    targets: 'elb',
    untill: 'stable',
    rendered: {},
    taskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/app:1',
    version: 'latest',
  };
  for (const [name, value] of Object.entries(wrong)) {
    test(name, async () => {
      const scene = new MemoryScene();
      const error = await deploy(scene.options(2, { [name]: value })).catch((error) => error);
      assert.match(error.code, /^INVALID_/, error.stack);
      assert.equal(scene.asked('register-task-definition'), 0);
    });
  }

  test('nothing to deploy', async () => {
    const scene = new MemoryScene();
    await rejected(deploy(scene.where()), 'INVALID_ARGUMENT');
    await rejected(deploy(scene.where({ version: version(2) })), 'INVALID_ARGUMENT');
  });
});

describe('a plan', () => {
  test('says what would change, and changes nothing', async () => {
    const scene = new MemoryScene();
    const { onEvent, ...options } = scene.options(2);
    for (const plan of [await planDeployment(options), planDeploymentSync(options)]) {
      assert.deepEqual([plan.registers, plan.updates, plan.changesNothing], [true, true, false]);
      const json = plan.toJSON();
      assert.equal(json.version.id, version(2).id);
      assert.ok(json.changes.some(({ path }) => path === '/containerDefinitions/app/image'));
      assert.match(plan.toString(), new RegExp(version(2).id));
      assert.match(plan.toMarkdown(), new RegExp(version(2).id));
    }
    assert.equal(scene.asked('register-task-definition') + scene.asked('update-service'), 0);
    await scene.deploy(2);
    assert.ok((await planDeployment(options)).changesNothing);
    void onEvent;
  });
});
