//! Reads of the service for the protocol and the watch.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::service::{find_known, read_service};
use super::{Ledger, Patience, Stop};
use crate::ports::{ServiceControl, TaskState};
use crate::rollout::order::{Begun, Revision, View};
use crate::rollout::version_of;
use crate::service::{ServiceAddress, ServiceDeployment, ServiceSnapshot, Task};
use crate::{ErrorKind, Result};

/// ECS: `DescribeServiceRevisions` takes at most 20.
const BATCH: usize = 20;
/// ECS: `DescribeTasks` takes at most 100. Of more stopped tasks the others come with the next read.
const STOPPED: usize = 100;
/// How many pages of stopped tasks are listed at most: those of earlier deployments may come first.
const STOPPED_PAGES: usize = 10;

/// Reads one service and keeps the books.
pub(in crate::rollout) struct Reader<'a> {
    pub(in crate::rollout) control: &'a dyn ServiceControl,
    pub(in crate::rollout) service: &'a ServiceAddress,
    pub(in crate::rollout) ledger: Ledger,
    /// Whether the endpoint has service deployments.
    has_history: bool,
    /// Whether the service was there once.
    was_there: bool,
    /// Stopped tasks that have been looked at, of those that ECS still lists.
    described: HashSet<String>,
}

impl<'a> Reader<'a> {
    pub(in crate::rollout) fn new(
        control: &'a dyn ServiceControl,
        service: &'a ServiceAddress,
    ) -> Self {
        Self {
            control,
            service,
            ledger: Ledger::default(),
            has_history: true,
            was_there: false,
            described: HashSet::new(),
        }
    }

    /// The service as it is.
    pub(in crate::rollout) async fn service(
        &mut self,
        patience: &Patience,
    ) -> Result<ServiceSnapshot, Stop> {
        let (control, service) = (self.control, self.service);
        let read = || read_service(control, service);
        let snapshot = if self.was_there {
            patience.read_known(read).await?
        } else {
            patience.read(read).await?
        };
        self.was_there = true;
        self.ledger.see(&snapshot);
        Ok(snapshot)
    }

    /// The service deployments since the baseline; none where the endpoint has none.
    pub(in crate::rollout) async fn history(
        &mut self,
        patience: &Patience,
    ) -> Result<Vec<ServiceDeployment>, Stop> {
        if !self.has_history {
            return Ok(Vec::new());
        }
        let (control, service) = (self.control, self.service);
        let listed = patience
            .read(|| control.list_service_deployments(service, None))
            .await;
        let listed = match listed {
            Ok(page) => page.items,
            Err(Stop::Error(error)) if error.kind() == ErrorKind::UnsupportedOperation => {
                self.has_history = false;
                return Ok(Vec::new());
            }
            Err(stop) => return Err(stop),
        };
        let listed: Vec<_> = self.ledger.since_baseline(&listed).cloned().collect();
        let unknown = self.ledger.unknown_revisions(&listed);
        for batch in unknown.chunks(BATCH) {
            let revisions = patience
                .read(|| control.describe_service_revisions(batch))
                .await?;
            self.ledger.know_revisions(&revisions);
        }
        self.ledger.see_history(&listed);
        Ok(listed)
    }

    /// The service deployment with this id, with all that ECS tells of it.
    pub(in crate::rollout) async fn deployment(
        &mut self,
        patience: &Patience,
        begun: &Begun,
    ) -> Result<Option<ServiceDeployment>, Stop> {
        let Some(arn) = self.ledger.arn_of(begun) else {
            return Ok(None);
        };
        let arns = [arn.to_owned()];
        let control = self.control;
        let found = patience
            .read(|| control.describe_service_deployments(&arns))
            .await?;
        self.ledger.see_history(&found);
        Ok(found.into_iter().next())
    }

    /// The deployments that matter, each with its version.
    pub(in crate::rollout) async fn view(
        &mut self,
        patience: &Patience,
    ) -> Result<View<Revision, Begun>, Stop> {
        let control = self.control;
        for arn in self.ledger.unknown_versions() {
            let revision = find_known(control, patience, &arn).await?;
            let version = revision.as_ref().and_then(version_of);
            self.ledger.know_version(arn, version);
        }
        Ok(self.ledger.view())
    }

    /// Tasks of the service that stopped and were not looked at yet, at most 100 at a time.
    pub(in crate::rollout) async fn stopped(
        &mut self,
        patience: &Patience,
    ) -> Result<Vec<Task>, Stop> {
        let (control, service) = (self.control, self.service);
        let mut listed: IndexSet<String> = IndexSet::new();
        let mut next: Option<String> = None;
        for _ in 0..STOPPED_PAGES {
            let from = next.as_deref();
            let page = patience
                .read(|| control.list_tasks(service, TaskState::Stopped, from))
                .await?;
            listed.extend(page.items);
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        // ECS forgets stopped tasks after an hour or so; they need not be remembered longer.
        self.described.retain(|arn| listed.contains(arn));
        let new = listed.iter().filter(|arn| !self.described.contains(*arn));
        let new: Vec<String> = new.take(STOPPED).cloned().collect();
        if new.is_empty() {
            return Ok(Vec::new());
        }
        let tasks = patience
            .read(|| control.describe_tasks(service.cluster(), &new))
            .await?;
        // One that is not stopped for good has not said its last word.
        let final_ones = tasks.iter().filter(|task| task.last_status == "STOPPED");
        self.described
            .extend(final_ones.map(|task| task.task_arn.clone()));
        Ok(tasks)
    }
}
