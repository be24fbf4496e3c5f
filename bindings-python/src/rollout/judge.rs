//! The decisions behind deployments, on values that somebody else fetched.

use artifact_deploy::ErrorKind;
use artifact_deploy::rollout::probe::{Answers, judge_answers_json};
use artifact_deploy::rollout::proof::judge_json;
use artifact_deploy::rollout::targets::{TargetsProof, judge_targets_json};
use artifact_deploy::rollout::{Observation, Standing, TaskFailure, Watch, explain};
use artifact_deploy::service::{ServiceSnapshot, Task};
use artifact_deploy::task_definition::TaskDefinition;
use pyo3::prelude::*;
use serde_json::Value;

use super::PyProof;
use crate::failure::Result;
use crate::json::{Json, Object, ObjectArgument, Objects};

/// Why a task failed, and what to do: `{"code", "reason", "advice", …}`, or `None` when it did not.
///
/// `task` is one of `DescribeTasks`, with times as RFC 3339; `task_definition` lets the advice point
/// to the log.
#[pyfunction]
#[pyo3(signature = (task, task_definition=None))]
pub(crate) fn explain_task(
    task: ObjectArgument,
    task_definition: Option<ObjectArgument>,
) -> Result<Json<Option<TaskFailure>>> {
    let task: Task = task.read(ErrorKind::InvalidArgument, "the task")?;
    let document = task_definition
        .map(|document| TaskDefinition::parse(&document.0))
        .transpose()?;
    Ok(Json(explain(&task, document.as_ref())))
}

/// What tasks prove: `{"tasks", "meant", "service"?, "desiredCount"?, "runningCount"?}`, the tasks as
/// `DescribeTasks` returns them.
#[pyfunction]
pub(crate) fn judge_tasks(seen: ObjectArgument) -> Result<PyProof> {
    Ok(PyProof(judge_json(&read(seen)?)?))
}

/// What the answers of an application show: `{"probe", "answers"}`, each answer `{"body"}` or the
/// error `{"code", "message"}` that there was instead.
#[pyfunction]
pub(crate) fn judge_answers(seen: ObjectArgument) -> Result<Object<Answers>> {
    Ok(Object(judge_answers_json(&read(seen)?)?))
}

/// The answers of an application in a sentence, when they are enough.
#[pyfunction]
pub(crate) fn require_answers(seen: ObjectArgument) -> Result<String> {
    let answers = judge_answers_json(&read(seen)?)?.require_satisfied()?;
    Ok(answers.summary())
}

/// What load-balancer targets show: `{"tasks", "meant", "groups"}`.
#[pyfunction]
pub(crate) fn judge_targets(seen: ObjectArgument) -> Result<Object<TargetsProof>> {
    Ok(Object(judge_targets_json(&read(seen)?)?))
}

/// Where a deployment stands after each of `observations`, `{"service", "deployment"?, "stopped"?}`;
/// `written` is the service as `UpdateService` answered.
#[pyfunction]
pub(crate) fn standings(
    written: ObjectArgument,
    observations: Vec<ObjectArgument>,
) -> Result<Objects<Standing>> {
    let written: ServiceSnapshot = written.read(ErrorKind::InvalidArgument, "the service")?;
    let Some(mut watch) = Watch::of(&written) else {
        return Ok(Objects(Vec::new()));
    };
    let mut standings = Vec::with_capacity(observations.len());
    for observation in observations {
        let seen: Observation = observation.read(ErrorKind::InvalidArgument, "an observation")?;
        watch.observe(&seen);
        standings.push(watch.standing().clone());
    }
    Ok(Objects(standings))
}

fn read(seen: ObjectArgument) -> Result<Value> {
    seen.read(ErrorKind::InvalidArgument, "what was seen")
}
