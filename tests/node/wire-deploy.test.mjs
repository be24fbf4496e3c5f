// Deployments through the true SDK clients, to a service behind real HTTP.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';

import {
  EcrRegistry,
  EcsControl,
  LoadBalancerTargets,
  auditServices,
  deploy,
  deployEvents,
  deploymentHistory,
  promote,
  resolveImage,
  rollback,
  verifyRunning,
  waitForApplication,
} from './artifact-deploy.mjs';
import { BREAKER, WAIT, firstDocument, pushed, rejected, render, story, version } from './scene.mjs';
import { wireSimulator } from './servers.mjs';

const GROUP = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/73e2d6bc24d8a067';
const BALANCED = {
  loadBalancers: [{ targetGroupArn: GROUP, containerName: 'app', containerPort: 8080 }],
};

let simulator;
let control;
let registry;
let targets;
let services = 0;

before(async () => {
  simulator = await wireSimulator({ cluster: { clusters: ['previews'] } });
  Object.assign(process.env, simulator.environment, {
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  const options = { region: 'eu-central-1', endpointUrl: simulator.url };
  control = new EcsControl(options);
  registry = new EcrRegistry(options);
  targets = new LoadBalancerTargets(options);
});
after(() => simulator?.stop());

/** A service of its own that runs version 1. */
class Scene {
  events = [];
  repository = `my/app${(services += 1)}`;
  name = `app${services}`;
  service = `previews/${this.name}`;

  static async with(more = {}) {
    const scene = new Scene();
    const document = firstDocument(await scene.rendered(1));
    const { arn } = await simulator.control('register', document);
    const service = { cluster: 'previews', serviceName: scene.name, taskDefinition: arn, desiredCount: 2 };
    await simulator.control('create-service', { ...service, ...more, steady: true });
    await simulator.control('reset');
    return scene;
  }

  async image(number) {
    const { repository } = this;
    const { tags, labels } = pushed(number);
    // Bytes of its own: how tasks behave goes by the digest.
    await simulator.control('push', { repository, tags, labels: { ...labels, scene: this.name } });
    return resolveImage({ repository, tag: version(number).tag, registry, ...WAIT });
  }

  async rendered(number) {
    return render(await this.image(number), number, this.name);
  }

  where(more = {}) {
    const onEvent = (event) => this.events.push(event);
    return { service: this.service, control, registry, onEvent, ...WAIT, ...more };
  }

  async deploy(number, more = {}) {
    const rendered = await this.rendered(number);
    return deploy({ rendered, ...this.where({ check: false, ...more }) });
  }

  async behave(number, behaviour, more = {}) {
    const { digest } = await this.image(number);
    await simulator.control('behave', { image: digest, behaviour, ...more });
  }

  async inPlace() {
    const { taskDefinition } = await simulator.control('service', { service: this.service });
    return taskDefinition.split('/')[1].split(':')[1];
  }
}

/** How often an operation was called. */
const asked = async (operation) => (await simulator.calls())[operation] ?? 0;

describe('through the wire, a deployment', () => {
  test('is registered once, followed and proven', async () => {
    const scene = await Scene.with();
    const record = await scene.deploy(2);
    assert.equal(record.outcome, 'completed', record.reason);
    assert.ok(record.proof.isVerified);
    assert.equal(await scene.inPlace(), '2');
    assert.deepEqual(story(scene.events), ['registered', 'updated', 'progress', 'proved', 'finished']);
    const requests = await simulator.requests();
    const register = requests.find(({ operation }) => operation === 'RegisterTaskDefinition');
    const tags = new Map(register.input.tags.map(({ key, value }) => [key, value]));
    assert.equal(tags.get('artifact-deploy:version'), version(2).id);

    const again = await scene.deploy(2);
    assert.ok(again.isCompleted && again.taskDefinition.reused);
    assert.deepEqual([await asked('RegisterTaskDefinition'), await asked('UpdateService')], [1, 1]);
  });

  test('finds its way by options and by the environment alone', async () => {
    const scene = await Scene.with();
    const options = { kind: 'ecs', region: 'eu-central-1', endpointUrl: simulator.url };
    const proofs = [
      await verifyRunning({ service: scene.service, control: options }),
      await verifyRunning({ service: scene.service }),
    ];
    assert.deepEqual(
      proofs.map(({ verdict }) => verdict),
      ['verified', 'verified'],
    );
  });

  test('whose image cannot be pulled is told with advice', async () => {
    const scene = await Scene.with(BREAKER);
    await scene.behave(2, 'cannot-pull', { pull: 'not-found' });
    const record = await scene.deploy(2);
    assert.equal(record.outcome, 'rolled-back');
    assert.equal(record.failures[0].code, 'image-not-found');
    assert.ok(record.failures[0].advice);
  });

  test('that the circuit breaker takes back is never success', async () => {
    const scene = await Scene.with(BREAKER);
    await scene.behave(2, 'crash-loop', { exitCode: 3 });
    const rendered = await scene.rendered(2);
    const error = await rejected(deploy({ rendered, ...scene.where() }), 'DEPLOYMENT_ROLLED_BACK');
    assert.equal(error.details.record.failures[0].exitCode, 3);
    assert.equal(await scene.inPlace(), '1');
  });

  test('of an older version is refused before anything is written', async () => {
    const scene = await Scene.with();
    await scene.deploy(3);
    const record = await scene.deploy(2);
    assert.equal(record.outcome, 'superseded');
    assert.equal(await asked('UpdateService'), 1);
  });

  test('is superseded by a newer one', async () => {
    const scene = await Scene.with();
    await scene.behave(2, 'slow-start', { afterSeconds: 30 });
    const newer = await scene.rendered(3);
    const rendered = await scene.rendered(2);
    let replaced;
    const onEvent = ({ event }) => {
      if (event !== 'updated') return;
      replaced = deploy({ rendered: newer, ...scene.where({ until: 'deployed', onEvent: undefined }) });
    };
    const error = await rejected(deploy({ rendered, ...scene.where({ onEvent }) }), 'DEPLOYMENT_SUPERSEDED');
    assert.equal(error.details.record.order.supersededBy.version.id, version(3).id);
    assert.ok((await replaced).isCompleted);
  });

  test('says at the deadline, and when it is aborted, what is left', async () => {
    const scene = await Scene.with();
    await scene.behave(2, 'crash-loop');
    const rendered = await scene.rendered(2);
    const short = { deadlineMs: 1000, firstDelayMs: 20, longestDelayMs: 100 };
    const late = await rejected(deploy({ rendered, ...scene.where(short) }), 'DEADLINE_EXCEEDED');
    assert.equal(late.details.record.left.state, 'updating');

    const controller = new AbortController();
    const { onEvent, ...options } = scene.where({ signal: controller.signal, forceNewDeployment: true });
    void onEvent;
    const told = [];
    const events = deployEvents({ rendered, ...options });
    await assert.rejects(
      async () => {
        for await (const event of events) {
          told.push(event);
          if (event.event === 'updated') controller.abort();
        }
      },
      { code: 'CANCELLED' },
    );
    assert.equal(told.at(-1).event, 'cancelled');
    assert.equal(told.at(-1).left.state, 'updating');
  });

  for (const [act, more] of [
    ['throttle', { times: 3 }],
    ['status', { status: 503, times: 2 }],
    ['lost-answer', { times: 1 }],
    ['reset', { times: 1 }],
  ]) {
    test(`bears with ${act} of UpdateService, and updates once`, async () => {
      const scene = await Scene.with();
      const rendered = await scene.rendered(2);
      await simulator.fault('UpdateService', act, more);
      try {
        const record = await deploy({ rendered, ...scene.where() });
        assert.ok(record.isCompleted);
        const { deployments } = await deploymentHistory({ service: scene.service, control });
        assert.equal(deployments.length, 2);
      } finally {
        await simulator.control('heal');
      }
    });
  }

  test('is refused with the name of the right that is missing', async () => {
    const scene = await Scene.with();
    const rendered = await scene.rendered(2);
    await simulator.fault('RegisterTaskDefinition', 'access-denied');
    try {
      const error = await rejected(deploy({ rendered, ...scene.where() }), 'ACCESS_DENIED');
      assert.match(error.message, /ecs:RegisterTaskDefinition/);
    } finally {
      await simulator.control('heal');
    }
  });
});

describe('through the wire', () => {
  test('a rollback is gated, deployed and proven', async () => {
    const scene = await Scene.with();
    await scene.deploy(2);
    const record = await rollback(scene.where());
    assert.deepEqual([record.outcome, record.version.id], ['completed', version(1).id]);
    const { digest } = await scene.image(2);
    await simulator.control('delete', { repository: scene.repository, digest });
    await rejected(rollback(scene.where()), 'IMAGE_NOT_FOUND');
  });

  test('a promotion puts the same manifest, and moves the alias after proof', async () => {
    const scene = await Scene.with();
    const image = await scene.image(2);
    const promotion = await promote({ image, to: 'production', registry });
    const record = await scene.deploy(2);
    const tag = await promotion.moveAlias(record, { registry });
    const { repository } = scene;
    assert.equal((await resolveImage({ repository, tag, registry })).digest, image.digest);
    assert.equal(await asked('PutImage'), 2);
  });

  test('the targets of the new tasks have to be healthy', async () => {
    const scene = await Scene.with(BALANCED);
    const record = await scene.deploy(2, { targets });
    const proof = record.toJSON().targets;
    assert.deepEqual([proof.verdict, proof.tasks, proof.healthy], ['healthy', 2, 2]);
    assert.ok((await asked('DescribeTargetHealth')) >= 1);
  });

  test('the application itself has to answer with the new version', async () => {
    const scene = await Scene.with();
    const digests = new Map();
    for (const number of [1, 2]) digests.set((await scene.image(number)).digest, version(number).tag);
    let turn = 0;
    const server = createServer((_, answer) => {
      void simulator.control('tasks', { service: scene.service }).then((tasks) => {
        const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
        const task = running[(turn += 1) % running.length];
        answer.end(JSON.stringify({ imageTag: digests.get(task.containers[0].imageDigest) }));
      });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${server.address().port}/version`;
    try {
      const record = await scene.deploy(2, { probe: { url, times: 5 } });
      assert.equal(record.outcome, 'completed', record.reason);
      assert.deepEqual(
        [record.toJSON().application.satisfied, record.toJSON().application.inARow],
        [true, 5],
      );
      assert.ok(story(scene.events).includes('asked'));
      const probe = { url, version: version(3).id, times: 2 };
      await rejected(
        waitForApplication({ probe, deadlineMs: 300, firstDelayMs: 50 }),
        'APPLICATION_MISMATCH',
      );
    } finally {
      server.close();
    }
  });

  test('an audit asks for ten services at a time', async () => {
    const scene = await Scene.with();
    const { taskDefinition } = await simulator.control('service', { service: scene.service });
    for (let number = 0; number < 24; number += 1) {
      const service = { cluster: 'many', serviceName: `s${number}`, taskDefinition, desiredCount: 2 };
      await simulator.control('create-service', { ...service, steady: true });
    }
    await simulator.control('reset');
    const seen = [];
    const onService = (verdict) => seen.push(verdict);
    const summary = await auditServices({ cluster: 'many', onService, control });
    assert.deepEqual([summary.services, summary.tasks, summary.verified], [24, 48, 24]);
    assert.equal(seen.length, 24);
    assert.equal(await asked('DescribeServices'), 3);
  });
});
