//! Proving what runs.

use artifact_deploy::ErrorKind;
use artifact_deploy::rollout::{Meant, verify_running as verify};
use artifact_deploy::service::ServiceAddress;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3::{PyTypeInfo, type_hint_identifier, type_hint_subscript, type_hint_union};

use super::PyProof;
use crate::argument::Text;
use crate::control::ControlArgument;
use crate::failure::Result;
use crate::gate::PyVerifiedImage;
use crate::job::Job;
use crate::json::ObjectArgument;
use crate::task_definition::PyRenderedTaskDefinition;

/// What tasks are meant to run: a rendered task definition, verified images by container, or the JSON
/// form.
pub(crate) struct MeantArgument(Meant);

impl<'py> FromPyObject<'_, 'py> for MeantArgument {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        <PyRenderedTaskDefinition as PyTypeInfo>::TYPE_HINT,
        type_hint_subscript!(
            type_hint_identifier!("collections.abc", "Mapping"),
            type_hint_identifier!("builtins", "str"),
            type_hint_identifier!("typing", "Any")
        )
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(rendered) = value.cast::<PyRenderedTaskDefinition>() {
            return Ok(Self(Meant::of(&rendered.get().0)));
        }
        if let Ok(images) = value.cast::<PyDict>() {
            let images: PyResult<Vec<(String, PyRef<'_, PyVerifiedImage>)>> = images
                .iter()
                .map(|(container, image)| Ok((container.extract()?, image.extract()?)))
                .collect();
            if let Ok(images) = images
                && !images.is_empty()
            {
                return Ok(Self(
                    images
                        .iter()
                        .fold(Meant::new(), |meant, (container, image)| {
                            meant.with_image(container, &image.0)
                        }),
                ));
            }
        }
        let form: ObjectArgument = value.extract()?;
        let meant = form.read(ErrorKind::InvalidArgument, "what is meant to run")?;
        Ok(Self(meant))
    }
}

/// The call behind `verify_running`.
#[pyfunction]
#[pyo3(signature = (service, meant, control))]
pub(crate) fn verify_running(
    service: Text<ServiceAddress>,
    meant: Option<MeantArgument>,
    control: Option<ControlArgument>,
) -> Result<Job> {
    let control = ControlArgument::or_default(control)?;
    let meant = meant.map(|meant| meant.0);
    let work = move |_| async move { verify(&*control, &service.0, meant.as_ref()).await };
    Ok(Job::new(work, |py, proof| {
        Ok(Bound::new(py, PyProof(proof))?.into_any())
    }))
}
