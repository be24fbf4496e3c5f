//! What the running application says of itself.

use artifact_deploy::ErrorKind;
use artifact_deploy::rollout::probe::{HttpProbe, Probe, wait_for_application as wait};
use pyo3::prelude::*;
use serde_json::Value;

use crate::failure::Result;
use crate::gate::Deadline;
use crate::job::Job;
use crate::json::{ObjectArgument, to_python};

/// The call behind `wait_for_application`.
#[pyfunction]
#[pyo3(signature = (probe, deadline))]
pub(crate) fn wait_for_application(probe: ObjectArgument, deadline: Deadline) -> Result<Job> {
    let probe: Value = probe.read(ErrorKind::InvalidArgument, "the probe")?;
    let probe = Probe::from_json(&probe)?;
    let work = move |_| async move { wait(&HttpProbe::new()?, &probe, deadline.0).await };
    Ok(Job::new(work, |py, answers| to_python(py, &answers)))
}
