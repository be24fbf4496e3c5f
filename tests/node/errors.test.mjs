import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';

import {
  ArtifactDeployError,
  BuildMetadata,
  EcrRegistry,
  ImageReference,
  MemoryRegistry,
  OciRegistry,
  TaskDefinition,
  VerifiedImage,
  Version,
  digestOf,
  environmentForPullRequest,
  errorCodes,
  parseTag,
  publication,
  publicationSync,
  renderTaskDefinition,
  resolveImage,
  resolveImageSync,
  resolveImages,
} from './artifact-deploy.mjs';
import { REPOSITORY, TAG, registry } from './fixtures.mjs';

const asked = (more = {}) => ({ repository: REPOSITORY, tag: TAG, registry: registry(), ...more });

/** What a synchronous and an asynchronous call throw, for the same input. */
async function both(options) {
  const errors = [];
  try {
    resolveImageSync(options);
  } catch (error) {
    errors.push(error);
  }
  await resolveImage(options).catch((error) => errors.push(error));
  assert.equal(errors.length, 2);
  return errors;
}

describe('an error', () => {
  test('is the same from a synchronous and an asynchronous call', async () => {
    const [sync, async_] = await both(asked({ expectedDigest: digestOf('other') }));
    for (const error of [sync, async_]) {
      assert.ok(error instanceof ArtifactDeployError && error instanceof Error);
      assert.equal(error.name, 'ArtifactDeployError');
      assert.equal(error.code, 'UNEXPECTED_DIGEST');
      assert.equal(error.retryable, false);
      assert.equal(error.details.report.verdict, 'refused');
    }
    assert.equal(sync.message, async_.message);
    assert.deepEqual(sync.toJSON(), async_.toJSON());
  });

  test('says whether a retry can help', async () => {
    const faults = [{ operation: 'look-up', fault: 'throttled' }];
    for (const error of await both(asked({ registry: registry({ faults }) }))) {
      assert.equal(error.code, 'THROTTLED');
      assert.equal(error.retryable, true);
    }
  });

  test('carries its cause', async () => {
    for (const error of await both(asked({ tag: 'never', deadlineMs: 20, firstDelayMs: 5 }))) {
      assert.equal(error.code, 'DEADLINE_EXCEEDED');
      assert.ok(error.cause instanceof Error, inspect(error));
      assert.match(error.cause.message, /never/);
    }
  });

  test('has the stack of its caller, without the inside of the package', async () => {
    function deployScript() {
      return parseTag('pr-51/622d');
    }
    async function asyncDeployScript() {
      await resolveImage(asked({ tag: 'never' }));
    }
    assert.throws(deployScript, ({ stack }) => {
      assert.match(stack, /^ArtifactDeployError: [^\n]+\n +at deployScript/);
      return true;
    });
    await assert.rejects(asyncDeployScript, ({ stack }) => {
      assert.match(stack, /at async asyncDeployScript/);
      return true;
    });
  });

  test('has one of the published codes', async () => {
    const codes = new Set(errorCodes().map(({ code }) => code));
    for (const error of await both(asked({ platform: 'windows/arm64' }))) assert.ok(codes.has(error.code));
  });

  test('can be made by an application, for its tests', () => {
    const error = new ArtifactDeployError('THROTTLED', 'slow down', { retryable: true, details: { a: 1 } });
    assert.deepEqual(error.toJSON(), {
      name: 'ArtifactDeployError',
      code: 'THROTTLED',
      message: 'slow down',
      retryable: true,
      details: { a: 1 },
    });
    assert.ok(!('cause' in error));
  });

  test('never repeats a secret', () => {
    for (const options of [
      { username: 'ci', password: 'hush', host: 'x' },
      { password: 'hush' },
      { username: 'ci', password: 'hush' },
      { token: 'hush', username: 'ci', password: 'hush' },
      { plainHttp: 'hush' },
    ]) {
      assert.throws(
        () => new OciRegistry(options),
        (error) => {
          assert.equal(error.code, 'INVALID_ARGUMENT');
          assert.doesNotMatch(inspect(error, { showHidden: true, depth: 9 }), /"hush"|hush,/);
          return true;
        },
      );
    }
  });
});

describe('arguments that TypeScript would refuse', () => {
  const cyclic = {};
  cyclic.self = cyclic;
  const calls = {
    'a number for a version': () => Version.parse(7),
    'nothing for a tag': () => parseTag(),
    'a symbol for a reference': () => ImageReference.parse(Symbol('x')),
    'text for a pull request': () => environmentForPullRequest('51'),
    'half a pull request': () => environmentForPullRequest(5.5),
    'an unknown layout': () => Version.newest('pr-51', [], 'flat'),
    'an unknown registry option': () => new EcrRegistry({ regoin: 'eu-central-1' }),
    'a registry that is none': () => resolveImageSync(asked({ registry: {} })),
    'a misspelt option': () => resolveImageSync(asked({ expectDigest: digestOf('') })),
    'no options': () => resolveImageSync(),
    'a policy that is text': () => resolveImageSync(asked({ policy: 'strict' })),
    'a deadline that is text': () => resolveImageSync(asked({ deadlineMs: 'soon' })),
    'a deadline that is no number': () => resolveImageSync(asked({ deadlineMs: NaN })),
    'delays without a deadline': () => resolveImageSync(asked({ firstDelayMs: 5 })),
    'a tag that is null': () => resolveImageSync(asked({ tag: null })),
    'a cyclic task definition': () => TaskDefinition.parse(cyclic),
    'a big integer': () => TaskDefinition.parse({ cpu: 1n }),
    'a function for metadata': () => Version.create('pr-51', () => {}),
    'bytes that are none': () => digestOf(5),
    'an invalid date': () => BuildMetadata.detect({ now: new Date(NaN) }),
    'a fixture that is text': () => new MemoryRegistry('{}'),
    'an image that did not pass': () =>
      renderTaskDefinition('{"family":"a"}', { image: { reference: 'a@b' } }),
    'an image by its prototype': () =>
      renderTaskDefinition('{"family":"a"}', { image: Object.create(VerifiedImage.prototype) }),
    'an image made by hand': () => new VerifiedImage({ toJson: () => '{}' }),
  };
  for (const [what, call] of Object.entries(calls)) {
    test(`are refused without a crash: ${what}`, () => {
      assert.throws(call, (error) => {
        assert.ok(error instanceof ArtifactDeployError, inspect(error));
        assert.match(error.code, /^INVALID_/);
        return true;
      });
    });
  }

  test('are named as the caller names them', () => {
    const version = Version.parse('pr-51/622d2103-20250820-124500');
    for (const [call, message] of [
      [() => resolveImageSync(asked({ tag: version })), /^tag is a value of type object; expected a string$/],
      [() => resolveImageSync(asked({ deadlineMs: NaN })), /^deadlineMs is NaN; expected a number of/],
      [() => resolveImageSync(asked({ deadlineMs: '2m' })), /^deadlineMs is a value of type string;/],
      [() => publicationSync(), /^repository is undefined; expected a string$/],
      [() => resolveImageSync(), /^the options are undefined; expected an object$/],
      [() => renderTaskDefinition('{"family":"a"}'), /JSON: nothing was given$/],
    ]) {
      assert.throws(call, { code: 'INVALID_ARGUMENT', message });
    }
  });

  test('reject a promise, and never throw before there is one', async () => {
    for (const call of [() => resolveImage(), () => resolveImages(5), () => publication({})]) {
      await assert.rejects(call(), { code: 'INVALID_ARGUMENT' });
    }
  });
});
