//! The health of load-balancer targets from JSON options.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::json::read;
use crate::Result;
use crate::aws::{AwsOptions, LoadBalancerTargets};
use crate::ports::TargetGroups;

/// Who knows the targets of load balancers, and how it is reached.
///
/// JSON, told apart by `kind`:
///
/// | `kind` | the other members |
/// |---|---|
/// | `"elb"` (or no `kind`) | those of [`AwsOptions`]: `region`, `profile`, `roleArn`, `endpointUrl`, `timeouts` |
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum TargetGroupOptions {
    /// Elastic Load Balancing.
    Elb(AwsOptions),
}

impl TargetGroupOptions {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument`, without the values of the options.
    pub fn from_json(options: Value) -> Result<Self> {
        read(options, "elb", "target group")
    }
}

/// Makes what knows the targets of load balancers from its JSON options; see [`TargetGroupOptions`].
/// Nothing is sent yet.
///
/// ```
/// let targets = artifact_deploy::connect::target_groups(serde_json::json!({"kind": "elb"}))?;
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
pub fn target_groups(options: Value) -> Result<Arc<dyn TargetGroups>> {
    Ok(match TargetGroupOptions::from_json(options)? {
        TargetGroupOptions::Elb(options) => Arc::new(LoadBalancerTargets::new(options)),
    })
}
