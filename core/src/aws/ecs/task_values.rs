//! Tasks, from the SDK's types to those of the library.

use aws_sdk_ecs::types;

use super::values::{Read, revision, some_text, some_time, text};
use crate::service::{Container, HealthStatus, Task};

/// A task.
pub(super) fn task(task: &types::Task) -> Read<Task> {
    let containers = task.containers().iter().map(container);
    Ok(Task {
        task_arn: text(task.task_arn(), "taskArn")?,
        task_definition_arn: revision(task.task_definition_arn(), "taskDefinitionArn")?,
        last_status: text(task.last_status(), "lastStatus")?,
        desired_status: text(task.desired_status(), "desiredStatus")?,
        health_status: health(task.health_status()),
        started_by: some_text(task.started_by()),
        group: some_text(task.group()),
        stop_code: task.stop_code().map(|code| code.as_str().to_owned()),
        stopped_reason: some_text(task.stopped_reason()),
        created_at: some_time(task.created_at()),
        started_at: some_time(task.started_at()),
        stopped_at: some_time(task.stopped_at()),
        private_ipv4_address: address(task),
        containers: containers.collect::<Read<_>>()?,
    })
}

fn container(container: &types::Container) -> Read<Container> {
    Ok(Container {
        name: text(container.name(), "containers[].name")?,
        image: some_text(container.image()),
        image_digest: some_text(container.image_digest()),
        last_status: container.last_status().unwrap_or("PENDING").to_owned(),
        exit_code: container.exit_code(),
        reason: some_text(container.reason()),
        health_status: health(container.health_status()),
    })
}

fn health(status: Option<&types::HealthStatus>) -> HealthStatus {
    match status {
        Some(types::HealthStatus::Healthy) => HealthStatus::Healthy,
        Some(types::HealthStatus::Unhealthy) => HealthStatus::Unhealthy,
        _ => HealthStatus::Unknown,
    }
}

/// The address of the network interface of its own that a task has with `awsvpc`.
fn address(task: &types::Task) -> Option<String> {
    let details = task
        .attachments()
        .iter()
        .flat_map(types::Attachment::details);
    let of_interface = details
        .filter(|detail| detail.name() == Some("privateIPv4Address"))
        .find_map(|detail| some_text(detail.value()));
    // ECS tells it in two places; an emulator may know one alone.
    of_interface.or_else(|| {
        let containers = task.containers().iter();
        containers
            .flat_map(types::Container::network_interfaces)
            .find_map(|interface| some_text(interface.private_ipv4_address()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> types::builders::TaskBuilder {
        types::Task::builder()
            .task_arn("arn:aws:ecs:eu-central-1:123456789012:task/previews/1")
            .task_definition_arn("arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7")
            .last_status("RUNNING")
            .desired_status("RUNNING")
    }

    fn detail(name: &str, value: &str) -> types::KeyValuePair {
        types::KeyValuePair::builder()
            .name(name)
            .value(value)
            .build()
    }

    #[test]
    fn a_task_is_found_among_targets_by_the_address_of_its_interface() {
        let interface = types::Attachment::builder()
            .details(detail("networkInterfaceId", "eni-1"))
            .details(detail("privateIPv4Address", "10.0.1.7"))
            .build();
        let read = task(&given().attachments(interface).build()).unwrap();
        assert_eq!(read.private_ipv4_address.as_deref(), Some("10.0.1.7"));
        assert_eq!(task(&given().build()).unwrap().private_ipv4_address, None);
    }

    #[test]
    fn a_digest_that_is_not_told_is_absent_and_unknown_health_is_no_health() {
        let container = types::Container::builder().name("app").image_digest("");
        let read = given()
            .containers(container.health_status("DIZZY".into()).build())
            .stop_code("MoonPhase".into())
            .build();
        let read = task(&read).unwrap();
        assert_eq!(read.containers[0].image_digest, None);
        assert_eq!(read.containers[0].health_status, HealthStatus::Unknown);
        assert_eq!(read.stop_code.as_deref(), Some("MoonPhase"));
    }
}
