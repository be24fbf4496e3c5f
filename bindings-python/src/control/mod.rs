//! What calls about services are pointed at: Amazon ECS, or a cluster in memory.

mod ecs;
mod memory;
mod targets;

use std::sync::Arc;

use artifact_deploy::connect::control;
use artifact_deploy::ports::{ServiceControl, TargetGroups};
use pyo3::PyTypeInfo;
use pyo3::exceptions::PyTypeError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_union;

pub(crate) use ecs::PyEcsControl;
pub(crate) use memory::PyMemoryCluster;
pub(crate) use targets::PyLoadBalancerTargets;

use crate::failure::Result;
use crate::shared::Shared;

/// Amazon ECS, for calls that name no control.
static SHARED: Shared<dyn ServiceControl> = Shared::new();

/// Where services are.
pub(crate) type Control = Arc<dyn ServiceControl>;

/// Where the targets of load balancers are.
pub(crate) type Targets = Arc<dyn TargetGroups>;

/// What a call about services is pointed at.
pub(crate) enum ControlArgument<'py> {
    /// Amazon ECS.
    Ecs(PyRef<'py, PyEcsControl>),
    /// A cluster in memory.
    Memory(PyRef<'py, PyMemoryCluster>),
}

impl<'py> FromPyObject<'_, 'py> for ControlArgument<'py> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        <PyEcsControl as PyTypeInfo>::TYPE_HINT,
        <PyMemoryCluster as PyTypeInfo>::TYPE_HINT
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(control) = value.extract() {
            return Ok(Self::Ecs(control));
        }
        if let Ok(control) = value.extract() {
            return Ok(Self::Memory(control));
        }
        Err(PyTypeError::new_err(format!(
            "control is an EcsControl or a MemoryCluster, and not of the type {}",
            value.get_type().name()?
        )))
    }
}

impl ControlArgument<'_> {
    /// What was named, or without it Amazon ECS as the environment says.
    pub(crate) fn or_default(argument: Option<Self>) -> Result<Control> {
        Ok(match argument {
            Some(Self::Ecs(control)) => Arc::clone(&control.0),
            Some(Self::Memory(cluster)) => cluster.control(),
            None => SHARED.get(control)?,
        })
    }
}

/// Where the targets of load balancers are looked up.
pub(crate) enum TargetsArgument<'py> {
    /// Elastic Load Balancing.
    LoadBalancers(PyRef<'py, PyLoadBalancerTargets>),
    /// A cluster in memory.
    Memory(PyRef<'py, PyMemoryCluster>),
}

impl<'py> FromPyObject<'_, 'py> for TargetsArgument<'py> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        <PyLoadBalancerTargets as PyTypeInfo>::TYPE_HINT,
        <PyMemoryCluster as PyTypeInfo>::TYPE_HINT
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(targets) = value.extract() {
            return Ok(Self::LoadBalancers(targets));
        }
        if let Ok(cluster) = value.extract() {
            return Ok(Self::Memory(cluster));
        }
        Err(PyTypeError::new_err(format!(
            "targets is a LoadBalancerTargets or a MemoryCluster, and not of the type {}",
            value.get_type().name()?
        )))
    }
}

impl TargetsArgument<'_> {
    /// What was named.
    pub(crate) fn share(&self) -> Targets {
        match self {
            Self::LoadBalancers(targets) => Arc::clone(&targets.0),
            Self::Memory(cluster) => cluster.targets(),
        }
    }
}
