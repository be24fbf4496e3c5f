//! The target groups of the load balancers.

use async_trait::async_trait;

use super::fault::{ControlFaultKind, ControlOperation};
use super::memory_cluster::MemoryCluster;
use super::refusal::{Aws, refuse};
use super::service::group_of;
use super::task::TaskRecord;
use crate::ports::TargetGroups;
use crate::service::{TargetHealth, TargetState};
use crate::{ErrorKind, Result};

#[async_trait]
impl TargetGroups for MemoryCluster {
    async fn target_health(&self, target_group_arn: &str) -> Result<Vec<TargetHealth>> {
        let operation = ControlOperation::TargetHealth;
        let fault = self.called(operation, &[]).await?;
        let state = self.state();
        let mut known = false;
        let mut targets = Vec::new();
        for service in state.services() {
            let service = match fault {
                Some(ControlFaultKind::Stale) => service.lagging(),
                _ => service,
            };
            for balancer in &service.load_balancers {
                let is_here =
                    |alternate: bool| group_of(balancer, alternate) == Some(target_group_arn);
                known |= is_here(false) || is_here(true);
                let tasks = service.tasks.iter().filter(|task| is_here(task.alternate));
                targets.extend(tasks.filter_map(|task| task.as_target(balancer.container_port)));
            }
        }
        match fault {
            Some(ControlFaultKind::LostAnswer) => {
                return Err(ControlFaultKind::LostAnswer.error().unwrap_or_else(unknown));
            }
            Some(ControlFaultKind::Missing) => return Err(unknown()),
            _ => {}
        }
        if known { Ok(targets) } else { Err(unknown()) }
    }
}

fn unknown() -> crate::Error {
    refuse(
        ErrorKind::TargetGroupNotFound,
        Aws::TargetGroupNotFound,
        "One or more target groups not found",
    )
}

impl TaskRecord {
    /// As DescribeTargetHealth tells it, while it is registered.
    fn as_target(&self, port: Option<u16>) -> Option<TargetHealth> {
        let state = self.target.clone()?;
        let (reason, description) = match state {
            TargetState::Initial if self.started.is_none() => (
                Some("Elb.RegistrationInProgress"),
                Some("Target registration is in progress"),
            ),
            TargetState::Initial => (
                Some("Elb.InitialHealthChecking"),
                Some("Initial health checks in progress"),
            ),
            TargetState::Unhealthy => (
                Some("Target.FailedHealthChecks"),
                Some("Health checks failed"),
            ),
            TargetState::Draining | TargetState::UnhealthyDraining => (
                Some("Target.DeregistrationInProgress"),
                Some("Target deregistration is in progress"),
            ),
            _ => (None, None),
        };
        Some(TargetHealth {
            id: self.address.to_string(),
            port,
            state,
            reason: reason.map(str::to_owned),
            description: description.map(str::to_owned),
        })
    }
}
