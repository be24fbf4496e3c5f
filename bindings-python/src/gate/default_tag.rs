//! The tag to deploy when none is named.

use std::collections::BTreeMap;

use artifact_deploy::gate;
use artifact_deploy::version::Environment;
use pyo3::prelude::*;

use crate::argument::Text;
use crate::failure::Result;

/// The tag that a script without one deploys: `IMAGE_TAG` of `variables`, else the alias of
/// `environment`.
#[pyfunction]
#[pyo3(signature = (variables, environment=None))]
pub(crate) fn default_tag(
    variables: BTreeMap<String, String>,
    environment: Option<Text<Environment>>,
) -> Result<String> {
    let environment = environment.map(|environment| environment.0);
    Ok(gate::default_tag(&variables, environment.as_ref())?.to_string())
}
