//! The tag to deploy when none is named.

use artifact_deploy::gate;
use artifact_deploy::version::Environment;
use pyo3::prelude::*;

use crate::argument::{Text, Variables};
use crate::failure::Result;

/// The tag that a script without one deploys: `IMAGE_TAG` of the environment (or of `variables`),
/// else the alias of `environment`, `pr-51-latest`.
#[pyfunction]
#[pyo3(signature = (environment=None, *, variables=None))]
pub(crate) fn default_tag(
    py: Python<'_>,
    environment: Option<Text<Environment>>,
    variables: Option<Variables>,
) -> Result<String> {
    let variables = Variables::or_environment(py, variables)?;
    let environment = environment.map(|environment| environment.0);
    Ok(gate::default_tag(&variables, environment.as_ref())?.to_string())
}
