// Loads the native addon of this platform.
import { join } from 'node:path';

import { ArtifactDeployError } from './error';
import type * as Native from './native';

/** The name of the addon's file; scripts/platform.mjs has the same rule at build time. */
function fileName(): string {
  const libc = process.platform === 'linux' ? (usesGlibc() ? '-gnu' : '-musl') : '';
  return `artifact-deploy.${process.platform}-${process.arch}${libc}.node`;
}

function usesGlibc(): boolean {
  // The report would otherwise look up the names of open connections.
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true;
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return report.header.glibcVersionRuntime !== undefined;
}

function load(): typeof Native {
  const file = join(__dirname, '..', 'native', fileName());
  try {
    return require(file) as typeof Native;
  } catch (cause) {
    throw new ArtifactDeployError(
      'RUNTIME_UNAVAILABLE',
      `the native addon ${file} cannot be loaded; install a package built for ${process.platform}-${process.arch}, ` +
        'or build it with `npm install ./bindings-node` on a machine with Rust',
      { cause },
    );
  }
}

export const native = load();
