// The package as a user gets it: packed, and installed in an empty folder.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE = fileURLToPath(new URL('../../bindings-node/', import.meta.url));
export const TSC = join(PACKAGE, 'node_modules', 'typescript', 'bin', 'tsc');

/** Runs a program to its end. */
export function run(program, args, options = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: 300_000,
    ...options,
  });
  if (error && error.code !== 'ETIMEDOUT') throw error;
  return { status, signal, stdout, stderr, output: `${stdout}${stderr}` };
}

/** The environment without what an outer `npm test` adds. */
export function cleanEnvironment(more = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(?!config_(registry|userconfig|cache)$)/i.test(name),
  );
  return { ...Object.fromEntries(kept), NODE_TEST_CONTEXT: undefined, ...more };
}

const folders = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An empty folder that is removed when the process ends. */
export function emptyFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'artifact-deploy-node-'));
  folders.push(folder);
  return folder;
}

/** An app's folder with a package.json of this `type`. */
export function app(type = 'module') {
  const folder = join(emptyFolder(), 'app');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true, type }));
  return folder;
}

/** The path of the packed tarball. */
export function pack() {
  const folder = emptyFolder();
  // It is built already; `prepare` would build it again.
  const { status, stdout, output } = run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: PACKAGE, env: cleanEnvironment() },
  );
  if (status !== 0) throw new Error(output);
  const described = JSON.parse(stdout);
  const [{ filename, files }] = Array.isArray(described) ? described : Object.values(described);
  return { tarball: join(folder, filename), files: files.map((file) => file.path) };
}

/** An app with the tarball installed, without running a script of it. */
export function installed(type) {
  const folder = app(type);
  const { status, output } = run(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', pack().tarball],
    {
      cwd: folder,
      env: cleanEnvironment(),
    },
  );
  if (status !== 0) throw new Error(output);
  return folder;
}
