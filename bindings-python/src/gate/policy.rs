//! What must hold.

use artifact_deploy::ErrorKind;
use artifact_deploy::gate::Policy;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::{type_hint_identifier, type_hint_subscript};
use serde_json::{Map, Value};

use crate::argument::literal;
use crate::failure::Result;
use crate::json::{self, JsonArgument, Object, ObjectArgument};

/// Which checks the gate makes beyond those that it always makes, and how strictly.
#[pyclass(frozen, eq, name = "Policy", module = "artifact_deploy")]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct PyPolicy(pub(crate) Policy);

#[pymethods]
impl PyPolicy {
    /// `scan`: `"off"`, or the number of findings of each severity that are let pass, such as
    /// `{"critical": 0, "high": 0}`. `retention`: what is done about a lifecycle rule that would
    /// expire the image. `content`: whether every manifest, configuration and layer must be `"available"`, or their
    /// bytes `"verified"`. `tag_immutable`: what is done about a tag that can be moved.
    /// `unverified_manifest`: whether the digest that the registry names is believed where its
    /// manifest may not be read, which is a bypass.
    #[new]
    #[pyo3(signature = (
        *,
        content=Content("off".to_owned()),
        tag_immutable=TagImmutable("off".to_owned()),
        unverified_manifest=false,
        scan=None,
        retention=None,
    ))]
    fn new(
        content: Content,
        tag_immutable: TagImmutable,
        unverified_manifest: bool,
        scan: Option<JsonArgument>,
        retention: Option<JsonArgument>,
    ) -> Result<Self> {
        let mut policy = Map::new();
        policy.insert("content".to_owned(), content.0.into());
        policy.insert("tagImmutable".to_owned(), tag_immutable.0.into());
        policy.insert("unverifiedManifest".to_owned(), unverified_manifest.into());
        for (name, value) in [("scan", scan), ("retention", retention)] {
            if let Some(value) = value {
                policy.insert(name.to_owned(), value.0);
            }
        }
        Ok(Self(Policy::from_json(&Value::Object(policy))?))
    }

    /// Everything is required: all bytes hashed, the tag immutable.
    #[staticmethod]
    fn strict() -> Self {
        Self(Policy::strict())
    }

    /// Reads the one JSON form: `{"content"?, "tagImmutable"?, "unverifiedManifest"?}`.
    #[staticmethod]
    fn from_json(value: ObjectArgument) -> Result<Self> {
        let value = value.read(ErrorKind::InvalidArgument, "a gate policy")?;
        Ok(Self(Policy::from_json(&value)?))
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Policy> {
        Object(self.0)
    }

    fn __repr__(&self) -> Result<String> {
        Ok(format!("Policy({})", json::text(&self.0)?))
    }
}

/// One word of a list that type checkers know; the core decides.
macro_rules! word {
    ($name:ident, $($word:literal),+) => {
        struct $name(String);

        impl<'py> FromPyObject<'_, 'py> for $name {
            type Error = PyErr;

            const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(
                type_hint_identifier!("typing", "Literal"),
                $(literal($word)),+
            );

            fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                value.extract().map(Self)
            }
        }
    };
}

word!(Content, "off", "available", "verified");
word!(TagImmutable, "off", "warn", "require");
