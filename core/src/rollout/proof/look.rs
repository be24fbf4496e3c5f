//! Looking at the tasks of a service.

use std::collections::HashMap;

use crate::ports::{ServiceControl, TaskState};
use crate::service::{ServiceAddress, Task};
use crate::{Error, ErrorKind, Result};

/// How many tasks one call describes. Source: ECS `DescribeTasks`, `tasks`: up to 100.
pub(crate) const TASKS_PER_CALL: usize = 100;
/// More pages than any list of ECS has. A list that never ends is an error, not a proof.
pub(crate) const MAX_PAGES: usize = 10_000;

/// The tasks of a service that run or are to run.
pub(in crate::rollout) struct Look {
    pub(in crate::rollout) tasks: Vec<Task>,
    /// Tasks that are listed, and of which ECS tells nothing.
    pub(in crate::rollout) unseen: Vec<String>,
}

/// Lists and describes the tasks. When some vanish in between, they are listed once more: those that
/// replaced them are seen, and those that are gone are no longer counted.
pub(in crate::rollout) async fn look(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
) -> Result<Look> {
    let mut listed = list_tasks(control, service).await?;
    let mut seen = HashMap::new();
    describe(control, service, &listed, &mut seen).await?;
    let vanished = |task: Option<&Task>| task.is_none_or(|task| task.last_status == "STOPPED");
    if listed.iter().any(|arn| vanished(seen.get(arn))) {
        listed = list_tasks(control, service).await?;
        let fresh: Vec<String> = listed
            .iter()
            .filter(|arn| vanished(seen.get(*arn)))
            .cloned()
            .collect();
        describe(control, service, &fresh, &mut seen).await?;
    }
    let (mut tasks, mut unseen) = (Vec::with_capacity(listed.len()), Vec::new());
    for arn in listed {
        match seen.remove(&arn) {
            Some(task) => tasks.push(task),
            None => unseen.push(arn),
        }
    }
    Ok(Look { tasks, unseen })
}

/// The ARNs of the tasks of a service that run or are to run, each once.
pub(crate) async fn list_tasks(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
) -> Result<Vec<String>> {
    let mut arns: Vec<String> = Vec::new();
    let mut next: Option<String> = None;
    for _ in 0..MAX_PAGES {
        let page = control
            .list_tasks(service, TaskState::Running, next.as_deref())
            .await?;
        arns.extend(page.items);
        next = page.next;
        if next.is_none() {
            // A task that moves between two pages is listed twice.
            arns.sort();
            arns.dedup();
            return Ok(arns);
        }
    }
    Err(endless(&format!("tasks of service {service}")))
}

async fn describe(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
    arns: &[String],
    seen: &mut HashMap<String, Task>,
) -> Result<()> {
    for chunk in arns.chunks(TASKS_PER_CALL) {
        for task in control.describe_tasks(service.cluster(), chunk).await? {
            seen.insert(task.task_arn.clone(), task);
        }
    }
    Ok(())
}

pub(crate) fn endless(what: &str) -> Error {
    Error::new(
        ErrorKind::UnexpectedResponse,
        format!("the list of {what} does not end; the endpoint repeats its pages"),
    )
}
