// The helpers for CDK apps, with as much of aws-cdk-lib as they ask for. examples/cdk-app has the real one.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { app, cleanEnvironment, run } from './installed.mjs';

const PACKAGE = new URL('./artifact-deploy.mjs', import.meta.url).href;
const CDK = new URL('../../bindings-node/dist/cdk.mjs', import.meta.url).href;

/** What a script in an app prints as JSON. */
function printed(source) {
  const folder = app();
  const library = join(folder, 'node_modules', 'aws-cdk-lib');
  mkdirSync(library, { recursive: true });
  writeFileSync(join(library, 'package.json'), '{"name":"aws-cdk-lib","version":"2.100.0"}');
  writeFileSync(join(library, 'core.js'), 'exports.Duration = { parse: (text) => ({ duration: text }) };');
  const imports = `
    import { DeploymentConfiguration } from '${PACKAGE}';
    import { deploymentProps } from '${CDK}';
    const read = DeploymentConfiguration.fromEcs;`;
  const { status, stdout, stderr } = run(
    process.execPath,
    ['--input-type=module', '--eval', `${imports}\nconsole.log(JSON.stringify(${source}))`],
    { cwd: folder, env: cleanEnvironment() },
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

test('a deployment configuration becomes properties of FargateService', () => {
  const configuration = `{
    strategy: 'CANARY',
    bakeTimeInMinutes: 5,
    maximumPercent: 150,
    canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 7 },
    deploymentCircuitBreaker: { enable: true, rollback: true },
  }`;
  assert.deepEqual(printed(`deploymentProps(read(${configuration}))`), {
    minHealthyPercent: 100,
    maxHealthyPercent: 150,
    bakeTime: { duration: 'PT5M' },
    circuitBreaker: { enable: true, rollback: true },
    deploymentStrategy: 'CANARY',
    canaryConfiguration: { stepPercent: 10, stepBakeTime: { duration: 'PT7M' } },
  });
});

test('what has no property is refused, unless it is to be left out', () => {
  const hooked = `read({
    strategy: 'BLUE_GREEN',
    lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
  })`;
  const refused = `(() => { try { return deploymentProps(${hooked}); } catch (error) { return error; } })()`;
  const { code, details } = printed(refused);
  assert.equal(code, 'INVALID_DEPLOYMENT_CONFIGURATION');
  assert.equal(details.problems[0].pointer, '/lifecycleHooks/0');
  const left = printed(`deploymentProps(${hooked}, { missing: 'leave-out' })`);
  assert.equal(left.deploymentStrategy, 'BLUE_GREEN');
});
