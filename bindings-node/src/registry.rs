//! Registries.

use std::sync::Arc;

use artifact_deploy::Result;
use artifact_deploy::connect::{connect, image_tags};
use artifact_deploy::memory::MemoryRegistry;
use artifact_deploy::ports::{ImageRegistry, ImageTags};
use napi_derive::napi;
use serde_json::Value;

use crate::failure::{Outcome, outcome};
use crate::json;

/// A registry that calls can share.
#[napi]
pub struct Registry {
    registry: Arc<dyn ImageRegistry>,
    written: Written,
}

/// How tags are put into it.
enum Written {
    /// As these options say, when a tag is put at all.
    By(Value),
    /// By itself.
    Itself(Arc<dyn ImageTags>),
}

/// A registry from its options, which come as JSON text. Nothing is sent yet.
#[napi(catch_unwind)]
pub fn connect_registry(options: String) -> Outcome<Registry> {
    let connected = || {
        let options: Value = json::read(&options)?;
        Ok(Registry {
            registry: connect(options.clone())?,
            written: Written::By(options),
        })
    };
    outcome(connected())
}

impl Registry {
    /// A registry in memory.
    pub(crate) fn in_memory(registry: &Arc<MemoryRegistry>) -> Self {
        Self {
            registry: Arc::<MemoryRegistry>::clone(registry),
            written: Written::Itself(Arc::<MemoryRegistry>::clone(registry)),
        }
    }

    pub(crate) fn inner(&self) -> Arc<dyn ImageRegistry> {
        Arc::clone(&self.registry)
    }

    /// What puts tags into it.
    ///
    /// # Errors
    /// `UnsupportedOperation` for a registry that is not written to.
    pub(crate) fn tags(&self) -> Result<Arc<dyn ImageTags>> {
        match &self.written {
            Written::By(options) => image_tags(options.clone()),
            Written::Itself(tags) => Ok(Arc::clone(tags)),
        }
    }
}
