//! Looking up images: `BatchGetImage`, and `DescribeImages` where that says too little.

use std::collections::HashMap;

use aws_sdk_ecr::operation::batch_get_image::BatchGetImageOutput;
use aws_sdk_ecr::types::{Image, ImageFailure, ImageFailureCode};
use bytes::Bytes;
use serde_json::json;

use super::denied::read_right_missing;
use super::repository::{EcrRepository, digest, identifier};
use crate::image::{Digest, ImageSelector};
use crate::oci::other_digest;
use crate::ports::{FoundImage, Lookup, LookupDepth};
use crate::{Error, ErrorKind, Result};

/// ECR: `BatchGetImage` takes at most 100 images.
const BATCH: usize = 100;

/// Every kind of manifest and index. Without the last two ECR cannot answer for multi-platform
/// images; with all of them it never converts a manifest, which would change its digest.
const MEDIA_TYPES: [&str; 4] = [
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.index.v1+json",
];

impl EcrRepository {
    /// The answers for `images`, in their order.
    pub(super) async fn look_up(
        &self,
        images: &[ImageSelector],
        depth: LookupDepth,
    ) -> Result<Vec<Lookup>> {
        let mut position = HashMap::new();
        let mut unique = Vec::new();
        for image in images {
            position.entry(image).or_insert_with(|| {
                unique.push(image.clone());
                unique.len() - 1
            });
        }
        let mut answers = Vec::with_capacity(unique.len());
        for batch in unique.chunks(BATCH) {
            answers.extend(self.look_up_batch(batch, depth).await?);
        }
        Ok(images
            .iter()
            .filter_map(|image| answers.get(*position.get(image)?).map(again))
            .collect())
    }

    async fn look_up_batch(
        &self,
        batch: &[ImageSelector],
        depth: LookupDepth,
    ) -> Result<Vec<Lookup>> {
        let output = match self.batch_get(batch).await {
            Ok(output) => output,
            Err(error) if error.kind() == ErrorKind::AccessDenied => {
                return match depth {
                    LookupDepth::Digest => self.describe_instead(batch, error).await,
                    LookupDepth::Manifest => Err(read_right_missing(self, error)),
                };
            }
            Err(error) => return Err(error),
        };
        let mut answers: Vec<Answer> = batch
            .iter()
            .map(|image| self.answer(image, &output))
            .collect();
        self.ask_again_for_missing(batch, &mut answers).await?;
        Ok(answers.into_iter().map(|answer| answer.lookup).collect())
    }

    pub(super) async fn batch_get(&self, batch: &[ImageSelector]) -> Result<BatchGetImageOutput> {
        self.client()
            .batch_get_image()
            .set_registry_id(self.account().map(str::to_owned))
            .repository_name(self.name().as_str())
            .set_image_ids(Some(batch.iter().map(identifier).collect()))
            .set_accepted_media_types(Some(MEDIA_TYPES.map(str::to_owned).to_vec()))
            .send()
            .await
            .map_err(|error| self.call("BatchGetImage").failed(&error))
    }

    /// What the answer says of one image.
    pub(super) fn answer(&self, image: &ImageSelector, output: &BatchGetImageOutput) -> Answer {
        if let Some(found) = output.images().iter().find(|found| is_for(found, image)) {
            return Answer::final_of(self.found(image, found).unwrap_or_else(Lookup::Failed));
        }
        let failure = output.failures().iter().find(|failure| {
            let id = failure.image_id();
            let tag = id.and_then(|id| id.image_tag());
            let digest = id.and_then(|id| id.image_digest());
            match image {
                ImageSelector::Tag(wanted) | ImageSelector::TagAndDigest(wanted, _) => {
                    tag == Some(wanted.as_str())
                }
                ImageSelector::Digest(wanted) => tag.is_none() && is(digest, wanted),
            }
        });
        match failure {
            Some(failure) => self.refused(image, failure),
            None => Answer::final_of(Lookup::Failed(self.wrong_or_no_answer(image, output))),
        }
    }

    fn found(&self, image: &ImageSelector, found: &Image) -> Result<Lookup> {
        let id = found.image_id();
        Ok(Lookup::Found(FoundImage {
            repository: self.full(found.registry_id())?,
            tag: image.tag().cloned(),
            digest: digest(id.and_then(|id| id.image_digest()), self)?,
            media_type: found.image_manifest_media_type().map(str::to_owned),
            manifest: found
                .image_manifest()
                .map(|manifest| Bytes::copy_from_slice(manifest.as_bytes())),
        }))
    }

    fn refused(&self, image: &ImageSelector, failure: &ImageFailure) -> Answer {
        let code = failure
            .failure_code()
            .map_or("no code", ImageFailureCode::as_str);
        let reason = match failure.failure_reason() {
            Some(reason) if !reason.is_empty() => format!("{code}: {reason}"),
            _ => code.to_owned(),
        };
        let (kind, advice) = match code {
            "ImageNotFound" => return Answer::unclear(Lookup::Missing { reason }),
            // Archived images cannot be read either; DescribeImages knows.
            "ImageInaccessible" => {
                return Answer::unclear(Lookup::Inactive {
                    digest: image.digest().cloned(),
                    state: code.to_owned(),
                });
            }
            "ImageTagDoesNotMatchDigest" => (
                ErrorKind::UnexpectedDigest,
                "the tag leads to another image; it was moved, or never led there",
            ),
            "InvalidImageDigest" => (ErrorKind::InvalidDigest, "ECR does not take the digest"),
            "InvalidImageTag" => (ErrorKind::InvalidTag, "ECR does not take the tag"),
            "MissingDigestAndTag" => (ErrorKind::InvalidArgument, "give a tag or a digest"),
            "KmsError" => (
                ErrorKind::AccessDenied,
                "ECR cannot decrypt it; check the state and the policy of the repository's KMS key",
            ),
            "UpstreamAccessDenied" => (
                ErrorKind::AccessDenied,
                "the upstream registry refuses; check the secret of the pull-through cache rule",
            ),
            "UpstreamTooManyRequests" => (
                ErrorKind::Throttled,
                "the upstream registry asks to slow down; ask less often",
            ),
            "UpstreamUnavailable" => (
                ErrorKind::RegistryUnavailable,
                "the upstream registry cannot be reached; try again later",
            ),
            _ => (
                ErrorKind::UnexpectedResponse,
                "this library does not know that failure; look it up in the documentation of ECR",
            ),
        };
        let text = format!("image {}: {reason}: {advice}", self.image(image));
        Answer::final_of(Lookup::Failed(Error::new(kind, text).with_details(json!({
            "service": "ecr",
            "operation": "BatchGetImage",
            "failureCode": code,
            "failureReason": failure.failure_reason(),
        }))))
    }

    /// Neither found nor refused: a lie, or nothing at all.
    fn wrong_or_no_answer(&self, image: &ImageSelector, output: &BatchGetImageOutput) -> Error {
        if let (ImageSelector::Digest(wanted), [only], []) =
            (image, output.images(), output.failures())
            && let Ok(actual) = digest(only.image_id().and_then(|id| id.image_digest()), self)
        {
            return other_digest(&self.image(image), wanted, &actual);
        }
        self.unexpected(&format!("says nothing of image {image}"))
    }
}

/// What is known of an image after one call.
pub(super) struct Answer {
    pub(super) lookup: Lookup,
    /// Whether an archived image would have got the same answer.
    pub(super) unclear: bool,
}

impl Answer {
    pub(super) fn final_of(lookup: Lookup) -> Self {
        Self {
            lookup,
            unclear: false,
        }
    }

    pub(super) fn unclear(lookup: Lookup) -> Self {
        Self {
            lookup,
            unclear: true,
        }
    }
}

fn is_for(found: &Image, image: &ImageSelector) -> bool {
    let Some(id) = found.image_id() else {
        return false;
    };
    match image {
        ImageSelector::Tag(tag) | ImageSelector::TagAndDigest(tag, _) => {
            id.image_tag() == Some(tag.as_str())
        }
        ImageSelector::Digest(digest) => is(id.image_digest(), digest),
    }
}

// ECR accepts digests in upper case, and may repeat them so.
fn is(text: Option<&str>, digest: &Digest) -> bool {
    text.is_some_and(|text| text.eq_ignore_ascii_case(digest.as_str()))
}

/// The same answer for an image that was asked for twice.
fn again(lookup: &Lookup) -> Lookup {
    match lookup {
        Lookup::Found(found) => Lookup::Found(found.clone()),
        Lookup::Missing { reason } => Lookup::Missing {
            reason: reason.clone(),
        },
        Lookup::Inactive { digest, state } => Lookup::Inactive {
            digest: digest.clone(),
            state: state.clone(),
        },
        Lookup::Failed(error) => {
            let copy = Error::new(error.kind(), error.message().to_owned());
            Lookup::Failed(match error.details() {
                Some(details) => copy.with_details(details.clone()),
                None => copy,
            })
        }
    }
}
