//! Reads of the service for the protocol and the watch.

use super::service::{find_revision, read_service};
use super::{Ledger, Patience, Stop};
use crate::ports::ServiceControl;
use crate::rollout::order::{Begun, Revision, View};
use crate::rollout::version_of;
use crate::service::{ServiceAddress, ServiceDeployment, ServiceSnapshot, Task};
use crate::{ErrorKind, Result};

/// ECS: `DescribeServiceRevisions` takes at most 20.
const BATCH: usize = 20;
/// ECS: `DescribeTasks` takes at most 100. Of more stopped tasks the first 100 say why.
const STOPPED: usize = 100;

/// Reads one service and keeps the books.
pub(in crate::rollout) struct Reader<'a> {
    pub(in crate::rollout) control: &'a dyn ServiceControl,
    pub(in crate::rollout) service: &'a ServiceAddress,
    pub(in crate::rollout) ledger: Ledger,
    /// Whether the endpoint has service deployments.
    has_history: bool,
    described: Vec<String>,
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
            described: Vec::new(),
        }
    }

    /// The service as it is.
    pub(in crate::rollout) async fn service(
        &mut self,
        patience: &Patience,
    ) -> Result<ServiceSnapshot, Stop> {
        let (control, service) = (self.control, self.service);
        let snapshot = patience.read(|| read_service(control, service)).await?;
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
            let revision = patience
                .read(|| find_revision(control, arn.as_str()))
                .await?;
            let version = revision.as_ref().and_then(version_of);
            self.ledger.know_version(arn, version);
        }
        Ok(self.ledger.view())
    }

    /// The tasks of the service that stopped and were not looked at yet.
    pub(in crate::rollout) async fn stopped(
        &mut self,
        patience: &Patience,
    ) -> Result<Vec<Task>, Stop> {
        let (control, service) = (self.control, self.service);
        let stopped = crate::ports::TaskState::Stopped;
        let page = patience
            .read(|| control.list_tasks(service, stopped, None))
            .await?;
        let mut new = page.items;
        new.retain(|arn| !self.described.contains(arn));
        new.truncate(STOPPED);
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
