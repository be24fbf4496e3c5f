//! `GetLifecyclePolicy`, and `DescribeImages` for what its rules go by.

use aws_sdk_ecr::operation::get_lifecycle_policy::GetLifecyclePolicyError;
use aws_sdk_ecr::types::{DescribeImagesFilter, ImageDetail, ImageIdentifier, ImageStatusFilter};
use chrono::{DateTime, Utc};

use super::repository::{EcrRepository, MAX_PAGES, digest};
use crate::Result;
use crate::image::{Digest, StoredImage};
use crate::ports::StoredImages;

/// The most images that a page has.
const PAGE: i32 = 1000;

impl EcrRepository {
    pub(super) async fn lifecycle_policy(&self) -> Result<Option<String>> {
        let policy = self
            .client()
            .get_lifecycle_policy()
            .set_registry_id(self.account().map(str::to_owned))
            .repository_name(self.name().as_str())
            .send()
            .await;
        match policy {
            Ok(output) => match output.lifecycle_policy_text {
                Some(text) => Ok(Some(text)),
                None => Err(self.unexpected("has no text of a lifecycle policy")),
            },
            Err(error)
                if error.as_service_error().is_some_and(
                    GetLifecyclePolicyError::is_lifecycle_policy_not_found_exception,
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(self.call("GetLifecyclePolicy").failed(&error)),
        }
    }

    pub(super) async fn stored_images(&self, only: Option<&Digest>) -> Result<StoredImages> {
        let as_of = Utc::now();
        let mut images = Vec::new();
        let mut page = None;
        for _ in 0..MAX_PAGES {
            let request = self
                .client()
                .describe_images()
                .set_registry_id(self.account().map(str::to_owned))
                .repository_name(self.name().as_str());
            let request = match only {
                Some(digest) => request.image_ids(
                    ImageIdentifier::builder()
                        .image_digest(digest.as_str())
                        .build(),
                ),
                // Rules for images that can be pulled count those alone.
                None => request.max_results(PAGE).set_next_token(page).filter(
                    DescribeImagesFilter::builder()
                        .image_status(ImageStatusFilter::Active)
                        .build(),
                ),
            };
            let output = request
                .send()
                .await
                .map_err(|error| self.call("DescribeImages").failed(&error))?;
            for detail in output.image_details() {
                images.push(self.stored(detail)?);
            }
            match output.next_token {
                Some(next) if only.is_none() => page = Some(next),
                _ => return Ok(StoredImages { images, as_of }),
            }
        }
        Err(self.endless("images"))
    }

    fn stored(&self, detail: &ImageDetail) -> Result<StoredImage> {
        Ok(StoredImage {
            digest: digest(detail.image_digest(), self)?,
            tags: detail
                .image_tags()
                .iter()
                .map(|tag| tag.parse())
                .collect::<Result<_>>()?,
            pushed_at: detail
                .image_pushed_at()
                .and_then(|time| DateTime::from_timestamp(time.secs(), time.subsec_nanos())),
        })
    }
}
