//! Any OCI registry as an image registry.

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};

use super::OciOptions;
use super::authorize::Challenged;
use super::blobs::CONCURRENCY;
use super::exchange::Exchange;
use super::origin::Origin;
use super::transport::Transport;
use crate::image::{Descriptor, ImageSelector, Repository, RepositoryAddress, TagMutability};
use crate::ports::{BlobDepth, BlobState, ImageRegistry, Lookup, LookupDepth};
use crate::{Error, ErrorKind, Result};

/// Any registry that speaks the OCI distribution protocol.
///
/// There is no batch call in that protocol: images are asked for one by one, eight at a time.
/// Bytes are returned as they came; nothing is parsed or written again.
///
/// ```no_run
/// use artifact_deploy::oci::{OciOptions, OciRegistry};
///
/// let options = OciOptions::default().for_registry("ghcr.io").with_password("ci", "secret");
/// let registry = OciRegistry::new(options)?;
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
pub struct OciRegistry {
    options: OciOptions,
    transport: Transport,
    authorize: Challenged,
}

impl OciRegistry {
    /// A client of every OCI registry that these options fit. Nothing is sent yet.
    ///
    /// # Errors
    /// `InvalidArgument` when credentials are given without the registry that they are for;
    /// `RuntimeUnavailable` when this machine has no usable TLS certificates.
    pub fn new(options: OciOptions) -> Result<Self> {
        let options = options.checked()?;
        let transport = Transport::new(options.timeouts())?;
        let authorize = Challenged::new(options.clone(), transport.clone());
        Ok(Self {
            options,
            transport,
            authorize,
        })
    }

    fn exchange<'a>(&'a self, repository: &'a Repository) -> Result<Exchange<'a>> {
        let origin = Origin::of(repository.host(), self.options.plain_http())?;
        Ok(Exchange::new(
            &self.transport,
            &self.authorize,
            origin,
            repository,
        ))
    }
}

#[async_trait]
impl ImageRegistry for OciRegistry {
    async fn look_up(
        &self,
        repository: &RepositoryAddress,
        images: &[ImageSelector],
        depth: LookupDepth,
    ) -> Result<Vec<Lookup>> {
        let RepositoryAddress::Full(repository) = repository else {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                format!("repository {repository} has no registry host; give host/{repository}"),
            ));
        };
        let exchange = self.exchange(repository)?;
        let asked: Vec<_> = images
            .iter()
            .map(|image| exchange.look_up(image, depth))
            .collect();
        let answers: Vec<Result<Lookup>> =
            stream::iter(asked).buffered(CONCURRENCY).collect().await;
        // When it answers for none of them, the registry is the trouble and not the images.
        if answers.iter().all(Result::is_err) {
            return answers.into_iter().collect();
        }
        Ok(answers
            .into_iter()
            .map(|answer| answer.unwrap_or_else(Lookup::Failed))
            .collect())
    }

    async fn blob_states(
        &self,
        repository: &Repository,
        blobs: &[Descriptor],
        depth: BlobDepth,
    ) -> Result<Vec<BlobState>> {
        self.exchange(repository)?.blob_states(blobs, depth).await
    }

    async fn read_blob(&self, repository: &Repository, blob: &Descriptor) -> Result<Bytes> {
        self.exchange(repository)?.read_blob(blob).await
    }

    async fn tag_mutability(&self, _repository: &Repository) -> Result<TagMutability> {
        // The distribution protocol has no question for it.
        Ok(TagMutability::Unknown)
    }
}
