//! What a service ran before.

use artifact_deploy::rollout::{History, HistorySource, history};
use artifact_deploy::service::ServiceAddress;
use pyo3::prelude::*;

use crate::argument::Text;
use crate::control::ControlArgument;
use crate::failure::Result;
use crate::job::Job;
use crate::json::{self, Object, Objects};

/// What a service ran and was told to run, newest first.
#[pyclass(frozen, name = "History", module = "artifact_deploy")]
pub(crate) struct PyHistory(History);

#[pymethods]
impl PyHistory {
    /// The service, as `cluster/service`.
    #[getter]
    fn service(&self) -> String {
        self.0.service().to_string()
    }

    /// `service-deployments`, which know how each ended, or `revisions`, which do not.
    #[getter]
    fn source(&self) -> &'static str {
        match self.0.source() {
            HistorySource::ServiceDeployments => "service-deployments",
            HistorySource::Revisions => "revisions",
        }
    }

    /// The ARN of the task definition that the service is told to run now.
    #[getter]
    fn in_place(&self) -> Option<&str> {
        self.0
            .in_place()
            .map(artifact_deploy::service::TaskDefinitionArn::as_str)
    }

    /// All deployments, newest first: `{"taskDefinition", "version"?, "outcome", …}`.
    #[getter]
    fn deployments(&self) -> Objects<artifact_deploy::rollout::PastDeployment> {
        Objects(self.0.deployments().to_vec())
    }

    /// Those that are known to be good, newest first.
    #[getter]
    fn known_good(&self) -> Objects<artifact_deploy::rollout::PastDeployment> {
        Objects(self.0.known_good().cloned().collect())
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<History> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    /// One line for each deployment.
    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("History({:?})", self.service())
    }
}

/// The call behind `deployment_history`.
#[pyfunction]
#[pyo3(signature = (service, limit, control))]
pub(crate) fn deployment_history(
    service: Text<ServiceAddress>,
    limit: usize,
    control: Option<ControlArgument>,
) -> Result<Job> {
    let control = ControlArgument::or_default(control)?;
    let work = move |_| async move { history(&*control, &service.0, limit).await };
    Ok(Job::new(work, |py, history| {
        Ok(Bound::new(py, PyHistory(history))?.into_any())
    }))
}
