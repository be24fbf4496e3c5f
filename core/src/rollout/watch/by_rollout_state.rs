//! Where there is no service deployment of ours, the entries of `deployments` decide.

use serde_json::Value;

use super::place::Place;
use super::{Doubt, Standing, Watch, word};
use crate::rollout::Outcome;
use crate::service::{Deployment, RolloutState, ServiceSnapshot};

impl Watch {
    pub(super) fn by_rollout_state(
        &mut self,
        service: &ServiceSnapshot,
        place: &Place<'_>,
    ) -> Standing {
        // It was visible once: an answer without it is stale, and its status is what counts.
        if self.has_history {
            return self.standing.clone();
        }
        // A rollback can be over before the next look: then only the events still tell of it.
        if self.had_failed.is_none() {
            self.had_failed = announced_failure(service, &self.ours.id);
        }
        match place {
            Place::Latest(ours) => self.latest(ours, service),
            Place::Behind {
                ours,
                latest,
                later,
            } => self.behind(ours, *latest, *later, service),
            Place::Absent { latest, later } => self.absent(*latest, *later, service),
        }
    }

    fn latest(&mut self, ours: &Deployment, service: &ServiceSnapshot) -> Standing {
        match &ours.rollout_state {
            Some(RolloutState::Completed) => {
                // ECS has service deployments here: ours may only not be visible yet, and says more.
                if service.current_service_deployment.is_some()
                    && !self.patience.is_over(Doubt::NoHistory)
                {
                    return under_way(ours);
                }
                Standing::ended(
                    Outcome::Completed,
                    said(ours).unwrap_or_else(|| "ECS calls the rollout completed".to_owned()),
                )
            }
            Some(RolloutState::Failed) => {
                let reason =
                    said(ours).unwrap_or_else(|| "ECS calls the rollout failed".to_owned());
                self.had_failed = Some(reason.clone());
                if rolls_back(service) && !self.patience.is_over(Doubt::NoRollbackYet) {
                    return Standing::RollingBack { reason };
                }
                Standing::failed(reason)
            }
            Some(RolloutState::InProgress | RolloutState::Other(_)) => under_way(ours),
            None => self.without_state(ours, service),
        }
    }

    /// Behind a Classic load balancer ECS says nothing but numbers. They are those of our
    /// deployment, and it has to be the only one that is left.
    fn without_state(&mut self, ours: &Deployment, service: &ServiceSnapshot) -> Standing {
        let steady = service.deployments.len() == 1
            && ours.running_count == ours.desired_count
            && ours.pending_count == 0
            && ours.failed_tasks == 0;
        if steady && self.patience.is_over(Doubt::Steady) {
            return Standing::ended(
                Outcome::Completed,
                format!(
                    "it is the only deployment left and {} of {} tasks run; ECS reports no state \
                     here",
                    ours.running_count, ours.desired_count
                ),
            );
        }
        under_way(ours)
    }

    fn behind(
        &mut self,
        ours: &Deployment,
        latest: Option<&Deployment>,
        later: bool,
        service: &ServiceSnapshot,
    ) -> Standing {
        match ours.rollout_state {
            Some(RolloutState::Completed) => {
                return Standing::ended(
                    Outcome::Completed,
                    said(ours).unwrap_or_else(|| "ECS calls the rollout completed".to_owned()),
                );
            }
            Some(RolloutState::Failed) => self.had_failed = said(ours).or(Some(String::new())),
            _ => {}
        }
        let Some(latest) = latest else {
            return under_way(ours);
        };
        if self.had_failed.is_some() {
            return self.taken_back(latest, later, service);
        }
        if later && !tells_of_rollback(latest) {
            return Standing::Replaced {
                by: Box::new(latest.clone()),
            };
        }
        self.taken_back(latest, later, service)
    }

    fn absent(
        &mut self,
        latest: Option<&Deployment>,
        later: bool,
        service: &ServiceSnapshot,
    ) -> Standing {
        let Some(latest) = latest else {
            return self.unseen();
        };
        if self.had_failed.is_some() {
            return self.taken_back(latest, later, service);
        }
        if later {
            return Standing::Replaced {
                by: Box::new(latest.clone()),
            };
        }
        // One from before is the latest: a rollback, or an answer from before our write.
        if self.was_seen && self.patience.is_over(Doubt::Gone) {
            return self.taken_back(latest, later, service);
        }
        self.unseen()
    }

    fn unseen(&self) -> Standing {
        if self.was_seen {
            self.standing.clone()
        } else {
            Standing::NotVisibleYet
        }
    }

    /// It failed, or what was there before came back: where is the rollback?
    fn taken_back(
        &mut self,
        latest: &Deployment,
        later: bool,
        service: &ServiceSnapshot,
    ) -> Standing {
        let reason = self.had_failed.clone().filter(|reason| !reason.is_empty());
        let reason = reason
            .or_else(|| said(latest))
            .unwrap_or_else(|| "ECS put back what was there before".to_owned());
        if later && !tells_of_rollback(latest) && !announced_rollback(service, &self.ours) {
            return Standing::failed(format!(
                "{reason}; {} was deployed since",
                latest.task_definition.short()
            ));
        }
        match latest.rollout_state {
            Some(RolloutState::Completed) => Standing::ended(Outcome::RolledBack, reason),
            Some(RolloutState::Failed) => Standing::failed(format!(
                "{reason}; and the rollback to {} failed",
                latest.task_definition.short()
            )),
            _ => Standing::RollingBack { reason },
        }
    }
}

fn under_way(ours: &Deployment) -> Standing {
    let state = ours.rollout_state.as_ref();
    Standing::UnderWay {
        status: state.map_or_else(|| "no rolloutState".to_owned(), word),
        stage: None,
    }
}

fn said(deployment: &Deployment) -> Option<String> {
    deployment
        .rollout_state_reason
        .clone()
        .filter(|reason| !reason.is_empty())
}

/// Whether the latest deployment is ECS's own rollback. It says so in words only.
fn tells_of_rollback(latest: &Deployment) -> bool {
    said(latest).is_some_and(|reason| {
        let reason = reason.to_ascii_lowercase();
        reason.contains("rolling back") || reason.contains("rolled back")
    })
}

/// Why ECS gave the deployment up, as the events of the service tell it.
fn announced_failure(service: &ServiceSnapshot, id: &str) -> Option<String> {
    let ours = format!("(deployment {id}) ");
    service.events.iter().find_map(|event| {
        let (_, words) = event.message.split_once(&ours)?;
        words
            .starts_with("deployment failed")
            .then(|| words.to_owned())
    })
}

/// Whether the events of the service tell of a rollback since ours began.
fn announced_rollback(service: &ServiceSnapshot, ours: &Deployment) -> bool {
    let since = service
        .events
        .iter()
        .filter(|event| event.created_at >= ours.created_at);
    let mut since = since.map(|event| event.message.as_str());
    since.any(|message| message.contains("rolling back to deployment"))
}

/// Whether ECS is to roll back a deployment that fails; where that is not known, it may.
fn rolls_back(service: &ServiceSnapshot) -> bool {
    let Some(configuration) = &service.deployment_configuration else {
        return true;
    };
    ["/deploymentCircuitBreaker", "/alarms"].iter().any(|part| {
        let rollback = configuration.pointer(&format!("{part}/rollback"));
        rollback.and_then(Value::as_bool) == Some(true)
    })
}
