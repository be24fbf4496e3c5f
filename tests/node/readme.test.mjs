// What the README shows without AWS runs as it stands there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { cleanEnvironment, run } from './installed.mjs';

const README = readFileSync(new URL('../../bindings-node/README.md', import.meta.url), 'utf8');
const PACKAGE = new URL('./artifact-deploy.mjs', import.meta.url).href;

test('the example of a deployment runs', () => {
  const [example] = README.matchAll(/^```js\n(.*?)^```$/gms);
  const source = example[1].replace("'artifact-deploy'", JSON.stringify(PACKAGE));
  const { status, stdout, stderr } = run(process.execPath, ['--input-type=module', '--eval', source], {
    env: cleanEnvironment(),
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^registered app:2\ndeploying app:2 as ecs-svc\//);
  assert.match(stdout, /\nverified\n$/);
});
