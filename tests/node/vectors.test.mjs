// Runs the JSON vectors that all three languages share. An operation or topic without a mapping
// fails, so that this language can leave none out unseen.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';

import { ArtifactDeployError } from './artifact-deploy.mjs';

const folder = new URL('../vectors/', import.meta.url);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const topic = file.slice(0, -'.json'.length);
  const { cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  const operations = await operationsOf(topic);
  describe(topic, () => {
    assert.ok(cases.length > 0, `${topic} has no cases`);
    for (const vector of cases) {
      test(`${vector.operation}: ${vector.name}`, () => check(operations, vector));
    }
  });
}

/** The operations of a topic: `{ name: (input) => output }`, in vectors/{topic}.mjs. */
async function operationsOf(topic) {
  try {
    return (await import(`./vectors/${topic}.mjs`)).default;
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return {};
  }
}

async function check(operations, { operation, input, output, error: expected }) {
  const run = operations[operation];
  assert.ok(run, `this language has no operation ${operation}`);
  let actual;
  try {
    actual = await run(input);
  } catch (error) {
    if (!(error instanceof ArtifactDeployError)) throw error;
    const shown = `${JSON.stringify(input)} gave ${error.code}: ${error.message}`;
    assert.ok(expected, shown);
    assert.equal(error.code, expected.code, shown);
    for (const part of expected.message ?? [])
      assert.ok(error.message.includes(part), `${shown}\nwithout ${part}`);
    return;
  }
  // What is undefined in JavaScript is absent in JSON, and `null` where it is all there is.
  const json = JSON.parse(JSON.stringify(actual ?? null));
  assert.ok(!expected, `${JSON.stringify(input)} gave ${JSON.stringify(json)} instead of ${expected?.code}`);
  assert.deepEqual(json, output, `input ${JSON.stringify(input)}`);
}
