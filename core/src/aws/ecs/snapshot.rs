//! Services and their deployments, from the SDK's types to those of the library.
//!
//! By hand and from typed answers, so that the compiler knows the names of members. What has to pass
//! unchanged, `deploymentConfiguration`, is taken from the JSON of the answer.

use aws_sdk_ecs::types;
use serde_json::Value;

use super::values::{Read, Unusable, count, revision, some_text, some_time, text, time};
use crate::service::{
    Deployment, DeploymentStatus, LoadBalancer, RolloutState, ServiceEvent, ServiceSnapshot,
};

/// A service; `configuration` is its `deploymentConfiguration` as ECS wrote it.
pub(super) fn snapshot(
    service: &types::Service,
    configuration: Option<Value>,
) -> Read<ServiceSnapshot> {
    let deployments = service.deployments().iter().map(deployment);
    Ok(ServiceSnapshot {
        service_arn: text(service.service_arn(), "serviceArn")?,
        service_name: text(service.service_name(), "serviceName")?,
        cluster_arn: text(service.cluster_arn(), "clusterArn")?,
        status: text(service.status(), "status")?,
        deployment_controller: service
            .deployment_controller()
            .map_or("ECS", |controller| controller.r#type().as_str())
            .to_owned(),
        task_definition: match service.task_definition() {
            None | Some("") => None,
            given => Some(revision(given, "taskDefinition")?),
        },
        desired_count: count(service.desired_count()),
        running_count: count(service.running_count()),
        pending_count: count(service.pending_count()),
        deployments: deployments.collect::<Read<_>>()?,
        current_service_deployment: some_text(service.current_service_deployment()),
        deployment_configuration: configuration.filter(|configuration| !configuration.is_null()),
        load_balancers: service.load_balancers().iter().map(load_balancer).collect(),
        health_check_grace_period_seconds: service.health_check_grace_period_seconds().map(count),
        events: service.events().iter().filter_map(event).collect(),
        created_at: some_time(service.created_at()),
    })
}

fn deployment(deployment: &types::Deployment) -> Read<Deployment> {
    let created_at = time(deployment.created_at(), "deployments[].createdAt")?;
    Ok(Deployment {
        id: text(deployment.id(), "deployments[].id")?,
        status: match deployment.status() {
            Some("PRIMARY") => DeploymentStatus::Primary,
            Some("ACTIVE") => DeploymentStatus::Active,
            Some("INACTIVE") => DeploymentStatus::Inactive,
            Some(other) => DeploymentStatus::Other(other.to_owned()),
            None => return Err(Unusable("deployments[].status")),
        },
        task_definition: revision(deployment.task_definition(), "deployments[].taskDefinition")?,
        desired_count: count(deployment.desired_count()),
        pending_count: count(deployment.pending_count()),
        running_count: count(deployment.running_count()),
        failed_tasks: count(deployment.failed_tasks()),
        rollout_state: deployment
            .rollout_state()
            .map(|state| match state.as_str() {
                "IN_PROGRESS" => RolloutState::InProgress,
                "COMPLETED" => RolloutState::Completed,
                "FAILED" => RolloutState::Failed,
                other => RolloutState::Other(other.to_owned()),
            }),
        rollout_state_reason: some_text(deployment.rollout_state_reason()),
        created_at,
        updated_at: some_time(deployment.updated_at()).unwrap_or(created_at),
    })
}

fn load_balancer(balancer: &types::LoadBalancer) -> LoadBalancer {
    LoadBalancer {
        target_group_arn: some_text(balancer.target_group_arn()),
        alternate_target_group_arn: balancer
            .advanced_configuration()
            .and_then(|advanced| some_text(advanced.alternate_target_group_arn())),
        container_name: some_text(balancer.container_name()),
        container_port: balancer
            .container_port()
            .and_then(|port| u16::try_from(port).ok()),
    }
}

/// Events are for people: one that is not whole is passed over.
fn event(event: &types::ServiceEvent) -> Option<ServiceEvent> {
    Some(ServiceEvent {
        id: event.id().unwrap_or_default().to_owned(),
        created_at: some_time(event.created_at())?,
        message: some_text(event.message())?,
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecs::primitives::DateTime;
    use serde_json::json;

    use super::*;

    const REVISION: &str = "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7";

    fn service() -> types::builders::ServiceBuilder {
        types::Service::builder()
            .service_arn("arn:aws:ecs:eu-central-1:123456789012:service/previews/app")
            .service_name("app")
            .cluster_arn("arn:aws:ecs:eu-central-1:123456789012:cluster/previews")
            .status("ACTIVE")
    }

    fn primary() -> types::builders::DeploymentBuilder {
        types::Deployment::builder()
            .id("ecs-svc/1")
            .status("PRIMARY")
            .task_definition(REVISION)
            .created_at(DateTime::from_secs_and_nanos(1_755_693_900, 123_000_000))
    }

    #[test]
    fn what_this_library_does_not_know_survives_as_ecs_wrote_it() {
        let deployment = primary()
            .status("STANDBY")
            .rollout_state("PAUSED".into())
            .build();
        let service = service().deployments(deployment).build();
        let configuration = json!({"strategy": "SPIRAL", "newMember": {"a": [1]}});
        let snapshot = snapshot(&service, Some(configuration.clone())).unwrap();
        let deployment = &snapshot.deployments[0];
        assert_eq!(
            deployment.status,
            DeploymentStatus::Other("STANDBY".to_owned())
        );
        let state = Some(RolloutState::Other("PAUSED".to_owned()));
        assert_eq!(deployment.rollout_state, state);
        assert_eq!(snapshot.deployment_configuration, Some(configuration));
    }

    #[test]
    fn an_absent_controller_means_ecs_and_other_controllers_need_no_task_definition() {
        let plain = snapshot(&service().build(), None).unwrap();
        assert_eq!(plain.deployment_controller, "ECS");
        let controller = types::DeploymentController::builder().r#type("EXTERNAL".into());
        let service = service().deployment_controller(controller.build().unwrap());
        let external = snapshot(&service.build(), None).unwrap();
        assert_eq!(external.deployment_controller, "EXTERNAL");
        assert_eq!(external.task_definition, None);
    }

    #[test]
    fn times_keep_their_fraction() {
        let service = service().deployments(primary().build()).build();
        let deployment = snapshot(&service, None).unwrap().deployments.remove(0);
        assert_eq!(
            deployment.created_at.to_rfc3339(),
            "2025-08-20T12:45:00.123+00:00"
        );
        assert_eq!(deployment.updated_at, deployment.created_at);
    }

    #[test]
    fn a_deployment_without_its_id_is_no_answer() {
        let nameless = types::Deployment::builder()
            .status("PRIMARY")
            .task_definition(REVISION)
            .created_at(DateTime::from_secs(1_755_693_900));
        let service = service().deployments(nameless.build()).build();
        assert_eq!(snapshot(&service, None), Err(Unusable("deployments[].id")));
    }
}
