// The CDK helper is typed by the app's own aws-cdk-lib; examples/cdk-app compiles against the real one.
import { DeploymentConfiguration, type VerifiedImage } from 'artifact-deploy';
import { containerImage, deploymentProps } from 'artifact-deploy/cdk';
import type { ContainerImage, FargateServiceProps } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';

declare const scope: Construct;
declare const image: VerifiedImage;

export const container: ContainerImage = containerImage(scope, 'Repository', image);
// @ts-expect-error a reference is no verified image
containerImage(scope, 'Repository', image.reference);
// @ts-expect-error a scope is needed
containerImage(undefined, 'Repository', image);

const configuration = DeploymentConfiguration.fromEcs({ maximumPercent: 150 });
export const props: FargateServiceProps = {
  cluster: {},
  taskDefinition: {},
  ...deploymentProps(configuration, { missing: 'leave-out' }),
};
// @ts-expect-error what ECS takes is no configuration until it was read
deploymentProps({ maximumPercent: 150 });
