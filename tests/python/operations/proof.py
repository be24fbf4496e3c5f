"""The operations of `proof.json`."""

from __future__ import annotations

from artifact_deploy._native import judge_answers, judge_targets, judge_tasks, require_answers

OPERATIONS = {
    "judge": lambda given: judge_tasks(given).to_dict(),
    "judge_text": lambda given: str(judge_tasks(given)),
    "judge_markdown": lambda given: judge_tasks(given).to_markdown(),
    "require_verified": lambda given: judge_tasks(given).require_verified().verdict,
    "judge_answers": judge_answers,
    "require_satisfied": require_answers,
    "judge_targets": judge_targets,
}
