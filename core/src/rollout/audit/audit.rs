//! Auditing services and clusters.

use std::collections::{BTreeMap, HashMap};

use super::audited::Audited;
use super::{AuditSummary, ServiceVerdict};
use crate::Result;
use crate::ports::ServiceControl;
use crate::rollout::proof::{MAX_PAGES, Meant, endless};
use crate::service::ServiceAddress;

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
    pub(super) control: &'a dyn ServiceControl,
    pub(super) meant: HashMap<ServiceAddress, Meant>,
    pub(super) versions: bool,
    pub(super) order: bool,
    pub(super) again: bool,
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
    /// caught in between is not reported: for each the requests of
    /// [`verify_running`](crate::rollout::verify_running).
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
