//! Registries.

use std::sync::Arc;

use artifact_deploy::connect::connect;
use artifact_deploy::ports::ImageRegistry;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// A registry that calls can share.
#[napi]
pub struct Registry(Arc<dyn ImageRegistry>);

/// A registry from its options, which come as JSON text. Nothing is sent yet.
#[napi(catch_unwind)]
pub fn connect_registry(options: String) -> Outcome<Registry> {
    outcome(json::read(&options).and_then(connect).map(Registry))
}

impl Registry {
    pub(crate) fn new(registry: Arc<dyn ImageRegistry>) -> Self {
        Self(registry)
    }

    pub(crate) fn inner(&self) -> Arc<dyn ImageRegistry> {
        Arc::clone(&self.0)
    }
}
