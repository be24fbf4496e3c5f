//! Asking for the targets of a service.

use super::{GroupHealth, TargetsProof, judge_targets};
use crate::Result;
use crate::ports::{ServiceControl, TargetGroups};
use crate::rollout::Meant;
use crate::rollout::proof::{look, snapshot};
use crate::service::{LoadBalancer, ServiceAddress, ServiceSnapshot, Task};

/// The same as [`look_at_targets`], with the service and its tasks asked for first: one
/// `DescribeServices`, and one `ListTasks` and one `DescribeTasks` per 100 tasks.
///
/// # Errors
/// `ServiceNotFound`, `ServiceNotActive`, and those of both ports.
pub async fn verify_targets(
    control: &dyn ServiceControl,
    port: &dyn TargetGroups,
    service: &ServiceAddress,
    meant: &Meant,
) -> Result<TargetsProof> {
    let snapshot = snapshot(control, service).await?;
    let look = look(control, service).await?;
    look_at_targets(port, &snapshot, &look.tasks, meant).await
}

/// Whether the running tasks of a service that run what was meant get traffic from each of its
/// target groups. One `DescribeTargetHealth` per group.
///
/// # Errors
/// Those of [`TargetGroups`].
pub async fn look_at_targets(
    port: &dyn TargetGroups,
    service: &ServiceSnapshot,
    tasks: &[Task],
    meant: &Meant,
) -> Result<TargetsProof> {
    let mut groups = Vec::new();
    for balancer in &service.load_balancers {
        if balancer.target_group_arn.is_some() {
            groups.push(group(port, balancer).await?);
        }
    }
    Ok(judge_targets(tasks, meant, &groups))
}

async fn group(port: &dyn TargetGroups, balancer: &LoadBalancer) -> Result<GroupHealth> {
    let arns = [
        &balancer.target_group_arn,
        &balancer.alternate_target_group_arn,
    ];
    let mut targets = Vec::new();
    for arn in arns.into_iter().flatten() {
        targets.extend(port.target_health(arn).await?);
    }
    Ok(GroupHealth {
        balancer: balancer.clone(),
        targets,
    })
}
