//! Who puts tags, from JSON options.

use std::sync::Arc;

use serde_json::Value;

use super::RegistryOptions;
use crate::aws::EcrRegistry;
use crate::ports::ImageTags;
use crate::{Error, ErrorKind, Result};

/// Makes what puts tags from the JSON options of a registry; see [`RegistryOptions`]. Nothing is sent
/// yet.
///
/// # Errors
/// `InvalidArgument`; `UnsupportedOperation` for OCI registries: only Amazon ECR is written to.
pub fn image_tags(options: Value) -> Result<Arc<dyn ImageTags>> {
    Ok(match RegistryOptions::from_json(options)? {
        RegistryOptions::Auto { ecr, .. } | RegistryOptions::Ecr(ecr) => {
            Arc::new(EcrRegistry::new(ecr)?)
        }
        RegistryOptions::Oci(_) => {
            return Err(Error::new(
                ErrorKind::UnsupportedOperation,
                "tags are put in Amazon ECR alone; put this one with the tool that pushes to the \
                 registry",
            ));
        }
        #[cfg(feature = "memory")]
        RegistryOptions::Memory(fixture) => {
            Arc::new(crate::memory::MemoryRegistry::from_json(&fixture)?)
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_amazon_ecr_is_written_to() {
        assert!(image_tags(json!({"kind": "ecr", "region": "eu-central-1"})).is_ok());
        assert!(image_tags(json!({})).is_ok());
        let error = image_tags(json!({"kind": "oci"})).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::UnsupportedOperation);
        let error = image_tags(json!({"kind": "docker"})).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }
}
