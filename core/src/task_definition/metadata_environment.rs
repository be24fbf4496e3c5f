//! What a container is told about its image and build.

use crate::gate::VerifiedImage;
use crate::metadata::BuildMetadata;

/// The variables for an image, and for the build as far as it is known.
pub(super) fn metadata_environment(
    image: &VerifiedImage,
    metadata: Option<&BuildMetadata>,
) -> Vec<(String, String)> {
    let _ = metadata;
    let mut variables = vec![("IMAGE_DIGEST".to_owned(), image.digest().to_string())];
    if let Some(tag) = image.tag() {
        variables.insert(0, ("IMAGE_TAG".to_owned(), tag.to_string()));
    }
    variables
}
