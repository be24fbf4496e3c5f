//! Where ECS has a service deployment of ours, its status decides.

use super::place::Place;
use super::{Doubt, Standing, Watch, waiting_hooks, word};
use crate::rollout::Outcome;
use crate::service::{ServiceDeployment, ServiceDeploymentStatus as Status};

impl Watch {
    pub(super) fn by_history(
        &mut self,
        deployment: &ServiceDeployment,
        place: &Place<'_>,
    ) -> Standing {
        let words = || why(deployment);
        match &deployment.status {
            Status::Successful => Standing::ended(
                Outcome::Completed,
                deployment
                    .status_reason
                    .clone()
                    .unwrap_or_else(|| "ECS calls the deployment successful".to_owned()),
            ),
            Status::RollbackSuccessful => Standing::ended(
                Outcome::RolledBack,
                words().unwrap_or_else(|| "ECS took the deployment back".to_owned()),
            ),
            Status::RollbackFailed => Standing::failed(
                words().unwrap_or_else(|| "ECS could not take the deployment back".to_owned()),
            ),
            Status::RollbackRequested | Status::RollbackInProgress => Standing::RollingBack {
                reason: words().unwrap_or_else(|| "ECS gave no reason".to_owned()),
            },
            Status::StopRequested | Status::Stopped => self.stopped(deployment, place),
            Status::Pending | Status::InProgress | Status::Other(_) => going_on(deployment),
        }
    }

    /// ECS stops a deployment because a later one was begun, because it failed and is not to be
    /// rolled back, or because somebody asked for it.
    fn stopped(&mut self, deployment: &ServiceDeployment, place: &Place<'_>) -> Standing {
        let triggered = has_failed(deployment);
        match place.later() {
            Some(later) if !triggered => {
                return Standing::Replaced {
                    by: Box::new(later.clone()),
                };
            }
            _ => {}
        }
        // What DescribeServices says may be older than this: a later deployment may still show.
        if !deployment.status.is_terminal()
            || !(triggered || self.patience.is_over(Doubt::NobodyElse))
        {
            return going_on(deployment);
        }
        Standing::failed(why(deployment).unwrap_or_else(|| "ECS stopped the deployment".to_owned()))
    }
}

fn going_on(deployment: &ServiceDeployment) -> Standing {
    let hooks: Vec<_> = waiting_hooks(deployment).cloned().collect();
    if !hooks.is_empty() {
        return Standing::Paused { hooks };
    }
    Standing::UnderWay {
        status: word(&deployment.status),
        stage: deployment.lifecycle_stage.clone(),
    }
}

/// Whether the circuit breaker or an alarm ended it.
fn has_failed(deployment: &ServiceDeployment) -> bool {
    let breaker = deployment.circuit_breaker.as_ref();
    let alarms = deployment.alarms.as_ref();
    breaker.is_some_and(|breaker| breaker.status == "TRIGGERED")
        || alarms.is_some_and(|alarms| {
            alarms.status == "TRIGGERED" || !alarms.triggered_alarm_names.is_empty()
        })
}

/// All that ECS says of why.
fn why(deployment: &ServiceDeployment) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let rollback = deployment.rollback.as_ref();
    for said in [
        deployment.status_reason.as_deref(),
        rollback.and_then(|rollback| rollback.reason.as_deref()),
    ] {
        let said = said.map(|said| said.trim_end_matches('.').to_owned());
        parts.extend(said.filter(|said| !said.is_empty() && !parts.contains(said)));
    }
    if let Some(breaker) = &deployment.circuit_breaker
        && breaker.status == "TRIGGERED"
    {
        let (failed, may) = (breaker.failure_count, breaker.threshold);
        parts.push(format!(
            "the circuit breaker counted {failed} failed tasks of {may}"
        ));
    }
    if let Some(alarms) = &deployment.alarms
        && !alarms.triggered_alarm_names.is_empty()
    {
        parts.push(format!(
            "alarms went off: {}",
            alarms.triggered_alarm_names.join(", ")
        ));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}
