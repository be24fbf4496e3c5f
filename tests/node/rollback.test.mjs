// What a service ran before, the way back to it, the proof of what runs, and the way on.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  DeploymentConfiguration,
  auditServices,
  auditServicesSync,
  continueDeployment,
  deploy,
  deploymentHistory,
  deploymentHistorySync,
  promote,
  promoteSync,
  resolveImage,
  rollback,
  rollbackSync,
  stopDeployment,
  verifyRunning,
  verifyRunningSync,
} from './artifact-deploy.mjs';
import { BREAKER, MemoryScene, REPOSITORY, SERVICE, rejected, story, version } from './scene.mjs';

const revisions = ({ deployments }) => deployments.map(({ taskDefinition }) => taskDefinition.split('/')[1]);

describe('a history', () => {
  test('says what ran when, and how it ended', async () => {
    const scene = new MemoryScene(BREAKER);
    scene.behave(3, 'crash-loop');
    await scene.deploy(2);
    await scene.deploy(3);
    const asked = { service: SERVICE, control: scene.control };
    for (const history of [await deploymentHistory(asked), deploymentHistorySync(asked)]) {
      assert.deepEqual(revisions(history), ['app:3', 'app:2', 'app:1']);
      assert.deepEqual(
        history.deployments.map(({ outcome }) => outcome),
        ['rolled-back', 'successful', 'successful'],
      );
      assert.equal(history.source, 'service-deployments');
      assert.match(history.inPlace, /app:2$/);
      assert.deepEqual(
        history.knownGood.map((past) => past.version.id),
        [version(2).id, version(1).id],
      );
      assert.match(history.toString(), /app:2.*in place/);
    }
    assert.equal((await deploymentHistory({ ...asked, limit: 1 })).deployments.length, 1);
    await rejected(deploymentHistory({ ...asked, limit: 0 }), 'INVALID_ARGUMENT');
    await rejected(deploymentHistory({ ...asked, service: 'previews/none' }), 'SERVICE_NOT_FOUND');
  });
});

describe('a rollback', () => {
  test('goes to the last that was good, and is proven', async () => {
    const scene = new MemoryScene(BREAKER);
    await scene.deploy(2);
    scene.behave(3, 'crash-loop');
    await scene.deploy(3);
    scene.control.resetCalls();
    scene.events.length = 0;
    const record = await rollback(scene.where());
    assert.deepEqual([record.outcome, record.intent], ['completed', 'rollback']);
    assert.equal(record.version.id, version(1).id);
    assert.equal(record.images[0].report.verdict, 'verified');
    assert.ok(record.proof.isVerified);
    assert.equal(scene.asked('register-task-definition'), 0);
    assert.equal(story(scene.events).at(-1), 'finished');
  });

  test('goes to a version or a revision that is named', async () => {
    const scene = new MemoryScene();
    await scene.deploy(2);
    await scene.deploy(3);
    assert.equal(rollbackSync(scene.where({ to: version(1) })).version.id, version(1).id);
    assert.equal((await rollback(scene.where({ to: version(3).id }))).version.id, version(3).id);
    const { knownGood } = await deploymentHistory({ service: SERVICE, control: scene.control });
    const to = knownGood[1].taskDefinition;
    assert.equal((await rollback(scene.where({ to }))).taskDefinition.arn, to);
    await rejected(rollback(scene.where({ to: 'yesterday' })), 'INVALID_VERSION');
  });

  test('needs somewhere to go to, whose image is there', async () => {
    const scene = new MemoryScene();
    await rejected(rollback(scene.where()), 'NO_KNOWN_GOOD');
    await scene.deploy(2);
    scene.registry.delete(REPOSITORY, scene.image(1).digest);
    scene.control.resetCalls();
    await rejected(rollback(scene.where()), 'IMAGE_NOT_FOUND');
    assert.equal(scene.asked('update-service'), 0);
  });
});

describe('a proof', () => {
  test('is of a document, of images, of plain values, or of what the service pins', async () => {
    const scene = new MemoryScene();
    const app = scene.image(1);
    const asked = { service: SERVICE, control: scene.control };
    const plain = { images: { app: { digest: app.digest } } };
    for (const meant of [undefined, scene.rendered(1), { app }, plain]) {
      const proof = await verifyRunning({ ...asked, meant });
      assert.equal(proof.verdict, 'verified', proof.reason);
      assert.deepEqual([proof.running, proof.right, proof.wrong, proof.unknown], [2, 2, 0, 0]);
      assert.equal(proof.requireVerified(), proof);
      assert.deepEqual(verifyRunningSync({ ...asked, meant }).toJSON(), proof.toJSON());
    }
    const other = await verifyRunning({ ...asked, meant: { app: scene.image(2) } });
    assert.deepEqual([other.verdict, other.right, other.wrong], ['wrong', 0, 2]);
    assert.throws(
      () => other.requireVerified(),
      ({ code, details }) => {
        assert.equal(code, 'PROOF_FAILED');
        assert.deepEqual(details.proof, other.toJSON());
        return true;
      },
    );
    assert.match(other.toString(), /^WRONG/);
    await rejected(verifyRunning({ ...asked, meant: 'app' }), 'INVALID_ARGUMENT');
  });

  test('tells two digests under one mutable tag as mixed', async () => {
    const scene = new MemoryScene();
    const tags = ['pr-51-latest'];
    const container = {
      name: 'app',
      image: `${REPOSITORY}:${tags}`,
      memory: 512,
      versionConsistency: 'disabled',
    };
    scene.registry.push(REPOSITORY, { tags, labels: { of: '1' } });
    const taskDefinition = scene.control.addTaskDefinition({
      family: 'by-tag',
      containerDefinitions: [container],
    });
    const raced = { cluster: 'previews', serviceName: 'raced', taskDefinition, desiredCount: 3 };
    scene.control.createService(raced, { steady: true });
    scene.registry.push(REPOSITORY, { tags, labels: { of: '2' } });
    const [task] = scene.control.tasks('previews/raced');
    scene.control.stopTask(task.taskArn);
    const running = () =>
      scene.control.tasks('previews/raced').filter(({ lastStatus }) => lastStatus === 'RUNNING');
    for (let turn = 0; turn < 500; turn += 1) {
      await sleep(10);
      const now = running();
      if (now.length === 3 && now.every(({ taskArn }) => taskArn !== task.taskArn)) break;
    }
    const proof = await verifyRunning({ service: 'previews/raced', control: scene.control });
    assert.equal(proof.verdict, 'mixed', proof.reason);
    assert.deepEqual(proof.images.map(({ tasks }) => tasks).toSorted(), [1, 2]);
  });

  test('is made for all services of a cluster, one after the other', async () => {
    const scene = new MemoryScene();
    for (const onService of [[], []].map((seen) =>
      Object.assign((verdict) => seen.push(verdict), { seen }),
    )) {
      const asked = { cluster: 'previews', onService, control: scene.control, withVersions: true };
      const summary = onService.seen.length === 0 ? await auditServices(asked) : auditServicesSync(asked);
      assert.equal(typeof summary, 'object');
      assert.equal(onService.seen[0].service, SERVICE);
      assert.equal(onService.seen[0].verdict, 'verified');
      assert.equal(onService.seen[0].revisions[0].version, version(1).id);
    }
    await rejected(auditServices({ cluster: 'none', control: scene.control }), 'CLUSTER_NOT_FOUND');
    assert.equal(typeof auditServicesSync({ services: [SERVICE], control: scene.control }), 'object');
  });
});

describe('a promotion', () => {
  test('gives the same bytes another version, and moves the alias after proof', async () => {
    const scene = new MemoryScene();
    const { registry } = scene;
    const image = scene.image(2);
    const promotion = await promote({ image, to: 'production', registry });
    assert.equal(promotion.from.id, version(2).id);
    assert.equal(promotion.version.environment, 'production');
    assert.equal(promotion.image.digest, image.digest);
    assert.equal(promotion.alreadyThere, false);
    assert.equal(String(promotion), promotion.version.id);
    assert.ok(promoteSync({ image, to: 'production', registry }).alreadyThere);

    // What is proven is another image: the alias stays where it is.
    const before = await verifyRunning({ service: SERVICE, control: scene.control });
    await rejected(promotion.moveAlias(before, { registry }), 'PROOF_FAILED');
    const registered = await scene.deploy(2, { until: 'registered' });
    await rejected(promotion.moveAlias(registered, { registry }), 'INVALID_ARGUMENT');

    const record = await scene.deploy(2);
    const tag = await promotion.moveAlias(record, { registry });
    assert.equal(tag, promotion.moveAliasSync(record.proof, { registry }));
    assert.equal((await resolveImage({ repository: REPOSITORY, tag, registry })).digest, image.digest);
  });
});

describe('a deployment that waits in a hook', () => {
  const PAUSE = DeploymentConfiguration.fromEcs({
    strategy: 'BLUE_GREEN',
    bakeTimeInMinutes: 0,
    lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
  });

  test('is continued, or stopped, by whoever hears of it', async () => {
    for (const answer of [continueDeployment, stopDeployment]) {
      const scene = new MemoryScene({ deploymentConfiguration: PAUSE });
      const { control } = scene;
      let answered;
      const onEvent = ({ event, hookId }) => {
        if (event !== 'paused') return;
        answered = deploymentHistory({ service: SERVICE, control }).then(({ deployments: [newest] }) => {
          const more = answer === continueDeployment ? { hookId } : {};
          return answer({ serviceDeployment: newest.serviceDeployment, control, ...more });
        });
      };
      const record = await scene.deploy(2, { onEvent });
      await answered;
      const expected = answer === continueDeployment ? 'completed' : 'rolled-back';
      assert.equal(record.outcome, expected, record.reason);
    }
  });

  test('is continued by itself where that is asked for', async () => {
    const scene = new MemoryScene();
    const record = await deploy(scene.options(2, { hooks: 'continue', deploymentConfiguration: PAUSE }));
    assert.equal(record.outcome, 'completed');
    await rejected(
      continueDeployment({
        serviceDeployment: record.toJSON().serviceDeployment.arn,
        hookId: 'none',
        action: 'skip',
        control: scene.control,
      }),
      'INVALID_ARGUMENT',
    );
  });
});
