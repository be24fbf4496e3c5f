//! Follows our deployment until it ends.

use super::protocol::{Progress, adopted};
use super::proving::not_yet;
use super::target::Target;
use super::{Drive, End, Stop};
use crate::rollout::order::{Begun, Next, Seen};
use crate::rollout::watch::{Observation, Standing, Watch};
use crate::rollout::{Hooks, LeftBehind, Outcome};
use crate::service::{HookAction, LifecycleHook, ServiceDeployment, ServiceSnapshot};
use crate::{ErrorKind, Result};

impl Drive<'_> {
    /// Follows the deployment `id` until it ends, or the protocol says otherwise.
    pub(super) async fn follow(
        &mut self,
        id: &Begun,
        target: &Target,
        progress: &mut Progress,
    ) -> Result<Option<End>, Stop> {
        let mut pace = self.patience.pace();
        let mut answered: Vec<String> = Vec::new();
        loop {
            let service = self.reader.service(&self.patience).await?;
            if self.watch(id, &service, target, progress) {
                let end = self.observe(id, service, progress, &mut answered).await?;
                let on = progress.order.next() == Next::Follow(id.clone());
                if end.is_some() || !on {
                    return Ok(end);
                }
            } else {
                // It may have been replaced before it was ever shown.
                let patience = self.patience.clone();
                self.reader.history(&patience).await?;
                let view = self.reader.view(&patience).await?;
                if progress.order.step(Seen::View(view)) != Next::Follow(id.clone()) {
                    return Ok(None);
                }
            }
            if !pace.pause().await {
                let standing = progress.watch.as_ref().map(|(_, watch)| watch.standing());
                return Err(standing.map_or(Stop::Deadline(None), |standing| {
                    not_yet(&standing.to_string())
                }));
            }
        }
    }

    /// Has a watch for the deployment `id`. `false` while ECS does not show it.
    fn watch(
        &mut self,
        id: &Begun,
        service: &ServiceSnapshot,
        target: &Target,
        progress: &mut Progress,
    ) -> bool {
        if progress.watch.as_ref().is_some_and(|(of, _)| of == id) {
            return true;
        }
        let entry = service
            .deployments
            .iter()
            .find(|entry| self.reader.ledger.id_of(entry) == *id);
        let Some(entry) = entry else { return false };
        let Some(watch) = Watch::of_deployment(service, &entry.id) else {
            return false;
        };
        if progress.wrote {
            self.tell(&adopted(&entry.id, &progress.mine));
            self.left.now(LeftBehind::Updating {
                task_definition: entry.task_definition.clone(),
                deployment_id: Some(entry.id.clone()),
            });
        }
        self.draft.deployment_id(&entry.id);
        let document = target.revision.task_definition.clone();
        progress.watch = Some((id.clone(), watch.with_task_definition(document)));
        progress.completed = None;
        true
    }

    /// Takes in one moment.
    async fn observe(
        &mut self,
        id: &Begun,
        service: ServiceSnapshot,
        progress: &mut Progress,
        answered: &mut Vec<String>,
    ) -> Result<Option<End>, Stop> {
        let patience = self.patience.clone();
        self.reader.history(&patience).await?;
        let view = self.reader.view(&patience).await?;
        if progress.completed.is_some() {
            // This read was begun after the good end was seen.
            progress.order.step(Seen::Completed(view));
            return Ok(None);
        }
        let deployment = self.reader.deployment(&patience, id).await?;
        if let Some(deployment) = &deployment {
            self.draft.service_deployment(deployment);
        }
        let stopped = self.reader.stopped(&patience).await?;
        let Some((_, watch)) = &mut progress.watch else {
            return Ok(None);
        };
        let events = watch.observe(&Observation {
            service,
            deployment: deployment.clone(),
            stopped,
        });
        let standing = watch.standing().clone();
        for event in &events {
            self.tell(event);
        }
        match standing {
            Standing::Ended {
                outcome: Outcome::Completed,
                reason,
            } => {
                progress.completed = Some(reason);
                return Ok(None);
            }
            Standing::Ended { outcome, reason } => return Ok(Some(End::new(outcome, reason))),
            Standing::RollingBack { .. } => return Ok(None),
            Standing::Paused { hooks } => {
                if let Some(deployment) = &deployment {
                    self.answer(deployment, &hooks, answered).await?;
                }
            }
            _ => {}
        }
        // Whether it failed is for the watch to say, which knows what becomes of it.
        if !self.reader.ledger.has_failed(id) {
            progress.order.step(Seen::View(view));
        }
        Ok(None)
    }

    /// Answers hooks that wait for somebody, where that was asked for.
    async fn answer(
        &self,
        deployment: &ServiceDeployment,
        hooks: &[LifecycleHook],
        answered: &mut Vec<String>,
    ) -> Result<(), Stop> {
        let action = match self.deployer.hooks {
            Hooks::Report => return Ok(()),
            Hooks::Continue => HookAction::Continue,
            Hooks::RollBack => HookAction::Rollback,
        };
        let control = self.reader.control;
        for hook in hooks {
            if answered.contains(&hook.hook_id) {
                continue;
            }
            let call =
                || control.continue_service_deployment(&deployment.arn, &hook.hook_id, action);
            match self.patience.read(call).await {
                // Somebody was quicker, or an answer of ours was lost: it does not wait any more.
                Err(Stop::Error(error)) if error.kind() == ErrorKind::Conflict => {}
                other => other?,
            }
            answered.push(hook.hook_id.clone());
        }
        Ok(())
    }
}
