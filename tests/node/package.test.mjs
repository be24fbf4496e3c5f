// The package as users install it: from its tarball and from its folder, by import and by require.
import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'node:test';

import { PACKAGE, app, cleanEnvironment, emptyFolder, installed, pack, run } from './installed.mjs';

const SAMPLE = `
const version = Version.parse('pr-51-622d2103-20250820-124500');
if (version.id !== 'pr-51/622d2103-20250820-124500') throw new Error(version.id);
try {
  Version.parse('latest');
} catch (error) {
  if (!(error instanceof ArtifactDeployError) || error.code !== 'INVALID_VERSION') throw error;
  console.log('works');
}
`;
const IMPORT = `import { ArtifactDeployError, Version } from 'artifact-deploy';${SAMPLE}`;
const REQUIRE = `const { ArtifactDeployError, Version } = require('artifact-deploy');${SAMPLE}`;

function works(folder, file, source) {
  writeFileSync(join(folder, file), source);
  const { status, output } = run(process.execPath, [file], { cwd: folder, env: cleanEnvironment() });
  assert.equal(status, 0, output);
  assert.equal(output, 'works\n');
}

describe('the packed tarball', () => {
  const folder = installed();

  test('works by import', () => works(folder, 'sample.mjs', IMPORT));

  test('works by require', () => works(folder, 'sample.cjs', REQUIRE));

  test('gives the same classes to import and require', () =>
    works(
      folder,
      'both.mjs',
      `import { createRequire } from 'node:module';
       import * as imported from 'artifact-deploy';
       const required = createRequire(import.meta.url)('artifact-deploy');
       const names = Object.keys(required).filter((name) => name !== '__esModule');
       if (names.length < 10) throw new Error(names.join());
       for (const name of names) if (imported[name] !== required[name]) throw new Error(name);
       console.log('works');`,
    ));

  test('holds the addon, the compiled code and the licences, and no sources', () => {
    const { files } = pack();
    assert.ok(
      files.some((file) => /^native\/artifact-deploy\..+\.node$/.test(file)),
      files.join(),
    );
    for (const file of [
      'dist/index.js',
      'dist/index.mjs',
      'dist/index.d.ts',
      'dist/index.d.mts',
      'dist/cdk.d.ts',
      'README.md',
      'LICENSE-MIT',
      'LICENSE-APACHE',
    ]) {
      assert.ok(files.includes(file), `${file} is missing`);
    }
    assert.deepEqual(
      files.filter((file) => /^(src|lib|scripts|shims)\/|Cargo|\.npmrc/.test(file)),
      [],
    );
  });

  test('says what is missing on a platform without an addon', () => {
    const other = installed();
    const native = join(other, 'node_modules', 'artifact-deploy', 'native');
    for (const file of readdirSync(native)) writeFileSync(join(native, file), 'not a library');
    writeFileSync(join(other, 'sample.mjs'), IMPORT);
    const { status, output } = run(process.execPath, ['sample.mjs'], { cwd: other, env: cleanEnvironment() });
    assert.notEqual(status, 0);
    assert.match(output, /native addon .* cannot be loaded/);
    assert.match(output, /RUNTIME_UNAVAILABLE/);
  });
});

describe('npm install of the folder', () => {
  /** A copy of the folder as a clone has it: no dev dependencies, nothing built. */
  function clone() {
    const folder = join(emptyFolder(), 'bindings-node');
    mkdirSync(folder);
    for (const name of [
      'Cargo.toml',
      'package.json',
      'package-lock.json',
      '.npmrc',
      'tsconfig.json',
      'lib',
      'scripts',
      'shims',
    ]) {
      cpSync(join(PACKAGE, name), join(folder, name), { recursive: true });
    }
    for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) {
      copyFileSync(join(PACKAGE, '..', name), join(folder, '..', name));
    }
    return folder;
  }

  /** A folder with a `cargo` that has built the addon already: the compiler is not what is tested. */
  function builtCargo() {
    const folder = emptyFolder();
    const [addon] = readdirSync(join(PACKAGE, 'native')).filter((name) => name.endsWith('.node'));
    const library = join(folder, 'libartifact_deploy_node.so');
    copyFileSync(join(PACKAGE, 'native', addon), library);
    const message = {
      reason: 'compiler-artifact',
      target: { name: 'artifact_deploy_node', kind: ['cdylib'] },
      filenames: [library],
    };
    writeFileSync(join(folder, 'cargo'), `#!/bin/sh\necho '${JSON.stringify(message)}'\n`);
    chmodSync(join(folder, 'cargo'), 0o755);
    return folder;
  }

  for (const omit of [[], ['--omit=dev'], ['--install-links']]) {
    test(`builds it where nothing is built yet: npm install ./bindings-node ${omit.join()}`, () => {
      const folder = clone();
      const target = app();
      const { status, output } = run('npm', ['install', '--no-audit', '--no-fund', ...omit, folder], {
        cwd: target,
        env: cleanEnvironment({ PATH: `${builtCargo()}${delimiter}${process.env.PATH}` }),
      });
      assert.equal(status, 0, output);
      const link = lstatSync(join(target, 'node_modules', 'artifact-deploy')).isSymbolicLink();
      assert.equal(link, omit[0] !== '--install-links');
      assert.ok(existsSync(join(folder, 'node_modules', 'typescript')));
      works(target, 'sample.mjs', IMPORT);
      works(target, 'sample.cjs', REQUIRE);
    });
  }
});

test('the lock files name no registry', () => {
  for (const file of ['package-lock.json', '../examples/cdk-app/package-lock.json']) {
    assert.doesNotMatch(readFileSync(join(PACKAGE, file), 'utf8'), /"resolved": "(?!file:|\.\.)/);
  }
});

test('the sources are formatted', () => {
  const { status, output } = run('npm', ['run', '--silent', 'format:check'], {
    cwd: PACKAGE,
    env: cleanEnvironment(),
  });
  assert.equal(status, 0, `${output}run \`npm run format\` in bindings-node`);
});
