import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  BuildMetadata,
  buildxImage,
  parseBuildTime,
  parseCommit,
  runningImage,
  writeGithubEnvironment,
  writeGithubOutput,
} from '../artifact-deploy.mjs';

export default {
  parse_time: (text) => parseBuildTime(text),
  commit: (text) => parseCommit(text),
  detect: (scene) => BuildMetadata.detectFrom(scene),
  from_json: (text) => BuildMetadata.from(text),
  build_args: ({ build }) => BuildMetadata.from(build).buildArgArguments(),
  labels: ({ build, version }) => Object.entries(BuildMetadata.from(build).labels(version)),
  from_labels: (labels) => BuildMetadata.fromLabels(labels),
  container_environment: ({ build, ...image }) =>
    Object.entries(BuildMetadata.from(build).containerEnvironment(image)),
  outputs: ({ build }) => Object.entries(BuildMetadata.from(build).outputs()),
  from_environment: (variables) => runningImage(variables),
  build_from_environment: (variables) => BuildMetadata.fromEnvironment(variables),
  buildx: ({ file, target }) => buildxImage(file, target),
  github_output: (entries) => written(writeGithubOutput, entries),
  github_environment: (entries) => written(writeGithubEnvironment, entries),
};

/** What was appended to the file, with the random delimiter shown as `DELIMITER`. */
function written(write, entries) {
  const folder = mkdtempSync(join(tmpdir(), 'artifact-deploy-vectors-'));
  try {
    const file = readFileSync(write(entries, { path: join(folder, 'file') }), 'utf8');
    const [, delimiter] = /<<(.*)/.exec(file);
    return file.replaceAll(delimiter, 'DELIMITER');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
