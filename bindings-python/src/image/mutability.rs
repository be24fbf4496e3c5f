//! Whether a repository lets a tag be moved.

use artifact_deploy::ErrorKind;
use artifact_deploy::image::{Tag, TagMutability};
use pyo3::prelude::*;

use crate::argument::{Text, Texts};
use crate::failure::Result;
use crate::json::{self, Object};

/// What a repository does when a tag that exists is pushed again.
#[pyclass(frozen, eq, name = "TagMutability", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyTagMutability(pub(crate) TagMutability);

#[pymethods]
impl PyTagMutability {
    /// `mode` is `mutable`, `immutable`, `immutable-except`, `mutable-except` or `unknown`; the two
    /// in the middle take wildcard `filters`.
    #[new]
    #[pyo3(signature = (mode, filters=None))]
    fn new(mode: &str, filters: Option<Texts>) -> Result<Self> {
        let mut value = serde_json::json!({ "mode": mode });
        if let (Some(filters), Some(members)) = (filters, value.as_object_mut()) {
            members.insert("filters".to_owned(), filters.0.into());
        }
        let text = json::text(&value)?;
        json::read(&text, ErrorKind::InvalidArgument, "the mutability").map(Self)
    }

    /// Whether this tag, once pushed, cannot be moved by a push. `None` when that is not known.
    fn protects(&self, tag: Text<Tag>) -> Option<bool> {
        self.0.protects(&tag.0)
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<TagMutability> {
        Object(self.0.clone())
    }

    fn __repr__(&self) -> Result<String> {
        Ok(format!("TagMutability({})", json::text(&self.0)?))
    }
}
