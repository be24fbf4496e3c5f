//! How long and how often a gate asks.

use artifact_deploy::ErrorKind;
use artifact_deploy::gate::Wait;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::{PyTypeInfo, type_hint_union};

use crate::argument::Span;
use crate::failure::Result;
use crate::json::{self, Object, ObjectArgument};

/// How long a gate waits for what is not there yet, and how often it asks.
///
/// Delays double from the first to the longest, each made longer by a random part. The last attempt
/// is made shortly before the end; nothing sleeps past it, and a call that hangs is cut off by it.
#[pyclass(frozen, eq, name = "Wait", module = "artifact_deploy")]
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct PyWait(Wait);

#[pymethods]
impl PyWait {
    /// Waits until `timeout` has passed: seconds, or a `timedelta`. Zero is no waiting.
    #[new]
    #[pyo3(signature = (timeout, *, first_delay=None, longest_delay=None))]
    fn new(timeout: Span, first_delay: Option<Span>, longest_delay: Option<Span>) -> Result<Self> {
        let mut form = serde_json::Map::new();
        let spans = [
            ("timeoutSeconds", Some(timeout)),
            ("firstDelaySeconds", first_delay),
            ("longestDelaySeconds", longest_delay),
        ];
        for (name, span) in spans {
            if let Some(span) = span {
                form.insert(name.to_owned(), span.0.as_secs_f64().into());
            }
        }
        Ok(Self(Wait::from_json(&form.into())?))
    }

    /// Reads the one JSON form: `{"timeoutSeconds", "firstDelaySeconds"?, "longestDelaySeconds"?}`.
    #[staticmethod]
    fn from_json(value: ObjectArgument) -> Result<Self> {
        let value = value.read(ErrorKind::InvalidArgument, "a wait")?;
        Ok(Self(Wait::from_json(&value)?))
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Wait> {
        Object(self.0)
    }

    fn __repr__(&self) -> Result<String> {
        Ok(format!("Wait({})", json::text(&self.0)?))
    }
}

/// A wait, or how long it is: seconds, or a `timedelta`.
pub(crate) struct Deadline(pub(crate) Wait);

impl<'py> FromPyObject<'_, 'py> for Deadline {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(Span::INPUT_TYPE, PyWait::TYPE_HINT);

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(wait) = value.cast::<PyWait>() {
            return Ok(Self(wait.get().0));
        }
        Ok(Self(PyWait::new(value.extract()?, None, None)?.0))
    }
}
