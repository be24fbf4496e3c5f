//! Errors of the core as exceptions of `artifact_deploy.errors`.

use std::error::Error as _;

use artifact_deploy::Error;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyList;
use serde_json::Value;

use crate::json::to_python;

/// What ends a call: an error of the core, or an exception that Python raised on the way.
pub(crate) enum Failure {
    /// The core refused.
    Core(Error),
    /// An argument had the wrong type, a callback raised, a signal came.
    Python(PyErr),
}

pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl From<Failure> for PyErr {
    /// Takes the GIL, so it must not run on a worker of the runtime.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Python(error) => error,
            Failure::Core(error) => Python::attach(|py| exception(py, &error)),
        }
    }
}

/// The exception of `error`, with the exceptions of its causes.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    build(py, error).unwrap_or_else(|problem| problem)
}

fn build(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let chain = PyList::empty(py);
    chain.append(link(py, error)?)?;
    let mut cause = error.source();
    while let Some(next) = cause {
        match next.downcast_ref::<Error>() {
            Some(ours) => chain.append(link(py, ours)?)?,
            None => chain.append((None::<&str>, next.to_string(), None::<&str>, false))?,
        }
        cause = next.source();
    }
    let made = py
        .import("artifact_deploy.errors")?
        .call_method1("_from_native", (chain,))?;
    made.cast::<PyException>()?;
    Ok(PyErr::from_value(made))
}

fn link<'py>(
    py: Python<'py>,
    error: &Error,
) -> PyResult<(&'static str, String, Bound<'py, PyAny>, bool)> {
    let details = to_python(py, error.details().unwrap_or(&Value::Null))?;
    let message = error.message().to_owned();
    Ok((error.code(), message, details, error.is_retryable()))
}

/// The exception of `error`, where the GIL is held.
pub(crate) fn raise(error: Error) -> PyErr {
    Failure::Core(error).into()
}
