// The name of the addon's file; lib/addon.ts has the same rule at run time.

/** For example `artifact-deploy.linux-x64-gnu.node`. */
export function addonFile() {
  const libc = process.platform === 'linux' ? (glibc() ? '-gnu' : '-musl') : '';
  return `artifact-deploy.${process.platform}-${process.arch}${libc}.node`;
}

function glibc() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}
