//! One repository of ECR, ready to be asked.

use std::sync::Arc;

use aws_sdk_ecr::Client;
use aws_sdk_ecr::types::ImageIdentifier;

use super::errors::ECR;
use crate::aws::configuration::Place;
use crate::aws::connections::{Connection, Connections, service_client};
use crate::aws::errors::Call;
use crate::image::{
    Digest, EcrHost, ImageSelector, Repository, RepositoryAddress, RepositoryName, partition_of,
};
use crate::{Error, ErrorKind, Result};

service_client!(aws_sdk_ecr, "AWS_ENDPOINT_URL_ECR");

/// More pages than any list of one repository has. A list that never ends is an error, and does not
/// fill the memory.
pub(super) const MAX_PAGES: usize = 1_000;

/// One repository of ECR, ready to be asked.
pub(super) struct EcrRepository {
    connection: Arc<Connection<Client>>,
    /// None: the account of the credentials.
    host: Option<EcrHost>,
    address: RepositoryAddress,
    subject: String,
    resource: String,
}

impl EcrRepository {
    pub(super) async fn open(
        connections: &Connections<Client>,
        address: RepositoryAddress,
    ) -> Result<Self> {
        let host = match &address {
            RepositoryAddress::Name(_) => None,
            RepositoryAddress::Full(repository) => match repository.ecr() {
                Some(host) => Some(host),
                None => return Err(not_in_ecr(repository)),
            },
        };
        let connection = connections.to(place(host.as_ref())).await?;
        let partition = match &host {
            Some(host) => host.partition(),
            None => partition_of(&connection.region),
        };
        let account = host.as_ref().map_or("*", EcrHost::account);
        let resource = format!(
            "arn:{partition}:ecr:{}:{account}:repository/{}",
            connection.region,
            address.name()
        );
        let subject = match &host {
            Some(_) => address.to_string(),
            None => format!("{address} (Region {})", connection.region),
        };
        Ok(Self {
            connection,
            host,
            address,
            subject,
            resource,
        })
    }

    pub(super) fn client(&self) -> &Client {
        &self.connection.client
    }

    /// The account to ask in; None: the account of the credentials.
    pub(super) fn account(&self) -> Option<&str> {
        self.host.as_ref().map(EcrHost::account)
    }

    pub(super) fn name(&self) -> &RepositoryName {
        self.address.name()
    }

    pub(super) fn region(&self) -> &str {
        &self.connection.region
    }

    pub(super) fn subject(&self) -> &str {
        &self.subject
    }

    pub(super) fn resource(&self) -> &str {
        &self.resource
    }

    pub(super) fn call(&self, operation: &'static str) -> Call<'_> {
        Call {
            api: &ECR,
            operation,
            subject: &self.subject,
            resource: &self.resource,
        }
    }

    /// A call that is about the registry as a whole: IAM has no resource for it.
    pub(super) fn registry_call(&self, operation: &'static str) -> Call<'_> {
        Call {
            api: &ECR,
            operation,
            subject: &self.subject,
            resource: "*",
        }
    }

    /// The repository with its host, where the account is the one that ECR answered with.
    pub(super) fn full(&self, registry_id: Option<&str>) -> Result<Repository> {
        if let RepositoryAddress::Full(repository) = &self.address {
            return Ok(repository.clone());
        }
        let account = registry_id.ok_or_else(|| self.unexpected("does not say which account"))?;
        Repository::in_ecr(account, &self.connection.region, self.name())
    }

    /// An image of it, for a message.
    pub(super) fn image(&self, image: &ImageSelector) -> String {
        format!("{}{image}", self.address)
    }

    /// An answer that ECR cannot have given.
    /// A list that has more than [`MAX_PAGES`].
    pub(super) fn endless(&self, what: &str) -> Error {
        self.unexpected(&format!("gives {what} without end"))
    }

    pub(super) fn unexpected(&self, what: &str) -> Error {
        Error::new(
            ErrorKind::UnexpectedResponse,
            format!(
                "the answer of ECR on {} {what}; check the endpoint",
                self.subject
            ),
        )
    }
}

/// Where the API of a registry is; without a host, of the registry of the credentials' account.
fn place(host: Option<&EcrHost>) -> Place {
    host.map_or_else(Place::default, |host| Place {
        region: Some(host.region().to_owned()),
        fips: host.is_fips(),
        dual_stack: host.is_dual_stack(),
    })
}

fn not_in_ecr(repository: &Repository) -> Error {
    Error::new(
        ErrorKind::InvalidArgument,
        format!(
            "repository {repository} is not in a private ECR registry; ask it as an OCI registry, or \
             give its name alone"
        ),
    )
}

/// An image as ECR's API names it. With both, the tag is asked: so a tag that was moved shows where
/// it leads to now, where ECR would say only that the two do not agree.
pub(super) fn identifier(image: &ImageSelector) -> ImageIdentifier {
    match image {
        ImageSelector::Tag(tag) | ImageSelector::TagAndDigest(tag, _) => {
            ImageIdentifier::builder().image_tag(tag.as_str()).build()
        }
        ImageSelector::Digest(digest) => ImageIdentifier::builder()
            .image_digest(digest.as_str())
            .build(),
    }
}

/// A digest of an answer.
pub(super) fn digest(text: Option<&str>, repository: &EcrRepository) -> Result<Digest> {
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| repository.unexpected("names no sha256 digest"))
}
