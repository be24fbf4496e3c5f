//! Registries from JSON options.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

#[cfg(feature = "ecr")]
use super::Registries;
use super::json::read;
use crate::Result;
#[cfg(feature = "ecr")]
use crate::aws::{AwsOptions, EcrRegistry};
#[cfg(feature = "memory")]
use crate::memory::MemoryRegistry;
use crate::oci::{OciOptions, OciRegistry};
use crate::ports::ImageRegistry;

/// Which registry, and how it is reached.
///
/// JSON, told apart by `kind`:
///
/// | `kind` | the other members |
/// |---|---|
/// | `"auto"` (or no `kind`) | `"ecr"?` and `"oci"?`: the options of the two kinds below; the address decides |
/// | `"ecr"` | those of `AwsOptions`: `region`, `profile`, `roleArn`, `endpointUrl`, `timeouts` |
/// | `"oci"` | those of [`OciOptions`]: `registry`, `username`, `password`, `token`, `plainHttp`, `timeouts` |
/// | `"memory"` | a fixture of the registry in memory (feature `memory`) |
#[derive(Debug, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum RegistryOptions {
    /// The address of each repository decides.
    #[cfg(feature = "ecr")]
    Auto {
        /// How Amazon ECR is reached.
        #[serde(default)]
        ecr: AwsOptions,
        /// How every other registry is reached.
        #[serde(default)]
        oci: OciOptions,
    },
    /// Amazon ECR alone.
    #[cfg(feature = "ecr")]
    Ecr(AwsOptions),
    /// OCI registries alone.
    Oci(OciOptions),
    /// A registry in memory, from its fixture.
    #[cfg(feature = "memory")]
    Memory(Value),
}

impl RegistryOptions {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument`, without the values of the options.
    pub fn from_json(options: Value) -> Result<Self> {
        read(options, USUAL, "registry")
    }
}

/// The kind of options that do not tell theirs.
const USUAL: &str = "auto";

/// Makes a registry from its JSON options; see [`RegistryOptions`]. Nothing is sent yet.
///
/// ```
/// # #[cfg(feature = "ecr")] {
/// let options = serde_json::json!({"kind": "ecr", "region": "eu-central-1"});
/// let registry = artifact_deploy::connect::connect(options).unwrap();
/// # }
/// ```
pub fn connect(options: Value) -> Result<Arc<dyn ImageRegistry>> {
    Ok(match RegistryOptions::from_json(options)? {
        #[cfg(feature = "ecr")]
        RegistryOptions::Auto { ecr, oci } => Arc::new(Registries::new(
            EcrRegistry::new(ecr)?,
            OciRegistry::new(oci)?,
        )),
        #[cfg(feature = "ecr")]
        RegistryOptions::Ecr(options) => Arc::new(EcrRegistry::new(options)?),
        RegistryOptions::Oci(options) => Arc::new(OciRegistry::new(options)?),
        #[cfg(feature = "memory")]
        RegistryOptions::Memory(fixture) => Arc::new(MemoryRegistry::from_json(&fixture)?),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ErrorKind;

    #[test]
    fn an_unknown_kind_or_option_is_refused_without_repeating_a_secret() {
        for options in [
            json!({"kind": "docker"}),
            json!({"kind": "oci", "password": "hush"}),
            json!({"kind": "oci", "username": "ci", "password": "hush", "host": "x"}),
            json!({"kind": "ecr", "regoin": "eu-central-1"}),
            json!("hush"),
            json!({"kind": "auto", "oci": {"token": "hush", "user": 1}}),
            json!({"kind": "oci", "plainHttp": "hush"}),
        ] {
            let error = RegistryOptions::from_json(options.clone()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{options}");
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
    }

    #[cfg(feature = "memory")]
    #[tokio::test]
    async fn a_fixture_makes_a_registry_in_memory() {
        use crate::image::ImageSelector;
        use crate::ports::{Lookup, LookupDepth};

        let images = json!([{"tags": ["v1"]}]);
        let options = json!({"kind": "memory", "repositories": {"app": {"images": images}}});
        let registry = connect(options).unwrap();
        let image = [ImageSelector::Tag("v1".parse().unwrap())];
        let app = "app".parse().unwrap();
        let answers = registry.look_up(&app, &image, LookupDepth::Manifest).await;
        assert!(matches!(answers.unwrap()[..], [Lookup::Found(_)]));
    }

    #[cfg(feature = "ecr")]
    #[test]
    fn without_a_kind_the_address_decides() {
        let options = json!({"ecr": {"region": "eu-central-1"}, "oci": {"token": "t"}});
        let options = RegistryOptions::from_json(options).unwrap();
        assert!(matches!(options, RegistryOptions::Auto { ecr, .. }
            if ecr.region() == Some("eu-central-1")));
    }
}
