// What the tests share: one image in a registry in memory, and one that never comes.
import { MemoryRegistry } from './artifact-deploy.mjs';

export const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
export const REPOSITORY = `${HOST}/macro-ai-express-api`;
export const TAG = 'pr-51-622d2103-20250820-124500';
export const COMMIT = '622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90';

export function registry(more = {}) {
  return new MemoryRegistry({
    host: HOST,
    repositories: {
      'macro-ai-express-api': {
        images: [
          {
            tags: [TAG, 'pr-51-latest'],
            platform: 'linux/amd64',
            labels: {
              'org.opencontainers.image.revision': COMMIT,
              'org.opencontainers.image.created': '2025-08-20T12:45:00Z',
            },
          },
        ],
      },
    },
    ...more,
  });
}

/** A query whose image never comes, asked for until long after the test. */
export function endless(more = {}) {
  return {
    repository: REPOSITORY,
    tag: 'never',
    registry: registry(),
    deadlineMs: 600_000,
    firstDelayMs: 20,
    longestDelayMs: 20,
    ...more,
  };
}
