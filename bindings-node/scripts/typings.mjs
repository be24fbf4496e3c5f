// Writes lib/native.d.ts: the TypeScript of the native functions, from what napi-derive says of them
// and from their documentation in Rust. `--check` writes nothing and fails when the file is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const file = join(here, 'lib', 'native.d.ts');

const HEADER = `// Written by \`npm run typings\` from bindings-node/src; do not edit.

/** What a native function gives: its value, or why there is none. */
export type Outcome<T> = T | Failure;

/** Takes a progress event as JSON text; never throws. */
export type ProgressCallback = (event: string) => void;
`;

/** What napi-derive writes while the crate is compiled: one JSON object a line. */
function definitions() {
  const folder = mkdtempSync(join(tmpdir(), 'artifact-deploy-typings-'));
  try {
    // As `npm run build` builds it, so that only this crate is compiled again.
    const selection = ['--locked', '--profile', 'release', '--package', 'artifact-deploy-node'];
    const { status } = spawnSync('cargo', ['build', ...selection], {
      cwd: here,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NAPI_TYPE_DEF_TMP_FOLDER: folder },
    });
    const output = join(folder, 'artifact-deploy-node');
    if (status !== 0 || !existsSync(output)) throw new Error('cargo build gave no type definitions');
    return readFileSync(output, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A member with its documentation, as napi-derive writes it, two spaces in. */
const indented = (text) =>
  text
    .split('\n')
    .map((line) => (/^ \w/.test(line) ? line.slice(1) : line).trimEnd())
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');

/** One declaration; the methods of a class come apart from it, in `impl` entries. */
function declaration(entry, methods) {
  const doc = entry.js_doc ?? '';
  switch (entry.kind) {
    case 'fn':
      return `${doc}export declare ${entry.def}\n`;
    case 'struct': {
      const members = methods.filter((method) => method.name === entry.name).map((method) => method.def);
      const sealed = members.some((member) => member.includes('constructor('))
        ? []
        : ['private constructor()'];
      return `${doc}export declare class ${entry.name} {\n${indented([...sealed, entry.def, ...members].filter(Boolean).join('\n'))}\n}\n`;
    }
    case 'interface':
      return `${doc}export interface ${entry.name} {\n${indented(entry.def)}\n}\n`;
    case 'type':
      return `${doc}export type ${entry.name} = ${entry.def}\n`;
    default:
      throw new Error(`scripts/typings.mjs does not know the kind ${entry.kind}`);
  }
}

function typings() {
  const entries = definitions();
  const methods = entries.filter((entry) => entry.kind === 'impl');
  const declarations = entries
    .filter((entry) => entry.kind !== 'impl')
    // The compiler expands macros in the order of `mod` lines; names do not change with that.
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((entry) => declaration(entry, methods));
  return `${HEADER}\n${declarations.join('\n')}`.replace(/ +$/gm, '');
}

const text = typings();
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is stale: run \`npm run typings\` in bindings-node and commit it`);
  process.exit(1);
}
