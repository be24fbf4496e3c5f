//! Judging what was read elsewhere: the tasks as ECS gives them, as JSON.

use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Meant, Proof, RunningTasks};
use crate::service::{ServiceAddress, Task};
use crate::{Error, ErrorKind, Result};

/// Judges tasks that somebody else asked for.
///
/// JSON: `{"tasks": [Task], "meant": Meant, "service"?, "desiredCount"?, "runningCount"?}`; the tasks
/// are as `DescribeTasks` returns them, or as this library writes them.
///
/// # Errors
/// `InvalidArgument` for the shape, `InvalidService`, and those of [`Meant::from_json`].
pub fn judge_json(json: &Value) -> Result<Proof> {
    let form: Form = Form::deserialize(json).map_err(|error| {
        let message = format!("what is to be judged cannot be read: {error}");
        Error::new(ErrorKind::InvalidArgument, message)
    })?;
    let service: Option<ServiceAddress> = form.service.map(|text| text.parse()).transpose()?;
    let meant = Meant::from_json(&form.meant)?;
    let tasks = read_tasks(form.tasks)?;
    let mut running = RunningTasks::new(&tasks);
    if let Some(service) = &service {
        running = running.of(service);
    }
    if let Some(count) = form.desired_count {
        running = running.desired(count);
    }
    if let Some(count) = form.running_count {
        running = running.counted(count);
    }
    Ok(running.judge(&meant))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Form {
    tasks: Vec<Value>,
    meant: Value,
    service: Option<String>,
    desired_count: Option<u32>,
    running_count: Option<u32>,
}

/// Reads tasks as ECS gives them: times as seconds, the address among the attachments, and members
/// that are not needed here.
pub(crate) fn read_tasks(tasks: Vec<Value>) -> Result<Vec<Task>> {
    let tasks = tasks.into_iter().enumerate();
    tasks
        .map(|(number, task)| {
            serde_json::from_value(plain(task)).map_err(|error| {
                let message = format!("task {number} cannot be read: {error}");
                Error::new(ErrorKind::InvalidArgument, message)
            })
        })
        .collect()
}

fn plain(mut task: Value) -> Value {
    let address = address(&task);
    let Some(members) = task.as_object_mut() else {
        return task;
    };
    for name in ["createdAt", "startedAt", "stoppedAt"] {
        let time = members.get(name).and_then(Value::as_f64);
        #[allow(clippy::cast_possible_truncation)] // beyond the range of the clock: no time
        let time = time.and_then(|seconds| DateTime::from_timestamp_millis((seconds * 1e3) as i64));
        if let Some(time) = time {
            members.insert(name.to_owned(), json!(time));
        }
    }
    if let (Some(address), None) = (address, members.get("privateIpv4Address")) {
        members.insert("privateIpv4Address".to_owned(), address);
    }
    let containers = members.entry("containers").or_insert_with(|| json!([]));
    for container in containers.as_array_mut().into_iter().flatten() {
        if let Some(members) = container.as_object_mut() {
            members.entry("lastStatus").or_insert_with(|| json!(""));
            members
                .entry("healthStatus")
                .or_insert_with(|| json!("UNKNOWN"));
        }
    }
    task
}

/// `attachments[].details[name=privateIPv4Address].value`.
fn address(task: &Value) -> Option<Value> {
    let attachments = task.get("attachments")?.as_array()?;
    let details = attachments
        .iter()
        .filter_map(|attachment| attachment.get("details")?.as_array());
    let mut found = details.flatten().filter_map(|detail| {
        (detail.get("name")? == "privateIPv4Address").then(|| detail.get("value").cloned())?
    });
    found.next()
}
