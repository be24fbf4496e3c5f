// The typings as users' compilers see them, installed from the tarball; and whether they are fresh.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { PACKAGE, TSC, cleanEnvironment, installed, run } from './installed.mjs';

const SAMPLES = ['accept', 'reject', 'platform', 'cdk'];
const CODES = new URL('../vectors/error_codes.json', import.meta.url);

const folder = installed();
for (const name of SAMPLES) {
  copyFileSync(new URL(`typing/${name}.ts`, import.meta.url), join(folder, `${name}.ts`));
  // As CommonJS the same file imports by `require`, with other declaration files.
  copyFileSync(new URL(`typing/${name}.ts`, import.meta.url), join(folder, `${name}-cjs.cts`));
}
copyFileSync(join(PACKAGE, 'shims', 'aws-cdk-lib.d.ts'), join(folder, 'aws-cdk-lib.d.ts'));

function compile(files, options) {
  const base = ['--noEmit', '--strict', '--target', 'es2022', '--types', ''];
  const { status, output } = run(process.execPath, [TSC, ...base, ...options, ...files], {
    cwd: folder,
    env: cleanEnvironment(),
  });
  assert.equal(status, 0, output);
}

describe('tsc --strict, without skipLibCheck', () => {
  const PLAIN = ['--lib', 'es2022'];
  const DOM = ['--lib', 'es2022,dom'];
  const resolutions = {
    node16: ['--module', 'node16'],
    nodenext: ['--module', 'nodenext'],
    bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
  };
  for (const [name, options] of Object.entries(resolutions)) {
    // A bundler takes modules alone.
    const forms = name === 'bundler' ? ['.ts'] : ['.ts', '-cjs.cts'];
    const files = (sample) => forms.map((form) => `${sample}${form}`);
    test(`${name} accepts the documented use`, () => compile(files('accept'), [...options, ...PLAIN]));
    test(`${name} rejects misuse`, () => compile(files('reject'), [...options, ...PLAIN]));
    test(`${name} accepts the signals of the platform`, () =>
      compile(files('platform'), [...options, ...DOM]));
    test(`${name} types the CDK helper`, () =>
      compile(['aws-cdk-lib.d.ts', ...files('cdk')], [...options, ...PLAIN]));
  }
  test('the strictest options accept the documented use', () =>
    compile(
      ['accept.ts'],
      [
        ...resolutions.nodenext,
        ...PLAIN,
        '--exactOptionalPropertyTypes',
        '--noUncheckedIndexedAccess',
        '--isolatedModules',
      ],
    ));
});

test('the type of error codes is the published list', () => {
  const { cases } = JSON.parse(readFileSync(CODES, 'utf8'));
  const codes = cases[0].output.map(({ code }) => `'${code}'`).join(' | ');
  writeFileSync(
    join(folder, 'codes.ts'),
    `import type { ErrorCode } from 'artifact-deploy';
     type Published = ${codes};
     export const published = (code: ErrorCode): Published => code;
     export const typed = (code: Published): ErrorCode => code;`,
  );
  compile(['codes.ts'], ['--module', 'nodenext', '--lib', 'es2022']);
});

test('the typings of the addon are fresh', () => {
  const { status, output } = run('npm', ['run', '--silent', 'typings', '--', '--check'], {
    cwd: PACKAGE,
    env: cleanEnvironment(),
    timeout: 1_200_000,
  });
  assert.equal(status, 0, output);
});

test('the published typings tell nothing of the inside of the package', () => {
  const declarations = join(folder, 'node_modules', 'artifact-deploy', 'dist');
  for (const name of [
    'verified-image',
    'version',
    'registry',
    'gate-report',
    'task-definition',
    'render-task-definition',
  ]) {
    const text = readFileSync(join(declarations, `${name}.d.ts`), 'utf8');
    assert.doesNotMatch(text, /from '\.\/(native|addon|outcome)'/, name);
    assert.doesNotMatch(text, /fromJson|wrap\(|nativeOf/, name);
  }
});
