//! `DescribeImages`: the state of an image, and its digest where its bytes may not be read.

use aws_sdk_ecr::types::{DescribeImagesFilter, ImageDetail, ImageStatus, ImageStatusFilter};
use futures_util::{StreamExt as _, stream};

use super::denied::both_rights_missing;
use super::lookup::Answer;
use super::repository::{EcrRepository, digest, identifier};
use crate::image::ImageSelector;
use crate::oci::{CONCURRENCY, other_digest};
use crate::ports::{FoundImage, Lookup};
use crate::{Error, ErrorKind, Result};

impl EcrRepository {
    /// Tells archived images from missing ones. Asks only for images that were not found.
    pub(super) async fn ask_again_for_missing(
        &self,
        batch: &[ImageSelector],
        answers: &mut [Answer],
    ) -> Result<()> {
        let (images, unclear): (Vec<ImageSelector>, Vec<&mut Answer>) = batch
            .iter()
            .cloned()
            .zip(answers)
            .filter(|(_, answer)| answer.unclear)
            .unzip();
        let details = match self.describe_each(&images).await {
            Ok(details) => details,
            Err(denied) => {
                for answer in unclear {
                    note(answer, &denied);
                }
                return Ok(());
            }
        };
        let mut appeared = Vec::new();
        for ((image, answer), detail) in images.into_iter().zip(unclear).zip(details) {
            match detail {
                Ok(None) => {}
                Ok(Some(detail)) => match state(&detail) {
                    Some(state) => {
                        let digest = digest(detail.image_digest(), self).ok();
                        answer.lookup = Lookup::Inactive { digest, state };
                    }
                    // It came between the two calls: ask for its bytes again.
                    None => appeared.push((image, answer)),
                },
                Err(error) => note(answer, &error),
            }
        }
        if appeared.is_empty() {
            return Ok(());
        }
        let (images, answers): (Vec<ImageSelector>, Vec<&mut Answer>) =
            appeared.into_iter().unzip();
        let output = self.batch_get(&images).await?;
        for (image, answer) in images.iter().zip(answers) {
            *answer = self.answer(image, &output);
        }
        Ok(())
    }

    /// Looks images up without the right to read them: digests without bytes. `denied` is the
    /// refusal of `BatchGetImage`.
    pub(super) async fn describe_instead(
        &self,
        batch: &[ImageSelector],
        denied: Error,
    ) -> Result<Vec<Lookup>> {
        let details = self
            .describe_each(batch)
            .await
            .map_err(|_| both_rights_missing(self, denied))?;
        let lookups: Vec<Result<Lookup>> = batch
            .iter()
            .zip(details)
            .map(|(image, detail)| {
                detail.map(|detail| match detail {
                    Some(detail) => self
                        .described(image, &detail)
                        .unwrap_or_else(Lookup::Failed),
                    None => Lookup::Missing {
                        reason: "DescribeImages: ImageNotFoundException".to_owned(),
                    },
                })
            })
            .collect();
        if lookups.iter().all(Result::is_err) {
            return lookups.into_iter().collect();
        }
        Ok(lookups
            .into_iter()
            .map(|lookup| lookup.unwrap_or_else(Lookup::Failed))
            .collect())
    }

    fn described(&self, image: &ImageSelector, detail: &ImageDetail) -> Result<Lookup> {
        let digest = digest(detail.image_digest(), self)?;
        if let Some(state) = state(detail) {
            return Ok(Lookup::Inactive {
                digest: Some(digest),
                state,
            });
        }
        if let ImageSelector::Digest(wanted) = image
            && *wanted != digest
        {
            return Err(other_digest(&self.image(image), wanted, &digest));
        }
        Ok(Lookup::Found(FoundImage {
            repository: self.full(detail.registry_id())?,
            tag: image.tag().cloned(),
            digest,
            media_type: detail.image_manifest_media_type().map(str::to_owned),
            manifest: None,
        }))
    }

    /// One call for each image: with a missing one among them, `DescribeImages` fails as a whole. The
    /// outer error is a missing right, which one refusal shows for all.
    async fn describe_each(
        &self,
        images: &[ImageSelector],
    ) -> Result<Vec<Result<Option<ImageDetail>>>> {
        let Some((first, rest)) = images.split_first() else {
            return Ok(Vec::new());
        };
        let mut details = vec![match self.describe(first).await {
            Err(error) if error.kind() == ErrorKind::AccessDenied => return Err(error),
            detail => detail,
        }];
        let asked: Vec<_> = rest.iter().map(|image| self.describe(image)).collect();
        let rest: Vec<_> = stream::iter(asked).buffered(CONCURRENCY).collect().await;
        details.extend(rest);
        Ok(details)
    }

    async fn describe(&self, image: &ImageSelector) -> Result<Option<ImageDetail>> {
        let described = self
            .client()
            .describe_images()
            .set_registry_id(self.account().map(str::to_owned))
            .repository_name(self.name().as_str())
            .image_ids(identifier(image))
            .filter(
                DescribeImagesFilter::builder()
                    .image_status(ImageStatusFilter::Any)
                    .build(),
            )
            .send()
            .await;
        match described {
            Ok(output) => Ok(output.image_details.unwrap_or_default().into_iter().next()),
            Err(error) => match self.call("DescribeImages").failed(&error) {
                error if error.kind() == ErrorKind::ImageNotFound => Ok(None),
                error => Err(error),
            },
        }
    }
}

/// The state that keeps an image from being pulled. Endpoints from before archiving name none.
fn state(detail: &ImageDetail) -> Option<String> {
    detail
        .image_status()
        .filter(|status| **status != ImageStatus::Active)
        .map(|status| status.as_str().to_owned())
}

/// That it is missing stands; only whether it is archived could not be asked.
fn note(answer: &mut Answer, error: &Error) {
    if let Lookup::Missing { reason } = &mut answer.lookup {
        *reason = if error.kind() == ErrorKind::AccessDenied {
            format!("{reason} (or it is archived: allow ecr:DescribeImages to tell)")
        } else {
            format!(
                "{reason} (or it is archived: DescribeImages failed with {})",
                error.code()
            )
        };
    }
}
