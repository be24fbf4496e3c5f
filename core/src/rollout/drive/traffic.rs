//! Proves what gets the traffic: the targets of load balancers, and the application itself.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use super::proving::not_yet;
use super::target::Target;
use super::{Drive, End, Stop};
use crate::rollout::probe::{Answers, watch_application};
use crate::rollout::proof::look;
use crate::rollout::targets::{TargetVerdict, look_at_targets};
use crate::rollout::{Event, Probe};
use crate::{ErrorKind, Result};

impl Drive<'_> {
    /// Proves what else was asked for. `end` is what comes of it when all of that holds.
    pub(super) async fn prove_traffic(&mut self, target: &Target, end: End) -> Result<End, Stop> {
        if let Some(other) = self.prove_targets(target).await? {
            return Ok(other);
        }
        match &self.deployer.probing {
            None => Ok(end),
            Some((_, probe)) => {
                let probe = match &target.version {
                    Some(version) => probe.clone().or_version(version),
                    None => probe.clone(),
                };
                let other = self.ask_application(target, &probe).await?;
                Ok(other.unwrap_or(end))
            }
        }
    }

    /// Waits until the targets of the running tasks are healthy.
    async fn prove_targets(&mut self, target: &Target) -> Result<Option<End>, Stop> {
        let Some(port) = self.deployer.targets.clone() else {
            return Ok(None);
        };
        let mut pace = self.patience.pace();
        loop {
            let service = self.reader.service(&self.patience).await?;
            if service.load_balancers.is_empty() {
                return Ok(None);
            }
            let (control, address) = (self.reader.control, self.reader.service);
            let tasks = self.patience.read(|| look(control, address)).await?.tasks;
            let meant = &target.meant;
            let proof = self
                .patience
                .read(|| look_at_targets(port.as_ref(), &service, &tasks, meant))
                .await?;
            self.draft.targets(proof.clone());
            if proof.verdict == TargetVerdict::Healthy {
                return Ok(None);
            }
            if let Some(end) = self.still_ours(target).await? {
                return Ok(Some(end));
            }
            if !pace.pause().await {
                return Err(not_yet(&proof.reason));
            }
        }
    }

    /// Asks the application until it has reported the version often enough, or something else took
    /// its place.
    async fn ask_application(
        &mut self,
        target: &Target,
        probe: &Probe,
    ) -> Result<Option<End>, Stop> {
        let Some((port, _)) = self.deployer.probing.clone() else {
            return Ok(None);
        };
        let (teller, shown) = (self.patience.teller().clone(), probe.shown());
        let mut latest: Option<Answers> = None;
        let mut told = |answers: &Answers| {
            teller.tell(&Event::Asked {
                url: shown.clone(),
                answer: answers.summary(),
                right: answers.in_a_row() > 0,
                in_a_row: answers.in_a_row(),
            });
            latest = Some(answers.clone());
        };
        let wait = self.patience.remaining();
        let outcome = {
            let mut asking = pin!(watch_application(port.as_ref(), probe, wait, &mut told));
            let mut watching = pin!(self.until_replaced(target));
            poll_fn(|context| {
                if let Poll::Ready(asked) = asking.as_mut().poll(context) {
                    return Poll::Ready(Ok(asked));
                }
                watching.as_mut().poll(context).map(Err)
            })
            .await
        };
        if let Some(answers) = latest {
            self.draft.application(answers);
        }
        match outcome {
            Ok(Ok(_)) => Ok(None),
            Ok(Err(error)) if error.kind() == ErrorKind::ApplicationMismatch => {
                Err(Stop::Deadline(Some(error)))
            }
            Ok(Err(error)) => Err(Stop::Error(error)),
            Err(replaced) => replaced.map(Some),
        }
    }

    /// Comes back when something else took the place of what is being proven.
    async fn until_replaced(&mut self, target: &Target) -> Result<End, Stop> {
        let mut pace = self.patience.pace();
        loop {
            if !pace.pause().await {
                // Whoever asks meanwhile has the same deadline, and more to say about it.
                std::future::pending::<()>().await;
            }
            if let Some(end) = self.still_ours(target).await? {
                return Ok(end);
            }
        }
    }
}
