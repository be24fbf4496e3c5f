import { DeploymentConfiguration } from '../artifact-deploy.mjs';

// As text: what is no object in JSON is refused by the library, and not by the types.
const read = ({ configuration }) => DeploymentConfiguration.fromEcs(JSON.stringify(configuration));

export default {
  parse: ({ text }) => DeploymentConfiguration.fromEcs(text).toEcs(),
  to_ecs: (input) => read(input).toEcs(),
  problems: (input) => read(input).problems(input.desiredCount),
  check: (input) => read(input).check(input.desiredCount),
  to_cloud_formation: (input) => read(input).toCloudFormation(),
  to_cdk: (input) => read(input).toCdk(),
};
