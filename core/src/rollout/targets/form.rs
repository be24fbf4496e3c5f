//! Judging targets that were asked for elsewhere, as JSON.

use serde::Deserialize;
use serde_json::Value;

use super::{GroupHealth, TargetsProof, judge_targets};
use crate::rollout::Meant;
use crate::rollout::proof::read_tasks;
use crate::service::{LoadBalancer, TargetHealth};
use crate::{Error, ErrorKind, Result};

/// Judges tasks and targets that somebody else asked for.
///
/// JSON: `{"tasks": [Task], "meant": Meant, "groups": [{"balancer": LoadBalancer, "targets":
/// [TargetHealth]}]}`; the tasks are as `DescribeTasks` returns them, or as this library writes them.
///
/// # Errors
/// `InvalidArgument` for the shape, and those of [`Meant::from_json`].
pub fn judge_targets_json(json: &Value) -> Result<TargetsProof> {
    let form = Form::deserialize(json).map_err(|error| {
        let message = format!("the targets cannot be read: {error}");
        Error::new(ErrorKind::InvalidArgument, message)
    })?;
    let groups: Vec<GroupHealth> = form
        .groups
        .into_iter()
        .map(|group| GroupHealth {
            balancer: group.balancer,
            targets: group.targets,
        })
        .collect();
    let meant = Meant::from_json(&form.meant)?;
    Ok(judge_targets(&read_tasks(form.tasks)?, &meant, &groups))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    tasks: Vec<Value>,
    meant: Value,
    groups: Vec<GroupForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupForm {
    balancer: LoadBalancer,
    targets: Vec<TargetHealth>,
}
