import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { MemoryRegistry, resolveImage, resolveImageSync } from 'artifact-deploy';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const FIXTURE = join(FOLDER, 'test', 'registry.json');
const REPOSITORY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/macro-ai-express-api';
const TAG = 'pr-51-622d2103-20250820-124500';
const COMMIT = '622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90';

/** What a job of GitHub Actions has, on a push; no AWS account. */
const CI = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  GITHUB_ACTIONS: 'true',
  GITHUB_SHA: COMMIT,
  GITHUB_REF: 'refs/heads/feat/health',
  GITHUB_EVENT_NAME: 'push',
  REGISTRY_FIXTURE: FIXTURE,
  CDK_VALIDATION: 'false',
};

type Resource = { readonly Type: string; readonly Properties: Record<string, any> };

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Runs the app as the CDK does, offline. */
function synthesize(variables: Record<string, string>) {
  const output = mkdtempSync(join(tmpdir(), 'cdk-app-'));
  folders.push(output);
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: FOLDER,
    encoding: 'utf8',
    env: { ...CI, CDK_OUTDIR: output, ...variables },
  });
  const file = readdirSync(output).find((name) => name.endsWith('.template.json'));
  const template = file === undefined ? undefined : JSON.parse(readFileSync(join(output, file), 'utf8'));
  const resources = Object.values<Resource>(template?.Resources ?? {});
  const one = (type: string) => {
    const found = resources.filter((resource) => resource.Type === type);
    assert.equal(found.length, 1, `${found.length} of ${type}`);
    return found[0]!.Properties;
  };
  return { status, stderr, resources, one };
}

const { reference, digest } = resolveImageSync({
  repository: 'macro-ai-express-api',
  tag: TAG,
  registry: new MemoryRegistry(JSON.parse(readFileSync(FIXTURE, 'utf8'))),
});

describe('the synthesized template', () => {
  const { status, stderr, one, resources } = synthesize({ IMAGE_TAG: TAG });
  assert.equal(status, 0, stderr);
  const task = one('AWS::ECS::TaskDefinition');
  const [container] = task.ContainerDefinitions;
  const service = one('AWS::ECS::Service');

  test('want 10: has the image as a literal repository@sha256:…', () => {
    assert.equal(reference, `${REPOSITORY}@${digest}`);
    assert.equal(container.Image, reference);
  });

  test('tells the container which image it runs', () => {
    const environment = Object.fromEntries(
      container.Environment.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]),
    );
    assert.equal(environment.IMAGE_TAG, TAG);
    assert.equal(environment.IMAGE_DIGEST, digest);
    assert.equal(environment.COMMIT_SHA, COMMIT);
    assert.equal(environment.BUILD_TIME, '2025-08-20T12:45:00Z');
  });

  test('has the circuit breaker, the controller and the percentages that the service asks for', () => {
    assert.deepEqual(service.DeploymentConfiguration.DeploymentCircuitBreaker, {
      Enable: true,
      Rollback: true,
    });
    assert.equal(service.DeploymentConfiguration.MinimumHealthyPercent, 100);
    assert.equal(service.DeploymentConfiguration.MaximumPercent, 200);
    assert.deepEqual(service.DeploymentController, { Type: 'ECS' });
    assert.equal(service.EnableExecuteCommand, true);
  });

  test('connects the service by the name of its port', () => {
    assert.equal(container.PortMappings[0].Name, 'http');
    const connect = service.ServiceConnectConfiguration;
    assert.equal(connect.Enabled, true);
    assert.equal(connect.Services[0].PortName, 'http');
    assert.deepEqual(connect.Services[0].ClientAliases, [{ DnsName: 'api', Port: 8080 }]);
  });

  test('logs, and checks the health of the container', () => {
    assert.equal(container.LogConfiguration.LogDriver, 'awslogs');
    assert.equal(container.HealthCheck.Command[0], 'CMD-SHELL');
  });

  test('lets the execution role pull from that repository alone', () => {
    const pulls = resources
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }: { Action: string | string[] }) => Action.includes('ecr:BatchGetImage'));
    assert.deepEqual(
      pulls.map(({ Resource }: { Resource: unknown }) => Resource),
      ['arn:aws:ecr:eu-central-1:123456789012:repository/macro-ai-express-api'],
    );
  });
});

describe('the app', () => {
  test('want 9: may resolve before its stacks, waiting or not, and pins the same image', async () => {
    const asked = {
      repository: 'macro-ai-express-api',
      tag: TAG,
      registry: new MemoryRegistry(JSON.parse(readFileSync(FIXTURE, 'utf8'))),
    };
    assert.equal((await resolveImage(asked)).reference, resolveImageSync(asked).reference);
  });

  test('pins the alias of the environment when no tag is named', () => {
    const { status, stderr, one } = synthesize({});
    assert.equal(status, 0, stderr);
    assert.equal(one('AWS::ECS::TaskDefinition').ContainerDefinitions[0].Image, reference);
  });

  test('want 4: synthesizes nothing when the image did not pass the gate', () => {
    for (const [variables, code] of [
      [{ IMAGE_TAG: TAG, IMAGE_DIGEST: `sha256:${'0'.repeat(64)}` }, 'UNEXPECTED_DIGEST'],
      [{ IMAGE_TAG: TAG, GITHUB_SHA: 'f'.repeat(40) }, 'REVISION_MISMATCH'],
    ] as const) {
      const { status, stderr, resources } = synthesize(variables);
      assert.notEqual(status, 0);
      assert.match(stderr, new RegExp(code));
      assert.deepEqual(resources, []);
    }
  });

  test('has an unchanged template when it is run again', () => {
    const twice = [1, 2].map(() => JSON.stringify(synthesize({ IMAGE_TAG: TAG }).resources));
    assert.equal(twice[0], twice[1]);
  });
});
