//! What a container is told about its image and build.

use crate::gate::VerifiedImage;
use crate::metadata::{BuildMetadata, IMAGE_DIGEST, IMAGE_TAG, container_variables};

/// What becomes of the variables that tell a container about its image and build.
#[derive(Debug, Default)]
pub(super) struct MetadataEnvironment {
    /// To set, in order.
    pub(super) set: Vec<(String, String)>,
    /// To remove: what an earlier render left and nothing is known of now. It would tell a lie.
    pub(super) stale: Vec<&'static str>,
}

impl MetadataEnvironment {
    /// For an image and, where `metadata` or the labels of the image tell it, its build.
    ///
    /// Where nothing is known of the build, variables about it are left alone: something else may
    /// have written them.
    pub(super) fn new(image: &VerifiedImage, metadata: Option<&BuildMetadata>) -> Self {
        let digest = Some(image.digest());
        let metadata = metadata.or_else(|| image.metadata());
        let set = match metadata {
            Some(metadata) => metadata.container_environment(image.tag(), digest),
            None => identity(image),
        };
        let of_the_image = |name: &&str| [IMAGE_TAG, IMAGE_DIGEST].contains(name);
        let stale = container_variables()
            .filter(|name| metadata.is_some() || of_the_image(name))
            .filter(|name| set.iter().all(|(known, _)| known != name))
            .collect();
        Self { set, stale }
    }
}

fn identity(image: &VerifiedImage) -> Vec<(String, String)> {
    let tag = image
        .tag()
        .map(|tag| (IMAGE_TAG.to_owned(), tag.to_string()));
    let digest = (IMAGE_DIGEST.to_owned(), image.digest().to_string());
    tag.into_iter().chain([digest]).collect()
}
