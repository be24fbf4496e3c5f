import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { VerifiedImage } from 'artifact-deploy';
import { containerImage } from 'artifact-deploy/cdk';
import type { Construct } from 'constructs';

const PORT = 8080;

export interface ServiceStackProps extends cdk.StackProps {
  /** `pr-51`, `staging`, `production`. */
  readonly environmentName: string;
  /** Resolved before this stack is built: a constructor cannot wait. */
  readonly image: VerifiedImage;
  /** `IMAGE_TAG`, `COMMIT_SHA`, `BUILD_TIME` and what else is known of the image. */
  readonly containerEnvironment: Readonly<Record<string, string>>;
}

/** One Fargate service that runs exactly the image that was verified. */
export class ServiceStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const cluster = new ecs.Cluster(this, 'Cluster', {
      vpc,
      // Service Connect needs a namespace; of this type it makes no DNS zone.
      defaultCloudMapNamespace: { name: props.environmentName, useForServiceConnect: true },
    });
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });

    const taskDefinition = new ecs.FargateTaskDefinition(this, 'TaskDefinition', {
      cpu: 256,
      memoryLimitMiB: 512,
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.X86_64,
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
    });
    taskDefinition.addContainer('app', {
      image: containerImage(this, 'Repository', props.image),
      environment: { ...props.containerEnvironment },
      portMappings: [{ name: 'http', containerPort: PORT, appProtocol: ecs.AppProtocol.http }],
      logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'app' }),
      // ECS does not read HEALTHCHECK of the image.
      healthCheck: {
        command: ['CMD-SHELL', `wget -q -O /dev/null http://127.0.0.1:${PORT}/health || exit 1`],
        interval: cdk.Duration.seconds(30),
        timeout: cdk.Duration.seconds(5),
        retries: 3,
        startPeriod: cdk.Duration.seconds(20),
      },
      linuxParameters: new ecs.LinuxParameters(this, 'LinuxParameters', {
        // Reaps what `aws ecs execute-command` leaves behind.
        initProcessEnabled: true,
      }),
    });

    new ecs.FargateService(this, 'Service', {
      cluster,
      taskDefinition,
      desiredCount: 2,
      // The defaults of the CDK would let half of the tasks go.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      deploymentController: { type: ecs.DeploymentControllerType.ECS },
      enableExecuteCommand: true,
      serviceConnectConfiguration: {
        services: [{ portMappingName: 'http', discoveryName: 'api', dnsName: 'api', port: PORT }],
        logDriver: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'service-connect' }),
      },
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.TASK_DEFINITION,
    });

    new cdk.CfnOutput(this, 'Image', { value: props.image.reference });
  }
}
