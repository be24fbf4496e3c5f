use artifact_deploy::rollout::probe::judge_answers_json;
use artifact_deploy::rollout::proof::judge_json;
use artifact_deploy::rollout::targets::judge_targets_json;
use serde_json::json;

#[test]
fn proof() {
    super::check("proof", |operation, input| match operation {
        "judge" => Ok(json!(judge_json(input)?)),
        "judge_text" => Ok(judge_json(input)?.to_text().into()),
        "judge_markdown" => Ok(judge_json(input)?.to_markdown().into()),
        "require_verified" => Ok(json!(judge_json(input)?.require_verified()?.verdict())),
        "judge_answers" => Ok(json!(judge_answers_json(input)?)),
        "require_satisfied" => {
            let answers = judge_answers_json(input)?.require_satisfied()?;
            Ok(answers.summary().into())
        }
        "judge_targets" => Ok(json!(judge_targets_json(input)?)),
        other => panic!("no operation {other}"),
    });
}
