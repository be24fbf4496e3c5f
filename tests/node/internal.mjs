// What the package has for these vectors and does not export.
export {
  judgeAnswers,
  judgeTargets,
  judgeTasks,
  requireAnswers,
  standings,
} from '../../bindings-node/dist/judge.js';
