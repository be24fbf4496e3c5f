// For AWS CDK apps: a verified image as the image of a container, and how a service is deployed.
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Core from 'aws-cdk-lib/core';
import type * as Ecr from 'aws-cdk-lib/aws-ecr';
import type * as Ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';

import type { DeploymentConfiguration } from './deployment-configuration';
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

/** The properties of `FargateService` that say how it is deployed. */
export type DeploymentProps = Omit<Partial<Ecs.FargateServiceProps>, 'cluster' | 'taskDefinition'>;

/**
 * A deployment configuration as properties: `new FargateService(this, 'Service', { …,
 * ...deploymentProps(configuration) })`.
 *
 * @param options `missing` says what becomes of what `FargateService` has no property for, such as
 * lifecycle hooks: it is refused, unless it is to be left out. `configuration.toCdk().missing` names it.
 * @throws {@link ArtifactDeployError} `RUNTIME_UNAVAILABLE` when `aws-cdk-lib` is not installed,
 * `INVALID_DEPLOYMENT_CONFIGURATION` with the problems in the details when something has no property
 */
export function deploymentProps(
  configuration: DeploymentConfiguration,
  { missing: asked = 'refuse' }: { readonly missing?: 'refuse' | 'leave-out' } = {},
): DeploymentProps {
  const { properties, missing } = configuration.toCdk();
  const [first] = missing;
  if (first !== undefined && asked !== 'leave-out') {
    throw new ArtifactDeployError(
      'INVALID_DEPLOYMENT_CONFIGURATION',
      `${first.pointer} ${first.problem}; expected ${first.expected}`,
      { details: { problems: missing.map((problem) => ({ ...problem })) } },
    );
  }
  const { Duration } = fromCdk<typeof Core>('core');
  // Times come as text, because the rest of the library knows no constructs.
  const made: unknown = JSON.parse(JSON.stringify(properties), (name, value: unknown) =>
    TIMES.includes(name) ? Duration.parse(value as string) : value,
  );
  return made as DeploymentProps;
}

/** The members that are a `Duration` in CDK. */
const TIMES = ['bakeTime', 'stepBakeTime'];

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
