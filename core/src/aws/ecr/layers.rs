//! Blobs of a repository: their states by the API, their bytes by the registry's own interface.

use std::collections::HashMap;

use aws_sdk_ecr::types::LayerAvailability;
use bytes::Bytes;
use serde_json::json;

use super::repository::EcrRepository;
use super::token::{Tokens, WithToken};
use crate::image::{Descriptor, Repository};
use crate::oci::{Exchange, Transport};
use crate::ports::{BlobDepth, BlobState};
use crate::{Error, ErrorKind, Result};

/// ECR: `BatchCheckLayerAvailability` takes at most 100 layers.
const BATCH: usize = 100;

impl EcrRepository {
    /// The states of blobs by the API, in their order.
    pub(super) async fn blob_states(&self, blobs: &[Descriptor]) -> Result<Vec<BlobState>> {
        let mut unique: Vec<&str> = blobs.iter().map(|blob| blob.digest.as_str()).collect();
        unique.sort_unstable();
        unique.dedup();
        let mut known = HashMap::new();
        for batch in unique.chunks(BATCH) {
            known.extend(self.availability(batch).await?);
        }
        blobs
            .iter()
            .map(|blob| {
                let state = known.get(blob.digest.as_str()).copied();
                state.ok_or_else(|| self.unexpected(&format!("says nothing of {}", blob.digest)))
            })
            .collect()
    }

    /// Reads and hashes the blobs that are available by the API.
    pub(super) async fn read_states(
        &self,
        repository: &Repository,
        blobs: &[Descriptor],
        mut states: Vec<BlobState>,
        tokens: &Tokens,
        transport: &Transport,
    ) -> Result<Vec<BlobState>> {
        let (places, there): (Vec<&mut BlobState>, Vec<Descriptor>) = states
            .iter_mut()
            .zip(blobs.iter().cloned())
            .filter(|(state, _)| **state == BlobState::Available)
            .unzip();
        let origin = tokens.get(self, None).await?.origin(repository)?;
        let authorize = WithToken {
            tokens,
            repository: self,
        };
        let exchange = Exchange::new(transport, &authorize, origin, repository);
        let seen = exchange
            .blob_states(&there, BlobDepth::Bytes)
            .await
            .map_err(|error| self.blob_denied(error))?;
        for (place, state) in places.into_iter().zip(seen) {
            *place = state;
        }
        Ok(states)
    }

    /// The registry's own interface does not say which right it misses.
    fn blob_denied(&self, error: Error) -> Error {
        if error.kind() != ErrorKind::AccessDenied {
            return error;
        }
        Error::new(
            ErrorKind::AccessDenied,
            format!(
                "blobs of {} may not be read: allow ecr:GetDownloadUrlForLayer and \
                 ecr:BatchGetImage on {}",
                self.subject(),
                self.resource()
            ),
        )
        .with_details(json!({
            "actions": ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
            "resource": self.resource(),
        }))
        .with_source(error)
    }

    async fn availability(&self, digests: &[&str]) -> Result<Vec<(String, BlobState)>> {
        let digests = digests.iter().map(|digest| (*digest).to_owned()).collect();
        let output = self
            .client()
            .batch_check_layer_availability()
            .set_registry_id(self.account().map(str::to_owned))
            .repository_name(self.name().as_str())
            .set_layer_digests(Some(digests))
            .send()
            .await
            .map_err(|error| self.call("BatchCheckLayerAvailability").failed(&error))?;
        let mut states = Vec::new();
        for layer in output.layers() {
            let digest = layer
                .layer_digest()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let state = match layer.layer_availability() {
                Some(LayerAvailability::Available) => BlobState::Available,
                Some(LayerAvailability::Unavailable) => BlobState::Missing,
                Some(LayerAvailability::Archived) => BlobState::Archived,
                other => {
                    let state = other.map_or("no state", LayerAvailability::as_str);
                    return Err(self.unexpected(&format!("gives {digest} the state {state:?}")));
                }
            };
            states.push((digest, state));
        }
        for failure in output.failures() {
            let digest = failure
                .layer_digest()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let code = failure
                .failure_code()
                .map_or("no code", |code| code.as_str());
            if code != "MissingLayerDigest" {
                return Err(Error::new(
                    ErrorKind::UnexpectedResponse,
                    format!(
                        "blob {digest} of {}: ECR refuses it with {code}",
                        self.subject()
                    ),
                ));
            }
            states.push((digest, BlobState::Missing));
        }
        Ok(states)
    }

    /// The bytes of a small blob.
    pub(super) async fn read_blob(
        &self,
        repository: &Repository,
        blob: &Descriptor,
        tokens: &Tokens,
        transport: &Transport,
    ) -> Result<Bytes> {
        let origin = tokens.get(self, None).await?.origin(repository)?;
        let authorize = WithToken {
            tokens,
            repository: self,
        };
        Exchange::new(transport, &authorize, origin, repository)
            .read_blob(blob)
            .await
            .map_err(|error| self.blob_denied(error))
    }
}
