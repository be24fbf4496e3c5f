//! Drives the protocol of [`order`](crate::rollout::order).

use super::target::Target;
use super::write::{OWED, Written, settles};
use super::{Drive, End, Stop, senseless};
use crate::rollout::configuration::changes;
use crate::rollout::order::{Begun, Bounds, Ending, Entry, Next, Order, Revision, Seen};
use crate::rollout::{DeployedVersion, Event, Intent, LeftBehind, Outcome, Until, Watch};
use crate::service::ServiceSnapshot;
use crate::{Error, Result};

/// The state of the protocol, beside the protocol itself.
pub(super) struct Progress {
    pub(super) mine: Revision,
    pub(super) order: Order<Revision, Begun>,
    /// What was in place at the last read.
    in_place: Option<Begun>,
    /// The deployment that is followed.
    pub(super) watch: Option<(Begun, Watch)>,
    /// The last write that was not answered or refused.
    error: Option<Error>,
    /// Whether a write of ours was made.
    pub(super) wrote: bool,
    /// Reads since the last write.
    reads: u32,
    /// Why the deployment that is followed ended well.
    pub(super) completed: Option<String>,
}

impl Drive<'_> {
    /// Has the target put in place, and follows it as far as it is to be followed.
    pub(super) async fn put_in_place(
        &mut self,
        service: &ServiceSnapshot,
        target: &Target,
    ) -> Result<End, Stop> {
        let mine = Revision {
            task_definition: target.revision.arn.clone(),
            version: target.version.clone(),
        };
        let intent = match self.request.unguarded {
            Some(_) => Intent::Rollback,
            None => self.request.intent,
        };
        let mut progress = Progress {
            order: Order::begin(mine.clone(), intent, Bounds::default()),
            mine,
            in_place: None,
            watch: None,
            error: None,
            wrote: false,
            reads: 0,
            completed: None,
        };
        self.reader.ledger.set_baseline(service);
        self.without_a_new_revision(service, target, &mut progress)
            .await?;
        let end = self.steps(target, &mut progress).await;
        if let Some((_, watch)) = &progress.watch {
            for failure in watch.failures() {
                self.draft.failure(failure.clone());
            }
            for message in watch.messages() {
                self.draft.message(message.clone());
            }
        }
        if progress.order.in_doubt() {
            self.order_unknown("the history does not show what the update replaced");
        }
        end
    }

    /// What there is to do when the service runs this revision already.
    async fn without_a_new_revision(
        &mut self,
        service: &ServiceSnapshot,
        target: &Target,
        progress: &mut Progress,
    ) -> Result<(), Stop> {
        let same = service
            .primary()
            .filter(|primary| primary.task_definition == progress.mine.task_definition);
        let Some(primary) = same else { return Ok(()) };
        if self.request.force_new_deployment {
            let document = target.revision.task_definition.clone();
            let restarted = self.restart(primary).await?;
            progress.watch =
                restarted.map(|(id, watch)| (id, watch.with_task_definition(document)));
            progress.wrote = true;
        } else if let Some(wanted) = &self.request.deployment_configuration
            && !changes(service.deployment_configuration.as_ref(), wanted).is_empty()
        {
            self.configure().await?;
        }
        Ok(())
    }

    async fn steps(&mut self, target: &Target, progress: &mut Progress) -> Result<End, Stop> {
        loop {
            match progress.order.next() {
                Next::Read => self.look(progress).await?,
                Next::Wait => {
                    if !self.pause_once(progress).await {
                        return Err(Stop::Deadline(None));
                    }
                    self.look(progress).await?;
                }
                Next::Write(revision) => self.change(&revision, target, progress).await?,
                Next::ReadBack { settle } => self.read_back(settle, progress).await?,
                Next::Follow(_) if self.deployer.until == Until::Deployed => {
                    return Ok(End::new(
                        Outcome::Completed,
                        format!("the service is told to run {}", target.revision.arn.short()),
                    ));
                }
                Next::Follow(id) => {
                    if let Some(end) = self.follow(&id, target, progress).await? {
                        return Ok(end);
                    }
                }
                Next::End(ending) => return self.ended(ending, progress),
            }
        }
    }

    async fn look(&mut self, progress: &mut Progress) -> Result<(), Stop> {
        let service = self.reader.service(&self.patience).await?;
        super::require_deployable(&self.request.service, &service)?;
        let view = self.reader.view(&self.patience).await?;
        progress.in_place = view.in_place().map(|entry| entry.id.clone());
        progress.order.step(Seen::View(view));
        Ok(())
    }

    async fn change(
        &mut self,
        revision: &Revision,
        target: &Target,
        progress: &mut Progress,
    ) -> Result<(), Stop> {
        let mine = *revision == progress.mine;
        let Written { seen, watch, error } = self
            .write(revision, mine, progress.in_place.as_ref())
            .await?;
        if let Seen::Written { id, .. } = &seen {
            if progress.in_place.as_ref() != Some(id) {
                progress.wrote = true;
            }
            progress.in_place = Some(id.clone());
        }
        if mine && let Some((id, watch)) = watch {
            let document = target.revision.task_definition.clone();
            progress.watch = Some((id, watch.with_task_definition(document)));
        }
        progress.error = error.or(progress.error.take());
        progress.reads = 0;
        progress.order.step(seen);
        Ok(())
    }

    /// Reads the history after a write, also past the deadline: others rely on it.
    async fn read_back(&mut self, settle: bool, progress: &mut Progress) -> Result<(), Stop> {
        let patience = self.patience.at_least(OWED);
        let lost = progress.error.as_ref().filter(|_| settle);
        let mut pace = match lost {
            Some(error) => patience.for_just(settles(&patience, error)).pace(),
            None => patience.pace(),
        };
        if !settle && progress.reads > 0 {
            pace.skip(progress.reads);
            pace.pause().await;
        }
        progress.reads = progress.reads.saturating_add(1);
        // A deployment of the same revision may be somebody else's while our request is still under way:
        // nothing that is there shortens the wait.
        while settle && pace.pause().await {}
        self.reader.service(&patience).await?;
        self.reader.history(&patience).await?;
        let view = self.reader.view(&patience).await?;
        let order = &progress.order;
        let healed = order.healed().cloned();
        let knew = order.replaced().is_some();
        progress.order.step(Seen::View(view));
        if !knew && let Some(replaced) = progress.order.replaced() {
            self.found(&replaced.clone(), progress);
        }
        if let Some(restored) = progress.order.healed()
            && Some(restored) != healed.as_ref()
        {
            let restored = named(restored);
            self.draft.healed(restored.clone());
            self.tell(&Event::Healed { restored });
        }
        Ok(())
    }

    /// An update of ours whose answer told too little was carried out, and replaced this.
    fn found(&mut self, replaced: &Entry<Revision, Begun>, progress: &Progress) {
        let id = |begun: &Begun| Some(begun.id.clone()).filter(|id| id.starts_with("ecs-svc/"));
        self.left.now(LeftBehind::Updating {
            task_definition: progress.mine.task_definition.clone(),
            deployment_id: match progress.order.next() {
                Next::Follow(ours) => id(&ours),
                _ => None,
            },
        });
        self.draft.replaced(vec![DeployedVersion {
            deployment_id: id(&replaced.id),
            ..named(&replaced.target)
        }]);
    }

    fn ended(
        &mut self,
        ending: Ending<Revision, Begun>,
        progress: &mut Progress,
    ) -> Result<End, Stop> {
        let name = progress.mine.task_definition.short();
        match ending {
            Ending::InPlace { .. } => {
                let how = progress.completed.take().unwrap_or_default();
                let already = if progress.wrote || progress.order.replaced().is_some() {
                    String::new()
                } else {
                    format!("{name} was in place already and nothing was written; ")
                };
                Ok(End::new(Outcome::Completed, format!("{already}{how}")))
            }
            Ending::Superseded { by } => {
                let healed = progress.order.healed().cloned();
                let mut end = self.superseded(named(&by));
                if let Some(healed) = healed {
                    end.reason = format!(
                        "it had taken the place of the newer {}, which was put back",
                        named(&healed)
                    );
                }
                Ok(end)
            }
            Ending::Failed { .. } => Ok(End::new(
                Outcome::Failed,
                format!("the deployment of {name} failed"),
            )),
            Ending::NotWritten => Err(Stop::Error(progress.error.take().unwrap_or_else(|| {
                senseless("the update was not carried out, and ECS did not say why")
            }))),
            Ending::Unhealed { newer } => {
                let newer = named(&newer);
                let why = progress.error.take().map_or_else(
                    || "nobody said why".to_owned(),
                    |error| error.message().to_owned(),
                );
                Ok(End::new(
                    Outcome::Failed,
                    format!(
                        "{name} took the place of the newer {newer}, which could not be put back \
                         ({why}): deploy {newer} again"
                    ),
                ))
            }
        }
    }

    /// Sleeps for a poll interval. `false` when the deadline leaves no time for it.
    async fn pause_once(&self, progress: &mut Progress) -> bool {
        let mut pace = self.patience.pace();
        pace.skip(progress.reads.min(4));
        progress.reads = progress.reads.saturating_add(1);
        pace.pause().await
    }
}

pub(super) fn named(revision: &Revision) -> DeployedVersion {
    DeployedVersion {
        deployment_id: None,
        task_definition: Some(revision.task_definition.clone()),
        version: revision.version.clone(),
    }
}

/// Tells that somebody put our version back.
pub(super) fn adopted(deployment_id: &str, mine: &Revision) -> Event {
    Event::Adopted {
        deployment_id: deployment_id.to_owned(),
        version: mine.version.clone(),
    }
}
