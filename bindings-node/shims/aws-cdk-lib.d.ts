// As much of aws-cdk-lib as lib/cdk.ts uses, so that building this package does not install it: a
// second copy of it beside the app's own would not be the same types. examples/cdk-app compiles
// and runs the result against the real one.

declare module 'constructs' {
  export interface IConstruct {
    readonly node: unknown;
  }
  export class Construct implements IConstruct {
    readonly node: unknown;
  }
}

declare module 'aws-cdk-lib/core' {
  export class Duration {
    static parse(text: string): Duration;
    toMinutes(): number;
  }
}

declare module 'aws-cdk-lib/aws-iam' {
  export interface IGrantable {
    readonly grantPrincipal: unknown;
  }
}

declare module 'aws-cdk-lib/aws-ecr' {
  import type { IGrantable } from 'aws-cdk-lib/aws-iam';
  import type { Construct } from 'constructs';

  export interface IRepository {
    grantPull(grantee: IGrantable): unknown;
  }
  export class Repository {
    static fromRepositoryAttributes(
      scope: Construct,
      id: string,
      attributes: { readonly repositoryName: string; readonly repositoryArn: string },
    ): IRepository;
  }
}

declare module 'aws-cdk-lib/aws-ecs' {
  import type { IGrantable } from 'aws-cdk-lib/aws-iam';
  import type { Construct } from 'constructs';

  export interface ContainerImageConfig {
    readonly imageName: string;
  }
  export class ContainerDefinition {
    readonly taskDefinition: { obtainExecutionRole(): IGrantable };
  }
  export abstract class ContainerImage {
    static fromRegistry(name: string): ContainerImage;
    abstract bind(scope: Construct, containerDefinition: ContainerDefinition): ContainerImageConfig;
  }
  export interface FargateServiceProps {
    readonly cluster: unknown;
    readonly taskDefinition: unknown;
    readonly minHealthyPercent?: number;
    readonly maxHealthyPercent?: number;
  }
}
