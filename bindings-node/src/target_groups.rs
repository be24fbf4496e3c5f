//! The health of load-balancer targets.

use std::sync::Arc;

use artifact_deploy::{connect, ports};
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// What knows the targets of load balancers; calls can share it.
#[napi]
pub struct TargetGroups(Arc<dyn ports::TargetGroups>);

/// What knows the targets of load balancers, from its options, which come as JSON text. Nothing is
/// sent yet.
#[napi(catch_unwind)]
pub fn connect_target_groups(options: String) -> Outcome<TargetGroups> {
    let options = json::read(&options);
    outcome(options.and_then(connect::target_groups).map(TargetGroups))
}

impl TargetGroups {
    pub(crate) fn new(targets: Arc<dyn ports::TargetGroups>) -> Self {
        Self(targets)
    }

    pub(crate) fn inner(&self) -> Arc<dyn ports::TargetGroups> {
        Arc::clone(&self.0)
    }
}
