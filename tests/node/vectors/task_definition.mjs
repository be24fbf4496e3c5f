import { TaskDefinition } from '../artifact-deploy.mjs';

export default {
  parse: ({ text }) => TaskDefinition.parse(text).toString(),
  validate: ({ taskDefinition }) => TaskDefinition.parse(taskDefinition).validate(),
  diff: ({ before, after }) => TaskDefinition.parse(before).diff(after),
  diff_text: ({ before, after }) => TaskDefinition.parse(before).diff(after).toString(),
};
