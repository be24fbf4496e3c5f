//! Auditing services and clusters.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::fold::{Fold, SHOWN};
use super::{AuditSummary, ServiceVerdict, out_of_order};
use crate::gate::{Call, join_all};
use crate::harmless::escaped;
use crate::ports::{ServiceControl, TaskState};
use crate::rollout::proof::{MAX_PAGES, Meant, Revisions, TASKS_PER_CALL, endless, verify_running};
use crate::service::{ServiceAddress, ServiceLookup, Task};
use crate::{ErrorKind, Result};

/// How many services one call describes. Source: ECS `DescribeServices`, `services`: up to 10.
const SERVICES_PER_CALL: usize = 10;
/// How many calls are under way at a time. The rate is held by whoever implements the port.
const AT_A_TIME: usize = 8;
/// How many revisions are remembered by their version.
const REVISIONS: usize = 4096;

/// Looks at many services, in as few requests as ECS allows.
///
/// A service without a [meaning](Self::meaning) is judged by what its tasks themselves tell: the
/// digest that runs against the one that the image of the same container is pinned to, all tasks
/// against each other, and their revisions against the one that the service was told to run. That
/// needs no task definition to be described. Where ECS reports the image of an index by its own
/// digest, name what is meant with [`Meant::with_image`].
///
/// For a cluster with S services and T tasks: S/10 `DescribeServices`, T/100 `DescribeTasks`, and the
/// lists, S/100 and T/100. [`with_versions`](Self::with_versions),
/// [`with_order`](Self::with_order) and [`looking_again`](Self::looking_again) cost more, as they say.
/// At most eight requests are under way at a time; the adapter for AWS keeps to the rates of ECS.
///
/// What is kept at a time is a few counts for each service of one cluster, the ids of the tasks that
/// run in it, and eight hundred tasks; nothing of what was handed over, and nothing of what ran
/// before.
#[derive(Clone)]
pub struct Audit<'a> {
    control: &'a dyn ServiceControl,
    meant: HashMap<ServiceAddress, Meant>,
    versions: bool,
    order: bool,
    again: bool,
}

impl<'a> Audit<'a> {
    /// An audit of what this tells.
    pub fn new(control: &'a dyn ServiceControl) -> Self {
        Self {
            control,
            meant: HashMap::new(),
            versions: false,
            order: false,
            again: false,
        }
    }

    /// What a service is meant to run.
    pub fn meaning(mut self, service: ServiceAddress, meant: Meant) -> Self {
        self.meant.insert(service, meant);
        self
    }

    /// Tells the version of each revision that runs: one `DescribeTaskDefinition` for each.
    pub fn with_versions(mut self) -> Self {
        self.versions = true;
        self
    }

    /// Finds an older version in place where the history has a newer one: for each service the
    /// requests of [`history`](crate::rollout::history).
    pub fn with_order(mut self) -> Self {
        self.order = true;
        self
    }

    /// Looks at each service that is not sound once more and by itself, so that one that was only
    /// caught in between is not reported: for each the requests of [`verify_running`].
    pub fn looking_again(mut self) -> Self {
        self.again = true;
        self
    }

    /// Looks at all services of a cluster, and hands them over one by one.
    ///
    /// Tasks of a service that ECS no longer lists are handed over as a service of which nothing is
    /// known. Tasks that belong to no service are passed over.
    ///
    /// # Errors
    /// `InvalidService`, `ClusterNotFound`, and those of [`ServiceControl`]. What was handed over
    /// before stands.
    pub async fn cluster(
        &self,
        cluster: &str,
        found: &mut (dyn FnMut(ServiceVerdict) + Send),
    ) -> Result<AuditSummary> {
        // So that no request is made for a name that ECS would take for another cluster.
        ServiceAddress::new(cluster, "any")?;
        let mut audited = Audited::new(self, cluster, found);
        let mut next: Option<String> = None;
        audited.fold_cluster().await?;
        for _ in 0..MAX_PAGES {
            let page = self.control.list_services(cluster, next.as_deref()).await?;
            audited.judge(&page.items).await?;
            next = page.next;
            if next.is_none() {
                return audited.finish();
            }
        }
        Err(endless(&format!("services of cluster {cluster}")))
    }

    /// Looks at these services, and hands them over one by one; one `ListTasks` for each of them.
    ///
    /// # Errors
    /// Those of [`ServiceControl`]; one that ECS does not have is handed over as such.
    pub async fn services(
        &self,
        services: &[ServiceAddress],
        found: &mut (dyn FnMut(ServiceVerdict) + Send),
    ) -> Result<AuditSummary> {
        let mut clusters: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for service in services {
            let names = clusters.entry(service.cluster()).or_default();
            if !names.iter().any(|name| name == service.service()) {
                names.push(service.service().to_owned());
            }
        }
        let mut summary = AuditSummary::default();
        for (cluster, names) in clusters {
            let mut audited = Audited::new(self, cluster, found);
            audited.summary = summary;
            audited.fold_services(&names).await?;
            audited.judge(&names).await?;
            summary = audited.finish()?;
        }
        Ok(summary)
    }
}

/// The audit of one cluster.
struct Audited<'a, 'f> {
    audit: &'f Audit<'a>,
    cluster: &'f str,
    found: &'f mut (dyn FnMut(ServiceVerdict) + Send),
    revisions: Revisions<'a>,
    folds: BTreeMap<String, Fold>,
    summary: AuditSummary,
    /// Tasks that were listed: one that moves between two pages is listed twice.
    listed: HashSet<String>,
    /// Tasks that are yet to be described.
    pending: Vec<String>,
}

impl<'a, 'f> Audited<'a, 'f> {
    fn new(
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

    async fn fold_cluster(&mut self) -> Result<()> {
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

    async fn fold_services(&mut self, names: &[String]) -> Result<()> {
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
    async fn judge(&mut self, names: &[String]) -> Result<()> {
        for group in names.chunks(AT_A_TIME * SERVICES_PER_CALL) {
            let calls = group
                .chunks(SERVICES_PER_CALL)
                .map(|names| self.audit.control.describe_services(self.cluster, names))
                .collect::<Vec<Call<'_, Result<Vec<ServiceLookup>>>>>();
            let answers = join_all(calls).await;
            let mut lookups = Vec::with_capacity(group.len());
            for answer in answers {
                lookups.extend(answer?);
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
            let proof = verify_running(self.audit.control, &address, named).await?;
            verdict = verdict.looked_again(&proof, SHOWN);
        }
        if self.audit.order {
            verdict.order = out_of_order(self.audit.control, &address).await?;
        }
        Ok(verdict)
    }

    fn hand_over(&mut self, verdict: ServiceVerdict) {
        self.summary.add(&verdict);
        (self.found)(verdict);
    }

    /// What is left are tasks of services that ECS does not list.
    fn finish(mut self) -> Result<AuditSummary> {
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

/// The tasks of one service; none of one that is not there, which is told later on.
async fn list(control: &dyn ServiceControl, cluster: &str, name: &str) -> Result<Vec<String>> {
    let service = ServiceAddress::new(cluster, name)?;
    let mut arns = Vec::new();
    let mut next: Option<String> = None;
    for _ in 0..MAX_PAGES {
        let page = control
            .list_tasks(&service, TaskState::Running, next.as_deref())
            .await;
        let page = match page {
            Err(error) if error.kind() == ErrorKind::ServiceNotFound => return Ok(arns),
            other => other?,
        };
        arns.extend(page.items);
        next = page.next;
        if next.is_none() {
            return Ok(arns);
        }
    }
    Err(endless(&format!("tasks of service {service}")))
}
