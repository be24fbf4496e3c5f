//! Service deployments and service revisions, from the SDK's types to those of the library.

use aws_sdk_ecs::types;

use super::values::{Read, Unusable, count, revision, some_text, some_time, text, time};
use crate::service::{
    CircuitBreakerState, DeploymentAlarms, HookStatus, LifecycleHook, RevisionCount, RevisionImage,
    Rollback, ServiceDeployment, ServiceDeploymentStatus, ServiceRevision,
};

/// A service deployment as `DescribeServiceDeployments` tells it.
pub(super) fn service_deployment(deployment: &types::ServiceDeployment) -> Read<ServiceDeployment> {
    let target = deployment.target_service_revision();
    let target = target.and_then(|target| target.arn());
    let sources = deployment.source_service_revisions().iter();
    let hooks = deployment.lifecycle_hook_details().iter();
    Ok(ServiceDeployment {
        arn: text(deployment.service_deployment_arn(), "serviceDeploymentArn")?,
        status: status(deployment.status())?,
        status_reason: some_text(deployment.status_reason()),
        lifecycle_stage: deployment
            .lifecycle_stage()
            .map(|stage| stage.as_str().to_owned()),
        target_service_revision: text(target, "targetServiceRevision")?,
        source_service_revisions: sources.map(source).collect::<Read<_>>()?,
        rollback: deployment.rollback().map(rollback).transpose()?,
        circuit_breaker: deployment.deployment_circuit_breaker().map(breaker),
        alarms: deployment.alarms().map(alarms),
        lifecycle_hooks: hooks.map(hook).collect::<Read<_>>()?,
        created_at: time(deployment.created_at(), "createdAt")?,
        started_at: some_time(deployment.started_at()),
        // One that was stopped has only `stoppedAt` for its end.
        finished_at: some_time(deployment.finished_at())
            .or_else(|| some_time(deployment.stopped_at())),
    })
}

/// A service deployment as `ListServiceDeployments` tells it: less.
pub(super) fn brief(brief: &types::ServiceDeploymentBrief) -> Read<ServiceDeployment> {
    Ok(ServiceDeployment {
        arn: text(brief.service_deployment_arn(), "serviceDeploymentArn")?,
        status: status(brief.status())?,
        status_reason: some_text(brief.status_reason()),
        lifecycle_stage: None,
        target_service_revision: text(
            brief.target_service_revision_arn(),
            "targetServiceRevisionArn",
        )?,
        source_service_revisions: Vec::new(),
        rollback: None,
        circuit_breaker: None,
        alarms: None,
        lifecycle_hooks: Vec::new(),
        created_at: time(brief.created_at(), "createdAt")?,
        started_at: some_time(brief.started_at()),
        finished_at: some_time(brief.finished_at()),
    })
}

fn status(status: Option<&types::ServiceDeploymentStatus>) -> Read<ServiceDeploymentStatus> {
    let status = status.ok_or(Unusable("status"))?;
    Ok(match status.as_str() {
        "PENDING" => ServiceDeploymentStatus::Pending,
        "IN_PROGRESS" => ServiceDeploymentStatus::InProgress,
        "STOP_REQUESTED" => ServiceDeploymentStatus::StopRequested,
        "ROLLBACK_REQUESTED" => ServiceDeploymentStatus::RollbackRequested,
        "ROLLBACK_IN_PROGRESS" => ServiceDeploymentStatus::RollbackInProgress,
        "SUCCESSFUL" => ServiceDeploymentStatus::Successful,
        "STOPPED" => ServiceDeploymentStatus::Stopped,
        "ROLLBACK_SUCCESSFUL" => ServiceDeploymentStatus::RollbackSuccessful,
        "ROLLBACK_FAILED" => ServiceDeploymentStatus::RollbackFailed,
        other => ServiceDeploymentStatus::Other(other.to_owned()),
    })
}

fn source(summary: &types::ServiceRevisionSummary) -> Read<RevisionCount> {
    Ok(RevisionCount {
        arn: text(summary.arn(), "sourceServiceRevisions[].arn")?,
        requested_task_count: count(summary.requested_task_count()),
        running_task_count: count(summary.running_task_count()),
        pending_task_count: count(summary.pending_task_count()),
    })
}

fn rollback(rollback: &types::Rollback) -> Read<Rollback> {
    Ok(Rollback {
        reason: some_text(rollback.reason()),
        started_at: some_time(rollback.started_at()),
        service_revision_arn: text(
            rollback.service_revision_arn(),
            "rollback.serviceRevisionArn",
        )?,
    })
}

fn breaker(breaker: &types::ServiceDeploymentCircuitBreaker) -> CircuitBreakerState {
    CircuitBreakerState {
        status: monitor(breaker.status()),
        failure_count: count(breaker.failure_count()),
        threshold: count(breaker.threshold()),
    }
}

fn alarms(alarms: &types::ServiceDeploymentAlarms) -> DeploymentAlarms {
    DeploymentAlarms {
        status: monitor(alarms.status()),
        alarm_names: alarms.alarm_names().to_vec(),
        triggered_alarm_names: alarms.triggered_alarm_names().to_vec(),
    }
}

fn monitor(status: Option<&types::ServiceDeploymentRollbackMonitorsStatus>) -> String {
    status
        .map_or("DISABLED", |status| status.as_str())
        .to_owned()
}

/// The stage of a hook is not told: it is the `lifecycleStage` of the deployment while it waits.
fn hook(hook: &types::DeploymentLifecycleHookDetail) -> Read<LifecycleHook> {
    let status = hook
        .status()
        .map(types::DeploymentLifecycleHookStatus::as_str);
    Ok(LifecycleHook {
        hook_id: text(hook.hook_id(), "lifecycleHookDetails[].hookId")?,
        stage: None,
        status: match status.ok_or(Unusable("lifecycleHookDetails[].status"))? {
            "AWAITING_ACTION" => HookStatus::AwaitingAction,
            "IN_PROGRESS" => HookStatus::InProgress,
            "SUCCEEDED" => HookStatus::Succeeded,
            "FAILED" => HookStatus::Failed,
            "TIMED_OUT" => HookStatus::TimedOut,
            other => HookStatus::Other(other.to_owned()),
        },
        expires_at: some_time(hook.expires_at()),
        timeout_action: hook
            .timeout_action()
            .map(|action| action.as_str().to_owned()),
    })
}

/// A service revision.
pub(super) fn service_revision(given: &types::ServiceRevision) -> Read<ServiceRevision> {
    let images = given.container_images().iter();
    Ok(ServiceRevision {
        arn: text(given.service_revision_arn(), "serviceRevisionArn")?,
        task_definition: revision(given.task_definition(), "taskDefinition")?,
        container_images: images.map(image).collect::<Read<_>>()?,
        created_at: time(given.created_at(), "createdAt")?,
    })
}

fn image(image: &types::ContainerImage) -> Read<RevisionImage> {
    Ok(RevisionImage {
        container_name: text(image.container_name(), "containerImages[].containerName")?,
        image: some_text(image.image()),
        // What is no digest proves nothing, as if it were absent.
        image_digest: image.image_digest().and_then(|digest| digest.parse().ok()),
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecs::primitives::DateTime;

    use super::*;

    fn deployment() -> types::builders::ServiceDeploymentBuilder {
        types::ServiceDeployment::builder()
            .service_deployment_arn(
                "arn:aws:ecs:eu-central-1:123456789012:service-deployment/c/s/1",
            )
            .status("IN_PROGRESS".into())
            .target_service_revision(types::ServiceRevisionSummary::builder().arn("r2").build())
            .created_at(DateTime::from_secs(1_755_693_900))
    }

    #[test]
    fn a_status_stage_or_hook_that_is_not_known_survives_and_is_no_end() {
        let hook = types::DeploymentLifecycleHookDetail::builder()
            .hook_id("h1")
            .status("SNOOZED".into())
            .timeout_action("RETRY".into())
            .build();
        let given = deployment()
            .status("ROLLBACK_PAUSED".into())
            .lifecycle_stage("PRE_PRODUCTION_TRAFFIC_SHIFT".into())
            .lifecycle_hook_details(hook)
            .build();
        let read = service_deployment(&given).unwrap();
        let status = ServiceDeploymentStatus::Other("ROLLBACK_PAUSED".to_owned());
        assert_eq!(read.status, status);
        assert!(!read.status.is_terminal());
        let stage = read.lifecycle_stage.as_deref();
        assert_eq!(stage, Some("PRE_PRODUCTION_TRAFFIC_SHIFT"));
        let hook = &read.lifecycle_hooks[0];
        assert_eq!(hook.status, HookStatus::Other("SNOOZED".to_owned()));
        assert_eq!(hook.timeout_action.as_deref(), Some("RETRY"));
    }

    #[test]
    fn a_stopped_deployment_ended_when_it_was_stopped() {
        let stopped = deployment()
            .status("STOPPED".into())
            .stopped_at(DateTime::from_secs(1_755_694_000))
            .build();
        let read = service_deployment(&stopped).unwrap();
        let end = read.finished_at.map(|at| at.timestamp());
        assert_eq!(end, Some(1_755_694_000));
    }

    #[test]
    fn a_digest_that_is_none_is_not_one() {
        let image = |digest: &str| {
            let image = types::ContainerImage::builder().container_name("app");
            super::image(&image.image_digest(digest).build()).unwrap()
        };
        assert_eq!(image("pending").image_digest, None);
        let digest = format!("sha256:{}", "a".repeat(64));
        let read = image(&digest).image_digest.unwrap();
        assert_eq!(read.as_str(), digest);
    }
}
