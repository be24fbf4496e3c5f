//! Looking up manifests.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Response};
use serde_json::json;

use super::exchange::{Answer, Exchange};
use super::transport::{Failure, read};
use crate::image::{Digest, ImageSelector};
use crate::ports::{FoundImage, Lookup, LookupDepth};
use crate::{Error, ErrorKind, Result};

/// The longest manifest that is read: the limit that registries and ECR set.
const MAX_MANIFEST: usize = 4 * 1024 * 1024;

/// Every kind of manifest and index; without it a registry may convert, and change the digest.
const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, \
    application/vnd.oci.image.manifest.v1+json, \
    application/vnd.docker.distribution.manifest.list.v2+json, \
    application/vnd.docker.distribution.manifest.v2+json";

impl Exchange<'_> {
    /// What the registry says of one image; an error is the registry's, not the image's.
    pub(super) async fn look_up(
        &self,
        image: &ImageSelector,
        depth: LookupDepth,
    ) -> Result<Lookup> {
        let what = format!("manifest {}{image}", self.repository);
        self.transport
            .repeat(&what, Duration::ZERO, || self.attempt(image, depth, &what))
            .await
    }

    async fn attempt(
        &self,
        image: &ImageSelector,
        depth: LookupDepth,
        what: &str,
    ) -> Result<Lookup, Failure> {
        if depth == LookupDepth::Digest
            && let Answer::Accepted(response) = self.manifest(Method::HEAD, image, what).await?
            && let Ok(Some(digest)) = named_digest(response.headers(), what)
        {
            return Ok(self.found(image, digest, media_type(response.headers()), None));
        }
        match self.manifest(Method::GET, image, what).await? {
            Answer::Accepted(response) => self.read_manifest(image, response, what).await,
            Answer::Refused(refusal) if refusal.is_missing() => Ok(Lookup::Missing {
                reason: refusal.reason(),
            }),
            Answer::Refused(refusal) => Err(refusal.into_error(what).into()),
        }
    }

    async fn manifest(
        &self,
        method: Method,
        image: &ImageSelector,
        what: &str,
    ) -> Result<Answer, Failure> {
        // With both, the tag is asked: so a tag that was moved shows where it leads to now.
        let reference = match image {
            ImageSelector::Tag(tag) | ImageSelector::TagAndDigest(tag, _) => tag.as_str(),
            ImageSelector::Digest(digest) => digest.as_str(),
        };
        let url = self.origin.manifest(self.repository, reference);
        self.ask(method, url, Some(ACCEPT), Duration::ZERO, what)
            .await
    }

    async fn read_manifest(
        &self,
        image: &ImageSelector,
        response: Response,
        what: &str,
    ) -> Result<Lookup, Failure> {
        let named = named_digest(response.headers(), what)?;
        let media_type = media_type(response.headers());
        let Some(bytes) = read(response, MAX_MANIFEST, what).await? else {
            return Ok(Lookup::Failed(Error::new(
                ErrorKind::InvalidManifest,
                format!(
                    "{what} is longer than {MAX_MANIFEST} bytes; this is not an image manifest"
                ),
            )));
        };
        // Whoever asks by digest and gets an answer without one was promised that digest.
        let digest = named
            .or_else(|| match image {
                ImageSelector::Digest(digest) => Some(digest.clone()),
                _ => None,
            })
            .unwrap_or_else(|| Digest::of(&bytes));
        Ok(self.found(image, digest, media_type, Some(bytes)))
    }

    fn found(
        &self,
        image: &ImageSelector,
        digest: Digest,
        media_type: Option<String>,
        manifest: Option<Bytes>,
    ) -> Lookup {
        if let ImageSelector::Digest(wanted) = image
            && *wanted != digest
        {
            let what = format!("{}{image}", self.repository);
            return Lookup::Failed(other_digest(&what, wanted, &digest));
        }
        Lookup::Found(FoundImage {
            repository: self.repository.clone(),
            tag: image.tag().cloned(),
            digest,
            media_type,
            manifest,
        })
    }
}

/// The error for an image that was asked for by digest and is not the one.
pub(crate) fn other_digest(image: &str, wanted: &Digest, actual: &Digest) -> Error {
    Error::new(
        ErrorKind::DigestMismatch,
        format!("image {image}: the registry answers with {actual}; do not trust it"),
    )
    .with_details(json!({ "expected": wanted, "actual": actual }))
}

fn named_digest(headers: &HeaderMap, what: &str) -> Result<Option<Digest>> {
    let Some(value) = headers.get("docker-content-digest") else {
        return Ok(None);
    };
    let digest = value.to_str().ok().and_then(|text| text.parse().ok());
    digest.map(Some).ok_or_else(|| {
        Error::new(
            ErrorKind::UnexpectedResponse,
            format!("{what}: the registry names a digest that is not sha256; ECS takes no other"),
        )
    })
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let media_type = value.split(';').next().unwrap_or(value).trim();
    (!media_type.is_empty()).then(|| media_type.to_owned())
}
