//! The one JSON form of values, between the core and Python.
//!
//! Python's own `json` does the work in both directions: it keeps integers of any size and bounds
//! the depth.

use artifact_deploy::{Error, ErrorKind};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::{Failure, Result};

/// `dict[str, Any]`
const OBJECT: PyStaticExpr = type_hint_subscript!(
    type_hint_identifier!("builtins", "dict"),
    type_hint_identifier!("builtins", "str"),
    type_hint_identifier!("typing", "Any")
);

/// The JSON text of a value of the core.
pub(crate) fn text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| {
        let message = "a value of the library cannot be written as JSON; please report it";
        Error::new(ErrorKind::UnexpectedResponse, message)
            .with_source(cause)
            .into()
    })
}

/// A value of the core as `dict`, `list`, `str`, `int`, `float`, `bool` or `None`.
pub(crate) fn to_python<'py>(
    py: Python<'py>,
    value: &impl Serialize,
) -> PyResult<Bound<'py, PyAny>> {
    parse(py, &text(value)?)
}

/// JSON text as Python values.
pub(crate) fn parse<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (text,))
}

/// The JSON text of a Python value. Text is taken as JSON text already.
pub(crate) fn dump(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if value.is_instance_of::<PyString>() {
        return value.extract();
    }
    let py = value.py();
    let options = PyDict::new(py);
    options.set_item("allow_nan", false)?;
    options.set_item("ensure_ascii", false)?;
    py.import("json")?
        .call_method("dumps", (value,), Some(&options))?
        .extract()
}

/// Reads a value of the core; what is wrong with it is an error of `kind` that names `what`.
pub(crate) fn read<T: DeserializeOwned>(text: &str, kind: ErrorKind, what: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|cause| Failure::Core(Error::new(kind, format!("{what} cannot be used: {cause}"))))
}

/// A value of the core on its way out as `dict[str, Any]`.
pub(crate) struct Object<T>(pub(crate) T);

impl<'py, T: Serialize> IntoPyObject<'py> for Object<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = OBJECT;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        to_python(py, &self.0)
    }
}

/// Values of the core on their way out as `list[dict[str, Any]]`.
pub(crate) struct Objects<T>(pub(crate) Vec<T>);

impl<'py, T: Serialize> IntoPyObject<'py> for Objects<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("builtins", "list"), OBJECT);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        to_python(py, &self.0)
    }
}

/// A value of the core on its way out, whatever JSON value it is.
pub(crate) struct Json<T>(pub(crate) T);

impl<'py, T: Serialize> IntoPyObject<'py> for Json<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("typing", "Any");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        to_python(py, &self.0)
    }
}

/// A JSON object on its way in: a mapping, or JSON text. Kept as text.
pub(crate) struct ObjectArgument(pub(crate) String);

impl ObjectArgument {
    /// Reads it; what is wrong with it is an error of `kind` that names `what`.
    pub(crate) fn read<T: DeserializeOwned>(self, kind: ErrorKind, what: &str) -> Result<T> {
        read(&self.0, kind, what)
    }
}

impl<'py> FromPyObject<'_, 'py> for ObjectArgument {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "str"),
        type_hint_subscript!(
            type_hint_identifier!("collections.abc", "Mapping"),
            type_hint_identifier!("builtins", "str"),
            type_hint_identifier!("typing", "Any")
        )
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        dump(&value).map(Self)
    }
}

/// A word or a JSON object on its way in.
pub(crate) struct JsonArgument(pub(crate) serde_json::Value);

impl<'py> FromPyObject<'_, 'py> for JsonArgument {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = ObjectArgument::INPUT_TYPE;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if value.is_instance_of::<PyString>() {
            return Ok(Self(value.extract::<String>()?.into()));
        }
        let text = dump(&value)?;
        read(&text, ErrorKind::InvalidArgument, "the argument")
            .map(Self)
            .map_err(PyErr::from)
    }
}
