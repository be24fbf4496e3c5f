// For AWS CDK apps: a verified image as the image of a container.
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Ecr from 'aws-cdk-lib/aws-ecr';
import type * as Ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';

import { ArtifactDeployError } from './error';
import { type EcrHost, Repository } from './image-reference';
import { VerifiedImage } from './verified-image';

/**
 * The image for `taskDefinition.addContainer('app', { image })`, pinned: the template says
 * `repository@sha256:…` literally, with the very host that was verified.
 *
 * Of a private ECR repository the execution role is granted the right to pull, as by
 * `ContainerImage.fromEcrRepository`. Of any other registry nothing can be granted, as by
 * `ContainerImage.fromRegistry`.
 *
 * @param scope where the repository is imported
 * @param id of the imported repository, unique in `scope`
 * @throws {@link ArtifactDeployError} `RUNTIME_UNAVAILABLE` when `aws-cdk-lib` is not installed,
 * `INVALID_ARGUMENT` when `image` did not pass the gate
 */
export function containerImage(scope: Construct, id: string, image: VerifiedImage): Ecs.ContainerImage {
  VerifiedImage.nativeOf(image, containerImage);
  const ecs = fromCdk<typeof Ecs>('aws-ecs');
  const { ecr, name } = Repository.parse(image.repository);
  if (ecr === undefined) return ecs.ContainerImage.fromRegistry(image.reference);

  const repository = fromCdk<typeof Ecr>('aws-ecr').Repository.fromRepositoryAttributes(scope, id, {
    repositoryName: name,
    repositoryArn: arn(ecr, name),
  });

  // Not `fromEcrRepository`: it would write the host anew, with a token for its suffix and never
  // in the FIPS or dual-stack form.
  class VerifiedContainerImage extends ecs.ContainerImage {
    override bind(_scope: Construct, container: Ecs.ContainerDefinition): Ecs.ContainerImageConfig {
      repository.grantPull(container.taskDefinition.obtainExecutionRole());
      return { imageName: image.reference };
    }
  }
  return new VerifiedContainerImage();
}

/** The ARN of a repository in private ECR. */
function arn({ partition, region, account }: EcrHost, name: string): string {
  return `arn:${partition}:ecr:${region}:${account}:repository/${name}`;
}

/** A module of the app's `aws-cdk-lib`. */
function fromCdk<T>(name: string): T {
  const specifier = `aws-cdk-lib/${name}`;
  // Where this package is a link, its own place leads to no aws-cdk-lib; the CDK starts an app in
  // the app's folder.
  const places = [__filename, join(process.cwd(), 'package.json')];
  let cause: unknown;
  for (const place of places) {
    try {
      return createRequire(place)(specifier) as T;
    } catch (error) {
      cause ??= error;
    }
  }
  throw new ArtifactDeployError(
    'RUNTIME_UNAVAILABLE',
    `${specifier} cannot be loaded; install aws-cdk-lib beside artifact-deploy`,
    { cause },
  );
}
