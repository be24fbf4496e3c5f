//! The requests that change the service.

use std::time::Duration;

use super::register::leaves_open;
use super::service::read_service;
use super::{Drive, Patience, Stop, senseless};
use crate::rollout::order::{Begun, Entry, Revision, Seen};
use crate::rollout::{DeployedVersion, Event, LeftBehind, Watch};
use crate::service::{Deployment, ServiceSnapshot, ServiceUpdate};
use crate::{Error, ErrorKind, Result};

/// What a rollout owes others for a write of its own is done also after the deadline: so much longer.
pub(super) const OWED: Duration = Duration::from_mins(2);
/// After this time a request that nobody answered is taken not to come into effect any more. ECS
/// documents no such time. It is four times the longest delay where that is less: who asks that
/// often knows an endpoint that is quick.
const UNANSWERED_SETTLES: Duration = Duration::from_mins(1);
/// After this time a read shows what a request did that was answered with an error.
const ANSWERED_SETTLES: Duration = Duration::from_secs(10);
/// How often a restart is tried whose answers are lost.
const RESTARTS: u8 = 3;

/// What came of a write.
pub(super) struct Written {
    pub(super) seen: Seen<Revision, Begun>,
    /// The deployment that it began, ready to be followed.
    pub(super) watch: Option<(Begun, Watch)>,
    /// What kept it from being done, or from being known.
    pub(super) error: Option<Error>,
}

/// How long to wait before a read tells whether a request with this error was done.
pub(super) fn settles(patience: &Patience, error: &Error) -> Duration {
    match error.kind() {
        ErrorKind::Timeout => UNANSWERED_SETTLES.min(patience.longest_delay() * 4),
        _ => ANSWERED_SETTLES.min(patience.longest_delay()),
    }
}

impl Drive<'_> {
    /// Tells the service to run `target`, once. `in_place` is what was in place at the last read.
    pub(super) async fn write(
        &mut self,
        target: &Revision,
        mine: bool,
        in_place: Option<&Begun>,
    ) -> Result<Written, Stop> {
        let update = ServiceUpdate {
            task_definition: Some(target.task_definition.clone()),
            force_new_deployment: None,
            deployment_configuration: self
                .request
                .deployment_configuration
                .clone()
                .filter(|_| mine),
        };
        let patience = self.patience_for(mine);
        let before = self.left.behind();
        self.left.now(LeftBehind::Unknown {
            task_definition: Some(target.task_definition.clone()),
        });
        match self.send(&patience, &update).await {
            Ok(answer) => Ok(self.answered(target, mine, in_place, &answer)),
            Err(error) if leaves_open(error.kind()) => {
                tracing::warn!(%error, "an update was not answered; reading back");
                patience.teller().tell(&Event::Retrying {
                    code: error.code().to_owned(),
                    message: error.message().to_owned(),
                    next_delay: settles(&patience, &error),
                });
                Ok(Written {
                    seen: Seen::Lost,
                    watch: None,
                    error: Some(error),
                })
            }
            Err(error) => {
                self.left.now(before);
                if mine && error.is_retryable() {
                    return Err(Stop::Deadline(Some(error)));
                }
                Ok(Written {
                    seen: Seen::Refused,
                    watch: None,
                    error: Some(error),
                })
            }
        }
    }

    /// What is ours ends with the deadline; what is owed to others goes on a little longer.
    pub(super) fn patience_for(&self, mine: bool) -> Patience {
        if mine {
            self.patience.clone()
        } else {
            self.patience.at_least(OWED)
        }
    }

    /// Sends an update; again only when it was throttled, which means that it was not done.
    async fn send(&self, patience: &Patience, update: &ServiceUpdate) -> Result<ServiceSnapshot> {
        let (control, service) = (self.reader.control, self.reader.service);
        let mut pace = patience.pace();
        loop {
            let answer = patience.once(control.update_service(service, update)).await;
            match answer {
                Err(error) if error.kind() == ErrorKind::Throttled => {
                    if !pace.after(&error, patience.teller()).await {
                        return Err(error);
                    }
                }
                other => return other,
            }
        }
    }

    fn answered(
        &mut self,
        target: &Revision,
        mine: bool,
        in_place: Option<&Begun>,
        answer: &ServiceSnapshot,
    ) -> Written {
        self.reader.ledger.see(answer);
        let ours = answer
            .primary()
            .filter(|primary| primary.task_definition == target.task_definition);
        let Some(ours) = ours else {
            // The answer of some other moment: look what there is.
            let error = senseless("ECS answered the update with another deployment than it began");
            return Written {
                seen: Seen::Lost,
                watch: None,
                error: Some(error),
            };
        };
        let others = self.reader.ledger.replaced(answer);
        let replaced = others
            .first()
            .map(|other| self.reader.ledger.entry(other))
            .filter(|entry: &Entry<_, _>| in_place.is_some_and(|before| entry.id >= *before))
            .filter(|entry| {
                self.reader
                    .ledger
                    .knows_version(&entry.target.task_definition)
            });
        let names: Vec<_> = others.iter().map(|other| self.named(other)).collect();
        let began = self.reader.ledger.id_of(ours);
        let is_new = in_place != Some(&began);
        if is_new {
            self.left.now(LeftBehind::Updating {
                task_definition: target.task_definition.clone(),
                deployment_id: Some(ours.id.clone()),
            });
            self.tell(&Event::Updated {
                deployment_id: ours.id.clone(),
                task_definition: target.task_definition.clone(),
                replaced: names.clone(),
            });
        }
        if mine {
            self.draft.deployment_id(&ours.id);
            self.draft.replaced(names);
        } else {
            let restored = self.named(ours);
            self.draft.healed(restored.clone());
            self.tell(&Event::Healed { restored });
        }
        let watch = Watch::of(answer).map(|watch| (began.clone(), watch));
        Written {
            seen: Seen::Written {
                id: began,
                replaced,
            },
            watch,
            error: None,
        }
    }

    pub(super) fn named(&self, deployment: &Deployment) -> DeployedVersion {
        let revision = self.reader.ledger.revision(&deployment.task_definition);
        DeployedVersion {
            deployment_id: Some(deployment.id.clone()),
            task_definition: Some(revision.task_definition),
            version: revision.version,
        }
    }

    /// Starts all tasks of what is in place anew. It names no task definition, so that it can never put
    /// an older one in the place of what somebody else deployed in between.
    pub(super) async fn restart(
        &mut self,
        before: &Deployment,
    ) -> Result<Option<(Begun, Watch)>, Stop> {
        let update = ServiceUpdate {
            task_definition: None,
            force_new_deployment: Some(true),
            deployment_configuration: self.request.deployment_configuration.clone(),
        };
        let was_left = self.left.behind();
        let patience = self.patience.clone();
        let mut tries = RESTARTS;
        loop {
            self.left.now(LeftBehind::Unknown {
                task_definition: Some(before.task_definition.clone()),
            });
            let error = match self.send(&patience, &update).await {
                Ok(answer) => return Ok(self.restarted(&answer)),
                Err(error) => error,
            };
            if !leaves_open(error.kind()) {
                self.left.now(was_left);
                return Err(if error.is_retryable() {
                    Stop::Deadline(Some(error))
                } else {
                    Stop::Error(error)
                });
            }
            let settled = self.patience.for_just(settles(&patience, &error));
            let mut pace = settled.pace();
            loop {
                let (control, service) = (self.reader.control, self.reader.service);
                let now = patience.read(|| read_service(control, service)).await?;
                let begun = now.primary().is_some_and(|primary| primary.id != before.id);
                if begun {
                    return Ok(self.restarted(&now));
                }
                if !pace.pause().await {
                    break;
                }
            }
            tries = tries.saturating_sub(1);
            if tries == 0 {
                self.left.now(was_left);
                return Err(Stop::Error(error));
            }
        }
    }

    fn restarted(&mut self, answer: &ServiceSnapshot) -> Option<(Begun, Watch)> {
        self.reader.ledger.see(answer);
        let primary = answer.primary()?;
        self.left.now(LeftBehind::Updating {
            task_definition: primary.task_definition.clone(),
            deployment_id: Some(primary.id.clone()),
        });
        self.draft.deployment_id(&primary.id);
        self.tell(&Event::Updated {
            deployment_id: primary.id.clone(),
            task_definition: primary.task_definition.clone(),
            replaced: self
                .reader
                .ledger
                .replaced(answer)
                .into_iter()
                .map(|other| self.named(other))
                .collect(),
        });
        let begun = self.reader.ledger.id_of(primary);
        Some((begun, Watch::of(answer)?))
    }

    /// Changes how the service is deployed, and nothing else: that begins no deployment, and can be
    /// repeated.
    pub(super) async fn configure(&mut self) -> Result<(), Stop> {
        let (control, service) = (self.reader.control, self.reader.service);
        let update = ServiceUpdate {
            deployment_configuration: self.request.deployment_configuration.clone(),
            ..ServiceUpdate::default()
        };
        let read = self
            .patience
            .read(|| control.update_service(service, &update));
        read.await.map(drop)
    }
}
