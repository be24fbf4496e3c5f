import { native } from './addon';
import type { BuildMetadataJson, Variables } from './build-metadata';
import { parse, stringify } from './outcome';

/** What a running container knows of its image. Any member may be missing. */
export interface RunningImage extends Partial<BuildMetadataJson> {
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

/**
 * What a running container knows of its image, for an application's `/health` or `/version`.
 * A variable that is missing, empty or `unknown` is not known.
 *
 * @throws {@link ArtifactDeployError} that of a variable that cannot be used
 */
export function runningImage(variables: Variables = process.env): RunningImage {
  return parse(native.runningImage(stringify(variables, runningImage)), runningImage);
}
