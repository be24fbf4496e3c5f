//! What a refusal of ECR means, as far as it is of ECR alone.

use crate::ErrorKind;
use crate::aws::errors::{Api, Refusal};

/// Amazon ECR.
pub(super) static ECR: Api = Api {
    name: "ECR",
    prefix: "ecr",
    unavailable: ErrorKind::RegistryUnavailable,
    kind,
};

fn kind(_operation: &str, refusal: &Refusal) -> Option<ErrorKind> {
    Some(match refusal.code? {
        "RepositoryNotFoundException" => ErrorKind::RepositoryNotFound,
        "ImageNotFoundException" => ErrorKind::ImageNotFound,
        "ImageTagAlreadyExistsException" => ErrorKind::VersionConflict,
        "ImageDigestDoesNotMatchException" => ErrorKind::DigestMismatch,
        "LayersNotFoundException" | "ReferencedImagesNotFoundException" => {
            ErrorKind::ContentIncomplete
        }
        "UnableToGetUpstreamImageException" | "UnableToGetUpstreamLayerException" => {
            ErrorKind::RegistryUnavailable
        }
        _ => return None,
    })
}
