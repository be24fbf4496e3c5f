// A service that runs version 1, and what is deployed to it: in memory, or behind the wire.
import { strict as assert } from 'node:assert';

import {
  BuildMetadata,
  MemoryCluster,
  MemoryRegistry,
  Version,
  deploy,
  deploySync,
  renderTaskDefinition,
  resolveImageSync,
} from './artifact-deploy.mjs';

export const SERVICE = 'previews/app';
export const REPOSITORY = 'my/app';
// A minute is well over what anything here takes; and a cluster that is quick is asked often.
export const WAIT = { deadlineMs: 60_000, firstDelayMs: 10, longestDelayMs: 50 };
export const BREAKER = {
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
};

/** The version that was built at minute `number`. */
export function version(number) {
  const [commit, minute] = [String(number).padStart(8, '0'), String(number).padStart(2, '0')];
  return Version.parse(`pr-51/${commit}-20250820-12${minute}00`);
}

/** The build that made it. */
export function build(number) {
  return BuildMetadata.from(
    JSON.stringify({
      commit: String(number).padStart(8, '0').padEnd(40, '0'),
      buildTime: version(number).time.toISOString(),
    }),
  );
}

/** The image of version `number`, for a registry in memory. */
export function pushed(number) {
  return { tags: [version(number).tag], labels: build(number).labels(version(number).id) };
}

/** The task definition with that image in it. */
export function render(image, number, family = 'app') {
  const container = { name: 'app', image: 'to be set', memory: 512, essential: true };
  const template = { family, containerDefinitions: [container] };
  return renderTaskDefinition(template, { image, metadata: build(number) });
}

/** What somebody registered who deployed version 1. */
export function firstDocument(rendered) {
  const tags = [{ key: 'artifact-deploy:version', value: version(1).id }];
  return { ...rendered.taskDefinition.toJSON(), tags };
}

/** The names of events, those that stand several times in a row once. */
export function story(events) {
  return events.map(({ event }) => event).filter((name, at, all) => name !== all[at - 1]);
}

/** All of it in memory, 500 times as fast as in life. `more` are members of CreateService. */
export class MemoryScene {
  events = [];
  registry = new MemoryRegistry();

  constructor(more = {}, fixture = {}) {
    this.control = new MemoryCluster(this.registry, { faster: 500, clusters: ['previews'], ...fixture });
    const taskDefinition = this.control.addTaskDefinition(firstDocument(this.rendered(1)));
    const service = { cluster: 'previews', serviceName: 'app', taskDefinition, desiredCount: 2, ...more };
    this.control.createService(service, { steady: true });
    this.control.resetCalls();
  }

  /** The image of version `number`, which is pushed when it is first asked for. */
  image(number) {
    this.registry.push(REPOSITORY, pushed(number));
    return resolveImageSync({ repository: REPOSITORY, tag: version(number).tag, registry: this.registry });
  }

  rendered(number) {
    return render(this.image(number), number);
  }

  /** The options that lead a rollout here. */
  where(more = {}) {
    const { control, registry } = this;
    const onEvent = (event) => this.events.push(event);
    return { service: SERVICE, control, registry, onEvent, ...WAIT, ...more };
  }

  /** What `deploy` takes for version `number`. */
  options(number, more = {}) {
    return { rendered: this.rendered(number), ...this.where(more) };
  }

  /** Deploys version `number`, and gives the record whatever came of it. */
  deploy(number, more = {}) {
    return deploy(this.options(number, { check: false, ...more }));
  }

  deploySync(number, more = {}) {
    return deploySync(this.options(number, { check: false, ...more }));
  }

  /** Lets tasks of version `number` behave. */
  behave(number, behaviour, more = {}) {
    this.control.behave({ image: this.image(number).digest, behaviour, ...more });
  }

  /** How often a method of the control was called, by its name in kebab case. */
  asked(operation) {
    const member = operation.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    return this.control.calls[member] ?? 0;
  }

  /** The digests that run, by task. */
  running() {
    return this.control
      .tasks(SERVICE)
      .filter(({ lastStatus }) => lastStatus === 'RUNNING')
      .map(({ containers: [container] }) => container.imageDigest);
  }
}

/** The error of a promise. */
export async function rejected(promise, code) {
  const error = await promise.then(
    () => assert.fail('it was fulfilled'),
    (error) => error,
  );
  assert.equal(error.code, code, error.stack);
  return error;
}
