//! The control of services from JSON options.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::json::read;
use crate::Result;
use crate::aws::{AwsOptions, EcsControl};
use crate::ports::ServiceControl;

/// Who controls services, and how it is reached.
///
/// JSON, told apart by `kind`:
///
/// | `kind` | the other members |
/// |---|---|
/// | `"ecs"` (or no `kind`) | those of [`AwsOptions`]: `region`, `profile`, `roleArn`, `endpointUrl`, `timeouts` |
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum ControlOptions {
    /// Amazon ECS.
    Ecs(AwsOptions),
}

impl ControlOptions {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument`, without the values of the options.
    pub fn from_json(options: Value) -> Result<Self> {
        read(options, "ecs", "service control")
    }
}

/// Makes the control of services from its JSON options; see [`ControlOptions`]. Nothing is sent yet.
///
/// ```
/// let options = serde_json::json!({"kind": "ecs", "region": "eu-central-1"});
/// let control = artifact_deploy::connect::control(options)?;
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
pub fn control(options: Value) -> Result<Arc<dyn ServiceControl>> {
    Ok(match ControlOptions::from_json(options)? {
        ControlOptions::Ecs(options) => Arc::new(EcsControl::new(options)),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ErrorKind;

    #[test]
    fn without_a_kind_it_is_amazon_ecs() {
        let options = ControlOptions::from_json(json!({"region": "eu-central-1"})).unwrap();
        let ControlOptions::Ecs(options) = options;
        assert_eq!(options.region(), Some("eu-central-1"));
    }

    #[test]
    fn an_unknown_kind_or_option_is_refused() {
        for options in [
            json!({"kind": "nomad"}),
            json!({"kind": "ecs", "regoin": "eu-central-1"}),
            json!({"kind": "ecs", "timeouts": {"read": 0}}),
            json!("ecs"),
        ] {
            let error = ControlOptions::from_json(options.clone()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{options}");
        }
    }
}
