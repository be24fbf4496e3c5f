//! The control of services.

use std::sync::Arc;

use artifact_deploy::connect::control;
use artifact_deploy::ports::ServiceControl;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// A control of services that calls can share.
#[napi]
pub struct Control(Arc<dyn ServiceControl>);

/// A control of services from its options, which come as JSON text. Nothing is sent yet.
#[napi(catch_unwind)]
pub fn connect_control(options: String) -> Outcome<Control> {
    outcome(json::read(&options).and_then(control).map(Control))
}

impl Control {
    pub(crate) fn new(control: Arc<dyn ServiceControl>) -> Self {
        Self(control)
    }

    pub(crate) fn inner(&self) -> Arc<dyn ServiceControl> {
        Arc::clone(&self.0)
    }
}
