import * as cdk from 'aws-cdk-lib';

import { serviceImage } from '../lib/image.ts';
import { ServiceStack } from '../lib/service-stack.ts';

const app = new cdk.App();
// cdk deploy --context environment=pr-51
const environment: string =
  app.node.tryGetContext('environment') ?? process.env.DEPLOY_ENVIRONMENT ?? 'pr-51';

// First the image, then the stack: constructs cannot wait.
const { image, containerEnvironment } = serviceImage(environment);

new ServiceStack(app, `macro-ai-${environment}`, {
  environmentName: environment,
  image,
  containerEnvironment,
  tags: { environment },
});
app.synth();
