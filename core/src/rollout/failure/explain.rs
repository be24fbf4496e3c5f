//! A stopped task → why.

use super::exit::{MORE_MEMORY, explain_exit, is_out_of_memory};
use super::logs::{is_essential, log_hint};
use super::pull::{explain_pull, is_pull};
use super::setup::{explain_placement, explain_resources, explain_start};
use super::{FailureCode, TaskFailure};
use crate::service::{Container, HealthStatus, Task};
use crate::task_definition::TaskDefinition;

/// How much of the words of ECS is kept, in characters. ECS cuts at 1024 itself.
const KEPT: usize = 1024;

/// Why a task failed; `None` when it did not: it runs, or was stopped because it was not needed any
/// more (a scale-in, the end of an older deployment).
///
/// `task_definition` is the one that it was started from, where it is known: it tells where the logs
/// are, and which containers are essential.
pub fn explain(task: &Task, task_definition: Option<&TaskDefinition>) -> Option<TaskFailure> {
    if task.last_status != "STOPPED" && task.stopped_reason.is_none() {
        return None;
    }
    let cause = cause(task, task_definition)?;
    let log_hint = match (cause.container, task_definition, cause.has_run()) {
        (Some(container), Some(document), true) => log_hint(task, &container.name, document),
        _ => None,
    };
    Some(TaskFailure {
        task_arn: task.task_arn.clone(),
        container: cause.container.map(|container| container.name.clone()),
        code: cause.code,
        reason: reason(task, cause.container, cause.code),
        exit_code: cause.container.and_then(|container| container.exit_code),
        advice: cause.advice,
        log_hint,
        count: 1,
    })
}

struct Cause<'a> {
    code: FailureCode,
    advice: String,
    container: Option<&'a Container>,
}

impl Cause<'_> {
    /// Whether the container can have written a log.
    fn has_run(&self) -> bool {
        matches!(
            self.code,
            FailureCode::Exited
                | FailureCode::OutOfMemory
                | FailureCode::Unhealthy
                | FailureCode::TargetUnhealthy
                | FailureCode::Stopped
        )
    }
}

fn cause<'a>(task: &'a Task, task_definition: Option<&TaskDefinition>) -> Option<Cause<'a>> {
    let named = task.containers.iter().filter_map(|container| {
        let (code, advice) = explain_text(container.reason.as_deref()?, Some(container))?;
        Some((container, code, advice))
    });
    // Of several, the one of a container that the task cannot do without.
    let mut named: Vec<_> = named.collect();
    named.sort_by_key(|(container, ..)| !is_essential(task_definition, &container.name));
    if let Some((container, code, advice)) = named.into_iter().next() {
        return Some(Cause {
            code,
            advice,
            container: Some(container),
        });
    }
    let stopped_reason = task.stopped_reason.as_deref().unwrap_or_default();
    let only = match task.containers.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    if let Some((code, advice)) = explain_text(stopped_reason, only) {
        // The message may name the image of one of several containers.
        let container = only.or_else(|| {
            task.containers.iter().find(|container| {
                let image = container.image.as_deref();
                image.is_some_and(|image| !image.is_empty() && stopped_reason.contains(image))
            })
        });
        return Some(Cause {
            code,
            advice,
            container,
        });
    }
    by_stop(task, stopped_reason, task_definition)
}

/// What a message of ECS says by its prefix.
fn explain_text(text: &str, container: Option<&Container>) -> Option<(FailureCode, String)> {
    let image = container.and_then(|container| container.image.as_deref());
    let starts = [
        "CannotStartContainer",
        "CannotCreateContainer",
        "ContainerRuntime",
        "ContainerStartTimeout",
        "DockerTimeout",
    ];
    if is_pull(text) {
        Some(explain_pull(text, image))
    } else if text.contains("ResourceInitializationError") {
        Some(explain_resources(text))
    } else if is_out_of_memory(text) {
        Some((FailureCode::OutOfMemory, MORE_MEMORY.to_owned()))
    } else if starts.iter().any(|start| text.contains(start)) {
        Some(explain_start(text, image))
    } else {
        None
    }
}

/// What the stop code says, where no message does.
fn by_stop<'a>(
    task: &'a Task,
    stopped_reason: &str,
    task_definition: Option<&TaskDefinition>,
) -> Option<Cause<'a>> {
    let told = stopped_reason.to_ascii_lowercase();
    let of = |code, advice: &str, container| {
        Some(Cause {
            code,
            advice: advice.to_owned(),
            container,
        })
    };
    if told.contains("elb health check") {
        return of(
            FailureCode::TargetUnhealthy,
            "The load balancer did not get the answer that it wants. Check the path, port and codes of \
             the target group's health check, that the security groups let it through, and that \
             healthCheckGracePeriodSeconds is longer than the application takes to start",
            None,
        );
    }
    if told.contains("container health check") || told.contains("failed health check") {
        let sick = |container: &&Container| container.health_status == HealthStatus::Unhealthy;
        return of(
            FailureCode::Unhealthy,
            "Run the healthCheck command in the container: it has to be in the image and to succeed \
             within timeout and retries. Raise startPeriod if the application takes long to start",
            task.containers.iter().find(sick),
        );
    }
    if told.contains("register targets") || told.contains("register target") {
        return of(
            FailureCode::TargetRegistration,
            "Check that the target group exists, that its type is ip for network mode awsvpc, and that \
             its port is one of the container's",
            None,
        );
    }
    match task.stop_code.as_deref() {
        Some("ServiceSchedulerInitiated") => None,
        Some("SpotInterruption") => of(
            FailureCode::SpotInterruption,
            "AWS took the Spot capacity back; ECS starts another task. Keep a base of capacity that is \
             not Spot, and end within two minutes of SIGTERM",
            None,
        ),
        Some("InfrastructureHealth" | "TerminationNotice") => of(
            FailureCode::Infrastructure,
            "The host failed or is retired; ECS starts another task. Nothing is wrong with the image",
            None,
        ),
        Some("UserInitiated") => of(
            FailureCode::StoppedByUser,
            "Somebody stopped the task (StopTask); CloudTrail tells who. ECS starts another one",
            None,
        ),
        Some("TaskFailedToStart") => {
            let (code, advice) = explain_placement(stopped_reason);
            of(code, advice, None)
        }
        _ => match exited(task, task_definition) {
            Some(container) => {
                let (code, advice) = explain_exit(container.exit_code, container.image.as_deref());
                Some(Cause {
                    code,
                    advice,
                    container: Some(container),
                })
            }
            None => of(
                FailureCode::Stopped,
                "Look at the events of the service and at the logs of the task",
                None,
            ),
        },
    }
}

/// The container that ended the task: when it does, the others are told to stop (143) and killed
/// (137), so any other code comes first.
fn exited<'a>(task: &'a Task, task_definition: Option<&TaskDefinition>) -> Option<&'a Container> {
    let rank = |code: i32| match code {
        0 => 2,
        137 | 143 => 1,
        _ => 0,
    };
    let exited = task.containers.iter().filter_map(|container| {
        let essential = is_essential(task_definition, &container.name);
        Some((container, (!essential, rank(container.exit_code?))))
    });
    exited
        .min_by_key(|(_, order)| *order)
        .map(|(container, _)| container)
}

/// The words of ECS: what it says of the container and of the task, each once.
fn reason(task: &Task, container: Option<&Container>, code: FailureCode) -> String {
    let of_task = task.stopped_reason.as_deref().unwrap_or_default().trim();
    let of_container = container.and_then(|container| container.reason.as_deref());
    let of_container = of_container.unwrap_or_default().trim();
    let mut reason = match (of_task, of_container) {
        ("", "") => "ECS gave no reason".to_owned(),
        (one, "") | ("", one) => one.to_owned(),
        (of_task, of_container) if of_task.contains(of_container) => of_task.to_owned(),
        (of_task, of_container) if of_container.contains(of_task) => of_container.to_owned(),
        // "Essential container in task exited" adds nothing to why it could not be pulled.
        (_, of_container) if code != FailureCode::Exited => of_container.to_owned(),
        (of_task, of_container) => format!("{of_task}; {of_container}"),
    };
    if let (FailureCode::Exited, Some(exit_code)) =
        (code, container.and_then(|container| container.exit_code))
    {
        reason = format!("{} (exit code {exit_code})", reason.trim_end_matches('.'));
    }
    match reason.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}…", reason.get(..end).unwrap_or_default()),
        None => reason,
    }
}
