import { explainTask } from '../artifact-deploy.mjs';
import { standings } from '../internal.mjs';

export default {
  explain: ({ task, taskDefinition }) => explainTask(task, taskDefinition),
  standings: (seen) => standings(seen),
};
