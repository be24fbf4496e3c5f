//! How a deployment is made, as options in JSON.

use serde::Deserialize;
use serde_json::Value;

use super::probe::Probe;
use super::{DeployRequest, Deployer, Hooks, Until};
use crate::Result;
use crate::gate::{Wait, form};
use crate::metadata::BuildMetadata;
use crate::version::Version;

/// How a deployment is made: what Python and Node pass beside the service and what it is to run.
///
/// JSON, everything optional: `{"until": "registered" | "deployed" | "stable" | "verified", "wait":
/// Wait, "hooks": "report" | "continue" | "roll-back", "version": text, "build": BuildMetadata,
/// "deploymentConfiguration": as ECS writes it, "forceNewDeployment": bool, "unguarded": reason,
/// "probe": Probe}`.
#[derive(Debug, Clone, Default)]
pub struct DeployOptions {
    until: Until,
    wait: Option<Wait>,
    hooks: Hooks,
    version: Option<Version>,
    build: Option<BuildMetadata>,
    deployment_configuration: Option<Value>,
    force_new_deployment: bool,
    unguarded: Option<String>,
    probe: Option<Probe>,
}

impl DeployOptions {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument` for the shape, and the kind of the member that is wrong.
    pub fn from_json(json: &Value) -> Result<Self> {
        let form: Form = form::read("the options of the deployment", json)?;
        Ok(Self {
            until: form.until,
            wait: form.wait.as_ref().map(Wait::from_json).transpose()?,
            hooks: form.hooks,
            version: form.version.as_deref().map(str::parse).transpose()?,
            build: form
                .build
                .map(|build| BuildMetadata::from_json(&build.to_string()))
                .transpose()?,
            deployment_configuration: form.deployment_configuration,
            force_new_deployment: form.force_new_deployment,
            unguarded: form.unguarded,
            probe: form.probe.as_ref().map(Probe::from_json).transpose()?,
        })
    }

    /// What the running application is asked, when it is.
    pub fn probe(&self) -> Option<&Probe> {
        self.probe.as_ref()
    }

    /// The deployer with the options that concern it.
    pub fn deployer(&self, deployer: Deployer) -> Deployer {
        let deployer = deployer.until(self.until).hooks(self.hooks);
        match self.wait {
            Some(wait) => deployer.waiting(wait),
            None => deployer,
        }
    }

    /// The request with the options that concern it.
    pub fn request(&self, mut request: DeployRequest) -> DeployRequest {
        if let Some(version) = &self.version {
            request = request.version(version.clone());
        }
        if let Some(build) = &self.build {
            request = request.build(build.clone());
        }
        if let Some(configuration) = &self.deployment_configuration {
            request = request.deployment_configuration(configuration.clone());
        }
        if self.force_new_deployment {
            request = request.force_new_deployment();
        }
        match &self.unguarded {
            Some(reason) => request.unguarded(reason.clone()),
            None => request,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Form {
    #[serde(default)]
    until: Until,
    #[serde(default)]
    wait: Option<Value>,
    #[serde(default)]
    hooks: Hooks,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    build: Option<Value>,
    #[serde(default)]
    deployment_configuration: Option<Value>,
    #[serde(default)]
    force_new_deployment: bool,
    #[serde(default)]
    unguarded: Option<String>,
    #[serde(default)]
    probe: Option<Value>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use serde_json::json;

    #[test]
    fn options_that_are_not_known_or_make_no_sense_are_refused() {
        for (bad, kind) in [
            (json!({"untill": "stable"}), ErrorKind::InvalidArgument),
            (json!({"until": "done"}), ErrorKind::InvalidArgument),
            (json!({"hooks": "ignore"}), ErrorKind::InvalidArgument),
            (json!({"version": "latest"}), ErrorKind::InvalidVersion),
            (
                json!({"wait": {"timeoutSeconds": -1}}),
                ErrorKind::InvalidArgument,
            ),
            (json!([]), ErrorKind::InvalidArgument),
        ] {
            let error = DeployOptions::from_json(&bad).unwrap_err();
            assert_eq!(error.kind(), kind, "{bad}");
        }
        assert!(DeployOptions::from_json(&json!({})).is_ok());
    }
}
