//! Amazon ECR as an image registry.

use async_trait::async_trait;
use aws_sdk_ecr::Client;
use aws_sdk_ecr::types::ImageTagMutability;
use bytes::Bytes;

use super::repository::EcrRepository;
use super::token::Tokens;
use crate::Result;
use crate::aws::AwsOptions;
use crate::aws::connections::Connections;
use crate::image::{
    Descriptor, Digest, ImageSelector, Repository, RepositoryAddress, ScanFindings, TagMutability,
};
use crate::oci::Transport;
use crate::ports::{BlobDepth, BlobState, ImageRegistry, Lookup, LookupDepth, StoredImages};

/// Amazon ECR, every private registry of it: the Region and account of a repository's host go
/// before those of the environment.
///
/// | method | API operations, and so IAM actions |
/// |---|---|
/// | `look_up` | `BatchGetImage`, one for each 100 images; for an image that is missing also `DescribeImages` |
/// | `blob_states` | `BatchCheckLayerAvailability`, one for each 100 blobs |
/// | `read_blob` | `GetAuthorizationToken`, `GetDownloadUrlForLayer`, both kept or done by the registry itself |
/// | `tag_mutability` | `DescribeRepositories` |
/// | `scan_findings` | `DescribeImageScanFindings` |
/// | `lifecycle_policy` | `GetLifecyclePolicy` |
/// | `stored_images` | `DescribeImages`, of all images one for each 1,000 |
///
/// Errors carry `details`: `service`, `operation`, `action`, `resource`, `status`, `awsCode`,
/// `awsMessage`, `requestId`.
///
/// ```no_run
/// use artifact_deploy::aws::{AwsOptions, EcrRegistry};
///
/// let registry = EcrRegistry::new(AwsOptions::default().with_region("eu-central-1"))?;
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
pub struct EcrRegistry {
    connections: Connections<Client>,
    tokens: Tokens,
    transport: Transport,
}

impl EcrRegistry {
    /// ECR as these options say. Nothing is read or sent before the first question.
    ///
    /// # Errors
    /// `RuntimeUnavailable` when this machine has no usable TLS certificates.
    pub fn new(options: AwsOptions) -> Result<Self> {
        Ok(Self {
            transport: Transport::new(options.timeouts())?,
            connections: Connections::new(options),
            tokens: Tokens::default(),
        })
    }

    /// ECR with the credentials, Region and endpoints of the environment.
    pub fn from_env() -> Result<Self> {
        Self::new(AwsOptions::default())
    }

    pub(super) async fn open(&self, repository: &Repository) -> Result<EcrRepository> {
        let address = RepositoryAddress::Full(repository.clone());
        EcrRepository::open(&self.connections, address).await
    }
}

#[async_trait]
impl ImageRegistry for EcrRegistry {
    async fn look_up(
        &self,
        repository: &RepositoryAddress,
        images: &[ImageSelector],
        depth: LookupDepth,
    ) -> Result<Vec<Lookup>> {
        let repository = EcrRepository::open(&self.connections, repository.clone()).await?;
        repository.look_up(images, depth).await
    }

    async fn blob_states(
        &self,
        repository: &Repository,
        blobs: &[Descriptor],
        depth: BlobDepth,
    ) -> Result<Vec<BlobState>> {
        let opened = self.open(repository).await?;
        let states = opened.blob_states(blobs).await?;
        match depth {
            BlobDepth::Presence => Ok(states),
            BlobDepth::Bytes => {
                opened
                    .read_states(repository, blobs, states, &self.tokens, &self.transport)
                    .await
            }
        }
    }

    async fn read_blob(&self, repository: &Repository, blob: &Descriptor) -> Result<Bytes> {
        let opened = self.open(repository).await?;
        opened
            .read_blob(repository, blob, &self.tokens, &self.transport)
            .await
    }

    async fn tag_mutability(&self, repository: &Repository) -> Result<TagMutability> {
        let opened = self.open(repository).await?;
        let output = opened
            .client()
            .describe_repositories()
            .set_registry_id(opened.account().map(str::to_owned))
            .repository_names(opened.name().as_str())
            .send()
            .await
            .map_err(|error| opened.call("DescribeRepositories").failed(&error))?;
        let Some(found) = output.repositories().first() else {
            return Err(opened.unexpected("does not have the repository"));
        };
        let filters = || {
            found
                .image_tag_mutability_exclusion_filters()
                .iter()
                .map(|filter| filter.filter().to_owned())
                .collect()
        };
        Ok(match found.image_tag_mutability() {
            Some(ImageTagMutability::Mutable) => TagMutability::Mutable,
            Some(ImageTagMutability::Immutable) => TagMutability::Immutable,
            Some(ImageTagMutability::ImmutableWithExclusion) => {
                TagMutability::ImmutableExcept(filters())
            }
            Some(ImageTagMutability::MutableWithExclusion) => {
                TagMutability::MutableExcept(filters())
            }
            _ => TagMutability::Unknown,
        })
    }

    async fn scan_findings(
        &self,
        repository: &Repository,
        digest: &Digest,
    ) -> Result<Option<ScanFindings>> {
        self.open(repository).await?.scan_findings(digest).await
    }

    async fn lifecycle_policy(&self, repository: &Repository) -> Result<Option<String>> {
        self.open(repository).await?.lifecycle_policy().await
    }

    async fn stored_images(
        &self,
        repository: &Repository,
        only: Option<&Digest>,
    ) -> Result<StoredImages> {
        self.open(repository).await?.stored_images(only).await
    }
}
