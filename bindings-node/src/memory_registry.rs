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
        Registry::new(self.0.clone())
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

    /// Ends all faults.
    #[napi(catch_unwind)]
    pub fn heal(&self) {
        self.0.heal();
    }
}
