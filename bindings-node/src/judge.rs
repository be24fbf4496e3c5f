//! The decisions behind deployments, on values that somebody else fetched.

use artifact_deploy::Result;
use artifact_deploy::rollout::probe::judge_answers_json;
use artifact_deploy::rollout::proof::judge_json;
use artifact_deploy::rollout::targets::judge_targets_json;
use artifact_deploy::rollout::{Observation, Standing, Watch, explain};
use artifact_deploy::service::{ServiceSnapshot, Task};
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;
use serde::Deserialize;
use serde_json::Value;

use crate::failure::{Outcome, outcome};
use crate::json;
use crate::proof::Proof;
use crate::task_definition::TaskDefinition;

/// Why a task failed, as JSON; the task comes as JSON text.
#[napi(catch_unwind)]
pub fn explain_task(
    task: String,
    task_definition: Option<ClassInstance<TaskDefinition>>,
) -> Outcome<String> {
    let explained = || {
        let task: Task = json::read(&task)?;
        let definition = task_definition.as_ref().map(|document| document.inner());
        json::write(&explain(&task, definition))
    };
    outcome(explained())
}

/// What tasks prove; they come as JSON text.
#[napi(catch_unwind)]
pub fn judge_tasks(seen: String) -> Outcome<Proof> {
    let judged = json::read(&seen).and_then(|seen| judge_json(&seen));
    outcome(judged.map(Into::into))
}

/// What the answers of an application show, as JSON; they come as JSON text.
#[napi(catch_unwind)]
pub fn judge_answers(seen: String) -> Outcome<String> {
    json::pure(&seen, |seen: Value| judge_answers_json(&seen))
}

/// The answers of an application in a sentence, when they are enough; they come as JSON text.
#[napi(catch_unwind)]
pub fn require_answers(seen: String) -> Outcome<String> {
    let required = || {
        let answers = judge_answers_json(&json::read(&seen)?)?;
        Ok(answers.require_satisfied()?.summary())
    };
    outcome(required())
}

/// What load-balancer targets show, as JSON; they come as JSON text.
#[napi(catch_unwind)]
pub fn judge_targets(seen: String) -> Outcome<String> {
    json::pure(&seen, |seen: Value| judge_targets_json(&seen))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    written: ServiceSnapshot,
    observations: Vec<Observation>,
}

/// Where a deployment stands after each observation, as JSON; they come as JSON text.
#[napi(catch_unwind)]
pub fn standings(seen: String) -> Outcome<String> {
    json::pure(&seen, |seen: Seen| -> Result<Vec<Standing>> {
        let Some(mut watch) = Watch::of(&seen.written) else {
            return Ok(Vec::new());
        };
        let stood = seen.observations.iter().map(|observation| {
            watch.observe(observation);
            watch.standing().clone()
        });
        Ok(stood.collect())
    })
}
