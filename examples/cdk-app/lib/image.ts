import {
  BuildMetadata,
  MemoryRegistry,
  type Registry,
  type VerifiedImage,
  resolveImageSync,
} from 'artifact-deploy';
import { readFileSync } from 'node:fs';

/** What the stack needs to know of the image that it deploys. */
export interface ServiceImage {
  readonly image: VerifiedImage;
  readonly containerEnvironment: Record<string, string>;
}

/**
 * The image of this environment, through the gate: it is there, it is what was built, and it runs
 * on the service's platform. Blocks, which an app may do before its stacks are built.
 */
export function serviceImage(environment: string, variables = process.env): ServiceImage {
  const metadata = BuildMetadata.detect({ variables });
  const image = resolveImageSync({
    repository: variables.IMAGE_REPOSITORY ?? 'macro-ai-express-api',
    // Without IMAGE_TAG the alias `{environment}-latest`: pinned all the same.
    environment,
    // The digest that the build job reported, where it did.
    expectedDigest: variables.IMAGE_DIGEST || undefined,
    platform: 'linux/amd64',
    revision: metadata.commit,
    // The push of another job may not be visible yet.
    deadlineMs: 5 * 60_000,
    registry: registry(variables.REGISTRY_FIXTURE),
    onProgress: ({ attempt, pending }) =>
      console.error(
        `attempt ${attempt}: ${pending.map(({ image, reason }) => `${image}: ${reason}`).join('; ')}`,
      ),
  });
  // The image's own labels say when it was built; this job only knows when it runs itself.
  return { image, containerEnvironment: (image.metadata ?? metadata).containerEnvironment(image) };
}

/** Amazon ECR, as the environment says; for tests and demonstrations a registry in memory. */
function registry(fixture: string | undefined): Registry | undefined {
  return fixture ? new MemoryRegistry(JSON.parse(readFileSync(fixture, 'utf8'))) : undefined;
}
