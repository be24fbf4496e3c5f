//! Registries that tags can be put in.

use std::sync::Arc;

use artifact_deploy::connect::image_tags;
use artifact_deploy::ports::ImageTags;
use pyo3::PyTypeInfo;
use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_union;
use serde_json::{Map, Value};

use super::{PyEcrRegistry, PyMemoryRegistry, Registry, RegistryArgument};
use crate::failure::Result;

/// A registry that a promotion writes to.
pub(crate) enum TagsArgument<'py> {
    /// Amazon ECR.
    Ecr(PyRef<'py, PyEcrRegistry>),
    /// A registry in memory.
    Memory(PyRef<'py, PyMemoryRegistry>),
}

impl<'py> FromPyObject<'_, 'py> for TagsArgument<'py> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        <PyEcrRegistry as PyTypeInfo>::TYPE_HINT,
        <PyMemoryRegistry as PyTypeInfo>::TYPE_HINT
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(registry) = value.extract() {
            return Ok(Self::Ecr(registry));
        }
        if let Ok(registry) = value.extract() {
            return Ok(Self::Memory(registry));
        }
        Err(PyTypeError::new_err(format!(
            "a registry to write to is an EcrRegistry or a MemoryRegistry, and not of the type {}",
            value.get_type().name()?
        )))
    }
}

impl TagsArgument<'_> {
    /// The registry for reading and for writing; without one Amazon ECR as the environment says.
    pub(crate) fn or_default(argument: Option<Self>) -> Result<(Registry, Arc<dyn ImageTags>)> {
        Ok(match argument {
            Some(Self::Ecr(registry)) => {
                let tags = registry.tags()?;
                (Arc::clone(&registry.registry), tags)
            }
            Some(Self::Memory(registry)) => {
                let tags: Arc<dyn ImageTags> = Arc::new(registry.registry());
                (registry.share(), tags)
            }
            None => (
                RegistryArgument::or_default(None)?,
                image_tags(Value::Object(Map::new()))?,
            ),
        })
    }
}
