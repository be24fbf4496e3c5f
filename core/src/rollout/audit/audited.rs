//! The audit of one cluster, request by request.

use std::collections::{BTreeMap, HashSet};

use super::fold::{Fold, SHOWN};
use super::{Audit, AuditSummary, ServiceVerdict, out_of_order};
use crate::gate::{Call, join_all};
use crate::harmless::escaped;
use crate::ports::ServiceControl;
use crate::rollout::proof::{
    MAX_PAGES, Revisions, TASKS_PER_CALL, endless, list_tasks, verify_running,
};
use crate::service::{ServiceAddress, ServiceLookup, Task};
use crate::{Error, ErrorKind, Result};

/// How many services one call describes. Source: ECS `DescribeServices`, `services`: up to 10.
const SERVICES_PER_CALL: usize = 10;
/// How many calls are under way at a time. The rate is held by whoever implements the port.
const AT_A_TIME: usize = 8;
/// How many revisions are remembered by their version.
const REVISIONS: usize = 4096;

/// The audit of one cluster.
pub(super) struct Audited<'a, 'f> {
    audit: &'f Audit<'a>,
    cluster: &'f str,
    found: &'f mut (dyn FnMut(ServiceVerdict) + Send),
    revisions: Revisions<'a>,
    folds: BTreeMap<String, Fold>,
    pub(super) summary: AuditSummary,
    /// Tasks that were listed: one that moves between two pages is listed twice.
    listed: HashSet<String>,
    /// Tasks that are yet to be described.
    pending: Vec<String>,
}

impl<'a, 'f> Audited<'a, 'f> {
    pub(super) fn new(
        audit: &'f Audit<'a>,
        cluster: &'f str,
        found: &'f mut (dyn FnMut(ServiceVerdict) + Send),
    ) -> Self {
        Self {
            audit,
            cluster,
            found,
            revisions: Revisions::new(audit.control, REVISIONS),
            folds: BTreeMap::new(),
            summary: AuditSummary::default(),
            listed: HashSet::new(),
            pending: Vec::new(),
        }
    }

    pub(super) async fn fold_cluster(&mut self) -> Result<()> {
        let mut next: Option<String> = None;
        for _ in 0..MAX_PAGES {
            let control = self.audit.control;
            let page = control
                .list_cluster_tasks(self.cluster, next.as_deref())
                .await?;
            self.take(page.items);
            self.describe(AT_A_TIME * TASKS_PER_CALL).await?;
            next = page.next;
            if next.is_none() {
                return self.describe(0).await;
            }
        }
        Err(endless(&format!("tasks of cluster {}", self.cluster)))
    }

    pub(super) async fn fold_services(&mut self, names: &[String]) -> Result<()> {
        for names in names.chunks(AT_A_TIME) {
            let lists = names
                .iter()
                .map(|name| Box::pin(list(self.audit.control, self.cluster, name)) as _)
                .collect::<Vec<Call<'_, Result<Vec<String>>>>>();
            for arns in join_all(lists).await {
                self.take(arns?);
            }
            self.describe(AT_A_TIME * TASKS_PER_CALL).await?;
        }
        self.describe(0).await
    }

    fn take(&mut self, arns: Vec<String>) {
        for arn in arns {
            if self.listed.insert(arn.clone()) {
                self.pending.push(arn);
            }
        }
    }

    /// Describes what is pending, in full batches, once it is this much; all of it at the end.
    async fn describe(&mut self, enough: usize) -> Result<()> {
        if self.pending.len() < enough {
            return Ok(());
        }
        let full = match enough {
            0 => self.pending.len(),
            _ => self.pending.len() / TASKS_PER_CALL * TASKS_PER_CALL,
        };
        let rest = self.pending.split_off(full);
        let now = std::mem::replace(&mut self.pending, rest);
        for group in now.chunks(AT_A_TIME * TASKS_PER_CALL) {
            let calls = group
                .chunks(TASKS_PER_CALL)
                .map(|arns| self.audit.control.describe_tasks(self.cluster, arns))
                .collect::<Vec<Call<'_, Result<Vec<Task>>>>>();
            for tasks in join_all(calls).await {
                for task in &tasks? {
                    self.fold(task);
                }
            }
        }
        Ok(())
    }

    fn fold(&mut self, task: &Task) {
        let Some(service) = task
            .group
            .as_deref()
            .and_then(|g| g.strip_prefix("service:"))
        else {
            return;
        };
        let address = ServiceAddress::new(self.cluster, service).ok();
        let meant = address.and_then(|address| self.audit.meant.get(&address));
        let fold = self.folds.entry(service.to_owned()).or_default();
        fold.add(task, meant);
    }

    /// Judges services by name and hands them over.
    pub(super) async fn judge(&mut self, names: &[String]) -> Result<()> {
        for group in names.chunks(AT_A_TIME * SERVICES_PER_CALL) {
            let calls = group
                .chunks(SERVICES_PER_CALL)
                .map(|names| self.audit.control.describe_services(self.cluster, names))
                .collect::<Vec<Call<'_, Result<Vec<ServiceLookup>>>>>();
            let answers = join_all(calls).await;
            let mut lookups = Vec::with_capacity(group.len());
            for (answer, names) in answers.into_iter().zip(group.chunks(SERVICES_PER_CALL)) {
                let answer = answer?;
                if answer.len() != names.len() {
                    return Err(self.incomplete(answer.len(), names.len()));
                }
                lookups.extend(answer);
            }
            for (name, lookup) in group.iter().zip(lookups) {
                let verdict = self.judge_one(name, lookup).await?;
                self.hand_over(verdict);
            }
        }
        Ok(())
    }

    async fn judge_one(&mut self, name: &str, lookup: ServiceLookup) -> Result<ServiceVerdict> {
        let address = ServiceAddress::new(self.cluster, name)?;
        let fold = self.folds.remove(name).unwrap_or_default();
        let snapshot = match lookup {
            ServiceLookup::Found(snapshot) if snapshot.status == "INACTIVE" => {
                return Ok(ServiceVerdict::unjudged(address, DELETED.to_owned()));
            }
            ServiceLookup::Found(snapshot) => snapshot,
            ServiceLookup::Missing { reason } => {
                let reason = format!("ECS does not have the service ({})", escaped(&reason));
                return Ok(ServiceVerdict::unjudged(address, reason));
            }
        };
        if self.audit.versions {
            for arn in fold.revisions() {
                self.revisions.learn(arn).await;
            }
        }
        let named = self.audit.meant.get(&address);
        let version = |arn: &_| self.revisions.version(arn);
        let mut verdict = fold.decide(address.clone(), &snapshot, named, version);
        if self.audit.again && !verdict.is_sound() {
            match verify_running(self.audit.control, &address, named).await {
                Ok(proof) => verdict = verdict.looked_again(&proof, SHOWN),
                Err(error) if is_gone(&error) => {
                    return Ok(ServiceVerdict::unjudged(address, DELETED.to_owned()));
                }
                // What its tasks themselves tell is all that can be told of it.
                Err(error) if has_no_meaning(&error) => {}
                Err(error) => return Err(error),
            }
        }
        if self.audit.order {
            verdict.order = match out_of_order(self.audit.control, &address).await {
                Err(error) if is_gone(&error) => None,
                found => found?,
            };
        }
        Ok(verdict)
    }

    fn incomplete(&self, answers: usize, names: usize) -> Error {
        Error::new(
            ErrorKind::UnexpectedResponse,
            format!(
                "of {names} services of cluster {}, {answers} answers came; check the endpoint",
                self.cluster
            ),
        )
    }

    fn hand_over(&mut self, verdict: ServiceVerdict) {
        self.summary.add(&verdict);
        (self.found)(verdict);
    }

    /// What is left are tasks of services that ECS does not list.
    pub(super) fn finish(mut self) -> Result<AuditSummary> {
        for (name, fold) in std::mem::take(&mut self.folds) {
            if fold.running() > 0 {
                let address = ServiceAddress::new(self.cluster, &name)?;
                let reason = format!(
                    "{} of its tasks run, and ECS does not list the service",
                    fold.running()
                );
                self.hand_over(ServiceVerdict::unjudged(address, reason));
            }
        }
        Ok(self.summary)
    }
}

const DELETED: &str = "the service was deleted";

/// Whether a service was deleted while others were looked at, which is no reason to leave them out.
fn is_gone(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ServiceNotFound | ErrorKind::ServiceNotActive
    )
}

/// Whether a service has no task definition that says what it is meant to run.
fn has_no_meaning(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnsupportedController | ErrorKind::TaskDefinitionNotFound
    )
}

/// The tasks of one service; none of one that is not there, which is told later on.
async fn list(control: &dyn ServiceControl, cluster: &str, name: &str) -> Result<Vec<String>> {
    match list_tasks(control, &ServiceAddress::new(cluster, name)?).await {
        Err(error) if error.kind() == ErrorKind::ServiceNotFound => Ok(Vec::new()),
        listed => listed,
    }
}
