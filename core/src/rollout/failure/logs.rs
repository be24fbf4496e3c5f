//! Where the log of a container is.

use std::fmt::Write as _;

use serde_json::Value;

use crate::service::Task;
use crate::task_definition::TaskDefinition;

/// Where the log of `container` of `task` is, when its log driver is `awslogs`.
pub(super) fn log_hint(
    task: &Task,
    container: &str,
    task_definition: &TaskDefinition,
) -> Option<String> {
    let options = definition(task_definition, container)?
        .get("logConfiguration")
        .filter(|log| log.get("logDriver").and_then(Value::as_str) == Some("awslogs"))?
        .get("options")?;
    let option = |name: &str| options.get(name).and_then(Value::as_str);
    let mut hint = format!("CloudWatch Logs group {}", option("awslogs-group")?);
    if let (Some(prefix), Some((_, id))) = (
        option("awslogs-stream-prefix"),
        task.task_arn.rsplit_once('/'),
    ) {
        let _ = write!(hint, ", stream {prefix}/{container}/{id}");
    }
    if let Some(region) = option("awslogs-region") {
        let _ = write!(hint, " in {region}");
    }
    Some(hint)
}

/// Whether the task ends when this container does. Containers are essential unless they say no.
pub(super) fn is_essential(task_definition: Option<&TaskDefinition>, container: &str) -> bool {
    let essential = task_definition
        .and_then(|document| definition(document, container))
        .and_then(|definition| definition.get("essential"))
        .and_then(Value::as_bool);
    essential.unwrap_or(true)
}

fn definition<'a>(document: &'a TaskDefinition, container: &str) -> Option<&'a Value> {
    let definitions = document
        .as_value()
        .get("containerDefinitions")?
        .as_array()?;
    definitions
        .iter()
        .find(|one| one.get("name").and_then(Value::as_str) == Some(container))
}
