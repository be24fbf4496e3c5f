//! A stopped task → why.

use super::{FailureCode, TaskFailure};
use crate::service::Task;
use crate::task_definition::TaskDefinition;

/// Why a task failed; `None` when it did not: it runs, or was stopped because it was not needed.
///
/// `task_definition` is the one that it was started from, where it is known: it tells where the logs
/// are.
pub fn explain(task: &Task, task_definition: Option<&TaskDefinition>) -> Option<TaskFailure> {
    let _ = task_definition;
    let reason = task.stopped_reason.clone()?;
    if task.stop_code.as_deref() == Some("ServiceSchedulerInitiated") {
        return None;
    }
    Some(TaskFailure {
        task_arn: task.task_arn.clone(),
        container: None,
        code: FailureCode::Stopped,
        reason,
        exit_code: None,
        advice: "Look at the events of the service and at the logs of the task".to_owned(),
        log_hint: None,
        count: 1,
    })
}
