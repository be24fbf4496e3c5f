//! A task definition with verified images in it.

use std::collections::BTreeMap;

use artifact_deploy::ErrorKind;
use artifact_deploy::task_definition::{RenderSpec, RenderedTaskDefinition};
use pyo3::prelude::*;

use super::PyTaskDefinition;
use crate::argument::Unobtainable;
use crate::failure::Result;
use crate::gate::PyVerifiedImage;
use crate::json::{self, Object};

/// A task definition that a render made, validated, with the images that were put in.
///
/// Only `render_task_definition` makes one.
#[pyclass(frozen, name = "RenderedTaskDefinition", module = "artifact_deploy")]
#[derive(Clone)]
pub(crate) struct PyRenderedTaskDefinition(pub(crate) RenderedTaskDefinition);

#[pymethods]
impl PyRenderedTaskDefinition {
    /// Only rendering makes one: call `render_task_definition`.
    #[new]
    fn new(proof: Unobtainable) -> Self {
        match proof {}
    }

    /// The document.
    #[getter]
    fn task_definition(&self) -> PyTaskDefinition {
        PyTaskDefinition(self.0.task_definition().clone())
    }

    /// The images that were put in, by container.
    #[getter]
    fn images(&self) -> BTreeMap<String, PyVerifiedImage> {
        let images = self.0.images();
        images
            .map(|(container, image)| (container.to_owned(), PyVerifiedImage(image.clone())))
            .collect()
    }

    /// The body of a `RegisterTaskDefinition` request, as JSON text.
    fn registration_json(&self) -> String {
        self.0.registration_json()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<RenderedTaskDefinition> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __repr__(&self) -> String {
        let family = self.0.task_definition().family().unwrap_or_default();
        format!("RenderedTaskDefinition(family={family:?})")
    }
}

/// Puts images and the changes of `spec`, as JSON text, into a copy of `template`.
///
/// An image without a container is for the only one.
#[pyfunction]
pub(crate) fn render_task_definition(
    template: PyRef<'_, PyTaskDefinition>,
    spec: &str,
    images: Vec<(Option<String>, PyRef<'_, PyVerifiedImage>)>,
) -> Result<PyRenderedTaskDefinition> {
    let spec = json::read(spec, ErrorKind::InvalidArgument, "the changes to render")?;
    let mut spec = RenderSpec::from_value(spec)?;
    for (container, image) in images {
        spec = spec.with_image(container.as_deref(), image.0.clone());
    }
    Ok(PyRenderedTaskDefinition(template.0.render(&spec)?))
}
