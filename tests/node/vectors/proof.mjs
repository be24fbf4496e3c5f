import { judgeAnswers, judgeTargets, judgeTasks, requireAnswers } from '../internal.mjs';

export default {
  judge: (seen) => judgeTasks(seen),
  judge_text: (seen) => judgeTasks(seen).toString(),
  judge_markdown: (seen) => judgeTasks(seen).toMarkdown(),
  require_verified: (seen) => judgeTasks(seen).requireVerified().verdict,
  judge_answers: (seen) => judgeAnswers(seen),
  require_satisfied: (seen) => requireAnswers(seen),
  judge_targets: (seen) => judgeTargets(seen),
};
