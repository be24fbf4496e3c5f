//! A registry in memory, for tests and demonstrations.

use std::sync::Arc;

use artifact_deploy::memory;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;
use crate::registry::Registry;

/// A registry in memory.
#[napi]
pub struct MemoryRegistry(Arc<memory::MemoryRegistry>);

/// A registry in memory from its fixture, which comes as JSON text.
#[napi(catch_unwind)]
pub fn create_memory_registry(fixture: String) -> Outcome<MemoryRegistry> {
    let registry = || {
        let registry = memory::MemoryRegistry::from_json(&json::read(&fixture)?)?;
        Ok(MemoryRegistry(Arc::new(registry)))
    };
    outcome(registry())
}

#[napi]
impl MemoryRegistry {
    /// The same registry, for calls.
    #[napi(catch_unwind)]
    pub fn registry(&self) -> Registry {
        Registry::in_memory(&self.0)
    }

    /// How many calls it had, as JSON.
    #[napi(catch_unwind)]
    pub fn calls(&self) -> Outcome<String> {
        outcome(json::write(&self.0.calls()))
    }

    /// Counts from zero again.
    #[napi(catch_unwind)]
    pub fn reset_calls(&self) {
        self.0.reset_calls();
    }

    /// Pushes an image, which comes as JSON text, under tags, and gives its digest.
    #[napi(catch_unwind)]
    pub fn push(&self, repository: String, tags: Vec<String>, image: String) -> Outcome<String> {
        let pushed = || {
            let image = memory::MemoryImage::from_json(&json::read(&image)?)?;
            let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
            Ok(self.0.push(&repository, &tags, &image)?.to_string())
        };
        outcome(pushed())
    }

    /// Deletes an image.
    #[napi(catch_unwind)]
    pub fn delete(&self, repository: String, digest: String) -> Outcome<()> {
        let deleted = || self.0.delete(&repository, &digest.parse()?);
        outcome(deleted())
    }

    /// Ends all faults.
    #[napi(catch_unwind)]
    pub fn heal(&self) {
        self.0.heal();
    }
}

impl MemoryRegistry {
    /// The registry itself; clones share their contents.
    pub(crate) fn inner(&self) -> memory::MemoryRegistry {
        memory::MemoryRegistry::clone(&self.0)
    }
}
