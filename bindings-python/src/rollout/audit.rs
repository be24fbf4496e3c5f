//! Looking at many services.

use artifact_deploy::rollout::audit::{Audit, ServiceVerdict};
use artifact_deploy::service::ServiceAddress;
use pyo3::prelude::*;

use crate::argument::Text;
use crate::control::ControlArgument;
use crate::failure::Result;
use crate::job::Job;
use crate::json::to_python;

/// The call behind `audit_services`: `services`, or without them all of `cluster`. Each verdict is
/// handed over as it is known, and not kept.
#[pyfunction]
#[pyo3(signature = (cluster, services, with_versions, with_order, look_again, control))]
pub(crate) fn audit_services(
    cluster: Option<String>,
    services: Vec<Text<ServiceAddress>>,
    with_versions: bool,
    with_order: bool,
    look_again: bool,
    control: Option<ControlArgument>,
) -> Result<Job> {
    let control = ControlArgument::or_default(control)?;
    let services: Vec<ServiceAddress> = services.into_iter().map(|service| service.0).collect();
    let work = move |reporter: crate::job::Reporter| async move {
        let mut audit = Audit::new(&*control);
        if with_versions {
            audit = audit.with_versions();
        }
        if with_order {
            audit = audit.with_order();
        }
        if look_again {
            audit = audit.looking_again();
        }
        let mut found = |verdict: ServiceVerdict| {
            reporter.report(move |py| to_python(py, &verdict));
        };
        match cluster {
            Some(cluster) => audit.cluster(&cluster, &mut found).await,
            None => audit.services(&services, &mut found).await,
        }
    };
    Ok(Job::new(work, |py, summary| to_python(py, &summary)))
}
