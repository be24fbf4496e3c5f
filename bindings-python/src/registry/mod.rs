//! Registries that calls can be pointed at.

mod ecr;
mod memory;
mod oci;
mod tags;

use std::sync::Arc;

use artifact_deploy::connect::connect;
use artifact_deploy::ports::ImageRegistry;
use pyo3::PyTypeInfo;
use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::PyMapping;
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};
use serde_json::{Map, Value};

pub(crate) use ecr::PyEcrRegistry;
pub(crate) use memory::PyMemoryRegistry;
pub(crate) use oci::PyOciRegistry;
pub(crate) use tags::TagsArgument;

use crate::failure::Result;
use crate::shared::Shared;

/// Every registry, by the address of the repository, for calls that name none.
static SHARED: Shared<dyn ImageRegistry> = Shared::new();

/// Anything that images can be looked up in.
type Registry = Arc<dyn ImageRegistry>;

/// A registry that a call is pointed at.
pub(crate) enum RegistryArgument<'py> {
    /// Amazon ECR.
    Ecr(PyRef<'py, PyEcrRegistry>),
    /// Any OCI registry.
    Oci(PyRef<'py, PyOciRegistry>),
    /// A registry in memory.
    Memory(PyRef<'py, PyMemoryRegistry>),
}

impl<'py> FromPyObject<'_, 'py> for RegistryArgument<'py> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        <PyEcrRegistry as PyTypeInfo>::TYPE_HINT,
        <PyOciRegistry as PyTypeInfo>::TYPE_HINT,
        <PyMemoryRegistry as PyTypeInfo>::TYPE_HINT
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(registry) = value.extract() {
            return Ok(Self::Ecr(registry));
        }
        if let Ok(registry) = value.extract() {
            return Ok(Self::Oci(registry));
        }
        if let Ok(registry) = value.extract() {
            return Ok(Self::Memory(registry));
        }
        Err(PyTypeError::new_err(format!(
            "a registry is an EcrRegistry, an OciRegistry or a MemoryRegistry, and not of the type {}",
            value.get_type().name()?
        )))
    }
}

impl RegistryArgument<'_> {
    /// The registry, or without one: the address of each repository decides.
    pub(crate) fn or_default(argument: Option<Self>) -> Result<Registry> {
        Ok(match argument {
            Some(Self::Ecr(registry)) => Arc::clone(&registry.registry),
            Some(Self::Oci(registry)) => Arc::clone(&registry.0),
            Some(Self::Memory(registry)) => registry.share(),
            None => SHARED.get(connect)?,
        })
    }
}

/// Timeouts by name, in seconds; the core knows the names.
pub(crate) struct Timeouts(Map<String, Value>);

impl<'py> FromPyObject<'_, 'py> for Timeouts {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Mapping"),
        type_hint_identifier!("builtins", "str"),
        type_hint_identifier!("builtins", "float")
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let items = value.cast::<PyMapping>()?.items()?;
        let timeouts = items.iter().map(|item| {
            let (name, seconds): (String, f64) = item.extract()?;
            Ok((name, seconds.into()))
        });
        timeouts.collect::<PyResult<_>>().map(Self)
    }
}

/// The JSON options of what is reached through the AWS SDK.
pub(crate) fn options(
    kind: &str,
    region: Option<String>,
    profile: Option<String>,
    role_arn: Option<String>,
    endpoint_url: Option<String>,
    timeouts: Option<Timeouts>,
) -> Value {
    members(
        kind,
        [
            ("region", region.map(Into::into)),
            ("profile", profile.map(Into::into)),
            ("roleArn", role_arn.map(Into::into)),
            ("endpointUrl", endpoint_url.map(Into::into)),
            ("timeouts", timeouts.map(|timeouts| timeouts.0.into())),
        ],
    )
}

/// A registry from its JSON options.
fn from_options<const N: usize>(
    kind: &str,
    options: [(&str, Option<Value>); N],
) -> Result<Registry> {
    Ok(connect(members(kind, options))?)
}

/// Options as JSON; those that are `None` are left out.
fn members<const N: usize>(kind: &str, options: [(&str, Option<Value>); N]) -> Value {
    let mut members = Map::new();
    members.insert("kind".to_owned(), kind.into());
    for (name, value) in options {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    }
    Value::Object(members)
}
