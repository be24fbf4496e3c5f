//! Which service deployment is ours.

use crate::service::{Deployment, ServiceDeployment, ServiceRevision};

/// The service deployment that belongs to our entry among the `deployments` of a service.
///
/// ECS links the two nowhere. Ours was not there before the write (`known`, by ARN), and its target
/// is a revision with our task definition; of several, the one that was made nearest to our entry is
/// ours. `None` while it is not visible.
pub fn service_deployment_of<'a>(
    ours: &Deployment,
    known: &[String],
    seen: &'a [ServiceDeployment],
    revisions: &[ServiceRevision],
) -> Option<&'a ServiceDeployment> {
    let runs_ours = |deployment: &&ServiceDeployment| {
        revisions.iter().any(|revision| {
            revision.arn == deployment.target_service_revision
                && revision.task_definition == ours.task_definition
        })
    };
    seen.iter()
        .filter(|deployment| !known.contains(&deployment.arn))
        .filter(runs_ours)
        .min_by_key(|deployment| (deployment.created_at - ours.created_at).abs())
}
