//! What can be done with service deployments.

use chrono::TimeDelta;
use tokio::time::Instant;

use super::record::Record;
use super::refusal::{Aws, refuse};
use super::service::Service;
use super::state::State;
use crate::service::{HookAction, HookStatus, RolloutState, ServiceDeploymentStatus};
use crate::{Error, ErrorKind, Result};

/// How long ECS keeps service deployments.
const KEPT_DAYS: i64 = 90;

impl State {
    /// Refuses what an endpoint without service deployments does not know.
    pub(super) fn has_service_deployments(&self) -> Result<()> {
        if self.world.service_deployments {
            return Ok(());
        }
        Err(refuse(
            ErrorKind::UnsupportedOperation,
            Aws::UnsupportedOperation,
            "The operation is not known.",
        ))
    }

    /// The service deployments of a service that ECS still knows, newest first.
    pub(super) fn history<'a>(&'a self, service: &'a Service) -> impl Iterator<Item = &'a Record> {
        let now = self.world.time(Instant::now());
        let of_ecs = service.controller == "ECS";
        let records = service.records.iter().rev().filter(move |_| of_ecs);
        records.filter(move |record| {
            now - self.world.time(record.created) <= TimeDelta::days(KEPT_DAYS)
        })
    }

    /// The service that the ARN of a service deployment or revision names.
    pub(super) fn named_in(&self, arn: &str) -> Option<&Service> {
        let mut parts = arn.split('/').skip(1);
        self.cluster(parts.next()?).ok()?.get(parts.next()?)
    }

    /// ContinueServiceDeployment.
    pub(super) fn continue_deployment(
        &mut self,
        arn: &str,
        hook_id: &str,
        action: HookAction,
        missing: bool,
    ) -> Result<()> {
        let now = Instant::now();
        self.on_record(arn, missing, |service, index| {
            let record = service.records.get_mut(index).ok_or_else(unknown)?;
            let mut hooks = record.hooks.iter_mut();
            let hook = hooks
                .find(|hook| hook.id == hook_id && hook.status == HookStatus::AwaitingAction)
                .ok_or_else(|| conflict("The lifecycle hook is not awaiting action."))?;
            hook.ends = None;
            hook.status = match action {
                HookAction::Continue => HookStatus::Succeeded,
                HookAction::Rollback => HookStatus::Failed,
            };
            Ok(false)
        })?;
        self.step(now);
        Ok(())
    }

    /// StopServiceDeployment, with the one kind that there is: ROLLBACK.
    pub(super) fn stop_deployment(&mut self, arn: &str, missing: bool) -> Result<()> {
        use ServiceDeploymentStatus::{
            InProgress, Pending, RollbackInProgress, RollbackRequested, StopRequested,
        };
        let now = Instant::now();
        let delay = self.world.pace.scheduling;
        self.on_record(arn, missing, |service, index| {
            let can_go_back = service.completed.is_some();
            let record = service.records.get_mut(index).ok_or_else(unknown)?;
            match record.status {
                Pending | InProgress if can_go_back => {
                    record.status = RollbackRequested;
                    record.reason = Some(format!("Service deployment: {STOPPED}."));
                    record.rolls_back = Some(now + delay);
                    Ok(true)
                }
                Pending | InProgress => {
                    record.status = StopRequested;
                    record.reason = Some(format!("Service deployment: {STOPPED}."));
                    record.stops = Some(now + delay);
                    if let Some(primary) = service.rollouts.first_mut() {
                        primary.halted = true;
                        primary.state = RolloutState::Failed;
                        primary.reason = format!("ECS deployment failed: {STOPPED}.");
                        primary.progress.end();
                    }
                    Ok(true)
                }
                StopRequested | RollbackRequested | RollbackInProgress => Ok(false),
                _ => Err(conflict(
                    "The service deployment is already in a final state.",
                )),
            }
        })
    }

    fn on_record(
        &mut self,
        arn: &str,
        missing: bool,
        act: impl FnOnce(&mut Service, usize) -> Result<bool>,
    ) -> Result<()> {
        self.has_service_deployments()?;
        let (mut services, _) = self.services_mut();
        let found = services.find_map(|service| {
            let index = service
                .records
                .iter()
                .position(|record| record.arn == arn)?;
            Some((service, index))
        });
        let (service, index) = found.filter(|_| !missing).ok_or_else(unknown)?;
        service.remember();
        act(service, index).map(drop)
    }
}

/// Why a service deployment ends that somebody stopped.
pub(super) const STOPPED: &str = "stop requested by the user";

fn unknown() -> Error {
    refuse(
        ErrorKind::ServiceDeploymentNotFound,
        Aws::ServiceDeploymentNotFound,
        "Service deployment not found.",
    )
}

fn conflict(words: &str) -> Error {
    refuse(ErrorKind::Conflict, Aws::Conflict, words)
}
