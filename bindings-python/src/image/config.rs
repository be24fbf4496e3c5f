//! What a single image says of itself.

use std::collections::BTreeMap;

use artifact_deploy::image::ImageConfig;
use chrono::{DateTime, Utc};
use pyo3::prelude::*;

use crate::failure::Result;
use crate::json::{self, Object};

/// What a single image says of itself: platform, labels, time.
#[pyclass(frozen, eq, name = "ImageConfig", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyImageConfig(ImageConfig);

#[pymethods]
impl PyImageConfig {
    /// Reads the bytes of an image configuration.
    #[staticmethod]
    fn parse(content: &[u8]) -> Result<Self> {
        Ok(Self(ImageConfig::parse(content)?))
    }

    /// What it runs on.
    #[getter]
    fn platform(&self) -> Option<String> {
        self.0.platform().map(ToString::to_string)
    }

    /// When it says that it was made.
    #[getter]
    fn created(&self) -> Option<DateTime<Utc>> {
        self.0.created()
    }

    /// Its labels.
    #[getter]
    fn labels(&self) -> BTreeMap<String, String> {
        self.0.labels().clone()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<ImageConfig> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __repr__(&self) -> String {
        let platform = self.0.platform().map(ToString::to_string);
        format!("ImageConfig(platform={:?})", platform.unwrap_or_default())
    }
}
