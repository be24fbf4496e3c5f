//! Every registry, by the address of the repository.

use async_trait::async_trait;
use bytes::Bytes;

use crate::Result;
use crate::aws::EcrRegistry;
use crate::image::{
    Descriptor, Digest, ImageSelector, Repository, RepositoryAddress, ScanFindings, TagMutability,
};
use crate::oci::{OciOptions, OciRegistry};
use crate::ports::{BlobDepth, BlobState, ImageRegistry, Lookup, LookupDepth, StoredImages};

/// Every registry: the address of a repository decides which one is asked.
///
/// A name alone means Amazon ECR, in the account and Region of the environment. A host of a private
/// ECR registry means ECR in that host's account and Region. Every other host, ECR Public among
/// them, is asked as an OCI registry.
pub struct Registries {
    ecr: EcrRegistry,
    oci: OciRegistry,
}

impl Registries {
    /// These two registries behind one.
    pub fn new(ecr: EcrRegistry, oci: OciRegistry) -> Self {
        Self { ecr, oci }
    }

    /// AWS as the environment says, and every other registry anonymously.
    pub fn from_env() -> Result<Self> {
        Ok(Self::new(
            EcrRegistry::from_env()?,
            OciRegistry::new(OciOptions::default())?,
        ))
    }

    fn of(&self, repository: &Repository) -> &dyn ImageRegistry {
        if repository.ecr().is_some() {
            &self.ecr
        } else {
            &self.oci
        }
    }
}

#[async_trait]
impl ImageRegistry for Registries {
    async fn look_up(
        &self,
        repository: &RepositoryAddress,
        images: &[ImageSelector],
        depth: LookupDepth,
    ) -> Result<Vec<Lookup>> {
        let registry = match repository {
            RepositoryAddress::Name(_) => &self.ecr,
            RepositoryAddress::Full(full) => self.of(full),
        };
        registry.look_up(repository, images, depth).await
    }

    async fn blob_states(
        &self,
        repository: &Repository,
        blobs: &[Descriptor],
        depth: BlobDepth,
    ) -> Result<Vec<BlobState>> {
        self.of(repository)
            .blob_states(repository, blobs, depth)
            .await
    }

    async fn read_blob(&self, repository: &Repository, blob: &Descriptor) -> Result<Bytes> {
        self.of(repository).read_blob(repository, blob).await
    }

    async fn tag_mutability(&self, repository: &Repository) -> Result<TagMutability> {
        self.of(repository).tag_mutability(repository).await
    }

    async fn scan_findings(
        &self,
        repository: &Repository,
        digest: &Digest,
    ) -> Result<Option<ScanFindings>> {
        self.of(repository).scan_findings(repository, digest).await
    }

    async fn lifecycle_policy(&self, repository: &Repository) -> Result<Option<String>> {
        self.of(repository).lifecycle_policy(repository).await
    }

    async fn stored_images(
        &self,
        repository: &Repository,
        only: Option<&Digest>,
    ) -> Result<StoredImages> {
        self.of(repository).stored_images(repository, only).await
    }
}
