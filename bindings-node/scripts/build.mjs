// Builds what the package ships: the native addon of this platform, and the compiled TypeScript.
//
// npm runs it as `prepare`: before `npm pack`, after `npm ci` in this folder, and when this folder
// is installed elsewhere as a link (`npm install ./bindings-node`). A packed tarball needs no
// script at all. ARTIFACT_DEPLOY_PROFILE names another cargo profile than `release`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { environmentForNpm } from './npm-environment.mjs';
import { addonFile } from './platform.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function run(program, args, options = {}) {
  const result = spawnSync(program, args, {
    cwd: here,
    stdio: ['ignore', options.capture ? 'pipe' : 'inherit', 'inherit'],
    env: options.env ?? process.env,
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32' && program === npm,
  });
  if (result.error?.code === 'ENOENT') {
    throw new Error(
      `${program} is not installed; building this package from its folder needs ${options.needs}`,
    );
  }
  if (result.error) throw result.error;
  if (result.status !== 0)
    throw new Error(`${program} ${args[0]} ended with ${result.status ?? result.signal}`);
  return result.stdout?.toString() ?? '';
}

/** Builds the addon and puts it where the loader looks. */
function addon() {
  const profile = process.env.ARTIFACT_DEPLOY_PROFILE ?? 'release';
  const output = run(
    'cargo',
    [
      'build',
      '--locked',
      '--profile',
      profile,
      '--package',
      'artifact-deploy-node',
      '--message-format',
      'json-render-diagnostics',
    ],
    { capture: true, needs: 'Rust 1.95 or newer' },
  );
  const library = output
    .split('\n')
    .filter((line) => line.includes('"compiler-artifact"'))
    .map((line) => JSON.parse(line))
    .filter(
      (message) => message.target.name === 'artifact_deploy_node' && message.target.kind.includes('cdylib'),
    )
    .flatMap((message) => message.filenames)
    .find((file) => /\.(so|dylib|dll)$/.test(file));
  if (library === undefined) throw new Error('cargo built no library for the addon');

  mkdirSync(join(here, 'native'), { recursive: true });
  const target = join(here, 'native', addonFile());
  // Renamed into place: a process that has the old file loaded keeps it.
  copyFileSync(library, `${target}.new`);
  renameSync(`${target}.new`, target);
}

/** Compiles lib/ into dist/; a linked folder has no dev dependencies yet. */
function typescript() {
  const compiler = join(here, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(compiler)) {
    run(npm, ['ci', '--ignore-scripts', '--include=dev'], {
      env: environmentForNpm(process.env),
      needs: 'npm',
    });
  }
  rmSync(join(here, 'dist'), { recursive: true, force: true });
  run(process.execPath, [compiler, '--project', 'tsconfig.json'], { needs: 'Node' });
}

function licences() {
  for (const name of ['LICENSE-APACHE', 'LICENSE-MIT']) {
    copyFileSync(join(here, '..', name), join(here, basename(name)));
  }
}

if (existsSync(join(here, 'Cargo.toml'))) {
  addon();
  typescript();
  licences();
}
