//! What callers pass: text, times and spans of time, as values of the core.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Duration;

use artifact_deploy::image::{Digest, ImageReference, Platform, RepositoryAddress, Tag};
use artifact_deploy::metadata::{Commit, Provider, parse_time};
use artifact_deploy::service::ServiceAddress;
use artifact_deploy::version::{Environment, Release, RepositoryLayout, Version};
use artifact_deploy::{Error, ErrorKind};
use chrono::{DateTime, Utc};
use pyo3::PyTypeInfo;
use pyo3::exceptions::PyTypeError;
use pyo3::inspect::{PyStaticConstant, PyStaticExpr};
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDelta, PyMapping, PyString};
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};

use crate::image::{PyDigest, PyImageReference, PyPlatform, PyRepository, PyTag};
use crate::metadata::PyCommit;
use crate::version::{PyEnvironment, PyVersion};

const STR: PyStaticExpr = type_hint_identifier!("builtins", "str");

/// A value that is written as text: a `str`, or the class of that very thing.
pub(crate) struct Text<T>(pub(crate) T);

/// What can be a [`Text`].
pub(crate) trait Written: FromStr<Err = Error> {
    /// What type checkers accept.
    const HINT: PyStaticExpr = STR;

    /// The value of an object that is one already.
    fn of(_value: Borrowed<'_, '_, PyAny>) -> Option<Self> {
        None
    }
}

impl Written for Provider {}
impl Written for ServiceAddress {}
impl Written for Release {}

/// Takes objects of `$class` for text of a `$core`.
macro_rules! also {
    ($($core:ty = $class:ty),+ $(,)?) => {$(
        impl Written for $core {
            const HINT: PyStaticExpr = type_hint_union!(STR, <$class as PyTypeInfo>::TYPE_HINT);

            fn of(value: Borrowed<'_, '_, PyAny>) -> Option<Self> {
                Some(value.cast::<$class>().ok()?.get().0.clone())
            }
        }
    )+};
}

also! {
    Commit = PyCommit,
    Digest = PyDigest,
    Environment = PyEnvironment,
    ImageReference = PyImageReference,
    Platform = PyPlatform,
    RepositoryAddress = PyRepository,
    Tag = PyTag,
    Version = PyVersion,
}

impl<'py, T: Written> FromPyObject<'_, 'py> for Text<T> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = T::HINT;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(value) = T::of(value) {
            return Ok(Self(value));
        }
        let text = value.cast::<PyString>()?;
        let text = text.to_cow()?;
        text.parse().map(Self).map_err(crate::failure::raise)
    }
}

/// How environments share repositories: `"shared"` or `"per-environment"`.
pub(crate) struct Layout(pub(crate) RepositoryLayout);

impl<'py> FromPyObject<'_, 'py> for Layout {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("typing", "Literal"),
        literal("shared"),
        literal("per-environment")
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = value.cast::<PyString>()?;
        let text = text.to_cow()?;
        let quoted = serde_json::Value::from(text.as_ref());
        serde_json::from_value(quoted).map(Self).map_err(|_| {
            crate::failure::raise(Error::new(
                ErrorKind::InvalidArgument,
                format!("layout {text:?} is not known; give \"shared\" or \"per-environment\""),
            ))
        })
    }
}

/// A text constant in a `Literal`.
pub(crate) const fn literal(value: &'static str) -> PyStaticExpr {
    PyStaticExpr::Constant {
        value: PyStaticConstant::Str(value),
    }
}

/// A point in time: an aware `datetime`, or text in one of the two accepted forms.
pub(crate) struct Time(pub(crate) DateTime<Utc>);

impl<'py> FromPyObject<'_, 'py> for Time {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr =
        type_hint_union!(STR, type_hint_identifier!("datetime", "datetime"));

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = value.cast::<PyString>() {
            let time = parse_time(&text.to_cow()?).map_err(crate::failure::raise)?;
            return Ok(Self(time));
        }
        let py = value.py();
        let time = value.cast::<PyDateTime>()?;
        if time.getattr("tzinfo")?.is_none() {
            return Err(crate::failure::raise(Error::new(
                ErrorKind::InvalidTime,
                format!(
                    "datetime {} has no timezone, so it is not known which moment it means; \
                     give for example datetime.now(timezone.utc)",
                    time.str()?
                ),
            )));
        }
        let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
        time.call_method1("astimezone", (utc,))?.extract().map(Self)
    }
}

/// A span of time: seconds as a number, or a `timedelta`.
pub(crate) struct Span(pub(crate) Duration);

impl<'py> FromPyObject<'_, 'py> for Span {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "float"),
        type_hint_identifier!("datetime", "timedelta")
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let seconds: f64 = match value.cast::<PyDelta>() {
            Ok(span) => span.call_method0("total_seconds")?.extract()?,
            Err(_) => value.extract()?,
        };
        Duration::try_from_secs_f64(seconds).map(Self).map_err(|_| {
            crate::failure::raise(Error::new(
                ErrorKind::InvalidArgument,
                format!("{seconds} seconds is no span of time; give a number from 0"),
            ))
        })
    }
}

/// Names and values: environment variables, labels.
pub(crate) struct Variables(pub(crate) BTreeMap<String, String>);

impl Variables {
    /// These, or without any the environment of the process, as `os.environ` has it.
    pub(crate) fn or_environment(
        py: Python<'_>,
        given: Option<Self>,
    ) -> PyResult<BTreeMap<String, String>> {
        if let Some(given) = given {
            return Ok(given.0);
        }
        let mut variables = BTreeMap::new();
        for item in py
            .import("os")?
            .getattr("environ")?
            .call_method0("items")?
            .try_iter()?
        {
            // A variable that is not Unicode is none of those that are read.
            if let Ok((name, value)) = item?.extract() {
                variables.insert(name, value);
            }
        }
        Ok(variables)
    }
}

impl<'py> FromPyObject<'_, 'py> for Variables {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Mapping"),
        STR,
        STR
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let items = value.cast::<PyMapping>()?.items()?;
        items
            .iter()
            .map(|item| item.extract())
            .collect::<PyResult<_>>()
            .map(Self)
    }
}

/// Several texts: any iterable of `str` but a `str` itself, which is one text.
pub(crate) struct Texts(pub(crate) Vec<String>);

impl<'py> FromPyObject<'_, 'py> for Texts {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("collections.abc", "Iterable"), STR);

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if value.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err(
                "expected several texts, such as a list of str",
            ));
        }
        let texts = value.try_iter()?.map(|text| text?.extract());
        texts.collect::<PyResult<_>>().map(Self)
    }
}

/// What nobody has: the argument of a class that is not made by calling it, so that type checkers
/// refuse the call too.
pub(crate) enum Unobtainable {}

impl FromPyObject<'_, '_> for Unobtainable {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("typing", "Never");

    fn extract(_value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Err(PyTypeError::new_err("this class is not made by calling it"))
    }
}
