//! What a rollout asks of load balancers.

use async_trait::async_trait;

use crate::Result;
use crate::service::TargetHealth;

/// The target groups of load balancers, read only.
#[async_trait]
pub trait TargetGroups: Send + Sync {
    /// The targets of a group and their health.
    ///
    /// # Errors
    /// `TargetGroupNotFound`, `AccessDenied`, `Unauthenticated`, `Throttled`, `ServiceUnavailable`,
    /// `Timeout`, `UnexpectedResponse`.
    async fn target_health(&self, target_group_arn: &str) -> Result<Vec<TargetHealth>>;
}
