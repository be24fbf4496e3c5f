//! Looking at blobs.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use reqwest::header::CONTENT_LENGTH;
use reqwest::{Method, Response};
use sha2::{Digest as _, Sha256};

use super::exchange::{Answer, Exchange};
use super::transport::{Failure, chunk, read};
use crate::image::Descriptor;
use crate::ports::{BlobDepth, BlobState};
use crate::{Error, ErrorKind, Result};

/// The longest blob that is read into memory. Configurations are a few kilobytes.
const MAX_SMALL_BLOB: u64 = 16 * 1024 * 1024;

/// How many requests run at once.
pub(crate) const CONCURRENCY: usize = 8;

impl Exchange<'_> {
    /// The states of blobs, in their order.
    pub(crate) async fn blob_states(
        &self,
        blobs: &[Descriptor],
        depth: BlobDepth,
    ) -> Result<Vec<BlobState>> {
        let asked: Vec<_> = blobs
            .iter()
            .map(|blob| self.blob_state(blob, depth))
            .collect();
        stream::iter(asked)
            .buffered(CONCURRENCY)
            .try_collect()
            .await
    }

    async fn blob_state(&self, blob: &Descriptor, depth: BlobDepth) -> Result<BlobState> {
        let what = self.blob_name(blob);
        let extra = match depth {
            BlobDepth::Presence => Duration::ZERO,
            BlobDepth::Bytes => time_to_read(blob),
        };
        let attempt = || async {
            let method = match depth {
                BlobDepth::Presence => Method::HEAD,
                BlobDepth::Bytes => Method::GET,
            };
            match self.blob(method, blob, extra, &what).await? {
                Answer::Accepted(response) if depth == BlobDepth::Presence => {
                    Ok(present(&response, blob))
                }
                Answer::Accepted(response) => Ok(hashed(response, blob, &what).await?),
                Answer::Refused(refusal) if refusal.is_missing() => Ok(BlobState::Missing),
                Answer::Refused(refusal) => Err(refusal.into_error(&what).into()),
            }
        };
        self.transport.repeat(&what, extra, attempt).await
    }

    /// The bytes of a small blob, unchecked but for their length.
    pub(crate) async fn read_blob(&self, blob: &Descriptor) -> Result<Bytes> {
        let what = self.blob_name(blob);
        if blob.size > MAX_SMALL_BLOB {
            return Err(Error::new(
                ErrorKind::UnexpectedResponse,
                format!(
                    "{what} is {} bytes long by its manifest; a configuration is never longer than \
                     {MAX_SMALL_BLOB}",
                    blob.size
                ),
            ));
        }
        let limit = usize::try_from(blob.size).unwrap_or(usize::MAX);
        let attempt = || async {
            match self.blob(Method::GET, blob, Duration::ZERO, &what).await? {
                Answer::Accepted(response) => {
                    let bytes = read(response, limit, &what).await?;
                    Ok(bytes.ok_or_else(|| longer_than_promised(&what, blob))?)
                }
                Answer::Refused(refusal) if refusal.is_missing() => Err(Error::new(
                    ErrorKind::ContentIncomplete,
                    format!(
                        "{what} is missing ({}); push the image again",
                        refusal.reason()
                    ),
                )
                .into()),
                Answer::Refused(refusal) => Err(refusal.into_error(&what).into()),
            }
        };
        self.transport.repeat(&what, Duration::ZERO, attempt).await
    }

    async fn blob(
        &self,
        method: Method,
        blob: &Descriptor,
        extra: Duration,
        what: &str,
    ) -> Result<Answer, Failure> {
        let url = self
            .origin
            .blob(self.repository.name(), blob.digest.as_str());
        self.ask(method, url, None, extra, what).await
    }

    fn blob_name(&self, blob: &Descriptor) -> String {
        format!("blob {}@{}", self.repository, blob.digest)
    }
}

fn present(response: &Response, blob: &Descriptor) -> BlobState {
    let length = response
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    match length {
        Some(length) if length != blob.size => BlobState::Corrupt,
        _ => BlobState::Available,
    }
}

async fn hashed(mut response: Response, blob: &Descriptor, what: &str) -> Result<BlobState> {
    let mut hasher = Sha256::new();
    let mut length = 0_u64;
    while let Some(chunk) = chunk(&mut response, what).await? {
        length = length.saturating_add(chunk.len() as u64);
        if length > blob.size {
            return Ok(BlobState::Corrupt);
        }
        hasher.update(&chunk);
    }
    let intact = length == blob.size && hex::encode(hasher.finalize()) == blob.digest.hex();
    Ok(if intact {
        BlobState::Available
    } else {
        BlobState::Corrupt
    })
}

/// The longest layer, in mebibytes (ECR: 52,000). A manifest may promise any size; it must not make
/// anyone wait for years.
const LONGEST_LAYER: u64 = 52_000;

/// A slow line still carries a mebibyte a second.
fn time_to_read(blob: &Descriptor) -> Duration {
    Duration::from_secs((blob.size / (1024 * 1024)).min(LONGEST_LAYER))
}

fn longer_than_promised(what: &str, blob: &Descriptor) -> Error {
    Error::new(
        ErrorKind::UnexpectedResponse,
        format!(
            "{what} is longer than the {} bytes that its manifest promises",
            blob.size
        ),
    )
}
