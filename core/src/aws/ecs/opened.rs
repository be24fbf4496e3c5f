//! ECS of one Region, ready to be asked.

use std::sync::Arc;

use aws_sdk_ecs::Client;
use aws_sdk_ecs::config::Builder;
use aws_sdk_ecs::config::retry::RetryConfig;
use aws_sdk_ecs::types::Failure;
use serde_json::json;

use super::errors::ECS;
use super::limits::{Class, Limits};
use super::values::Unusable;
use crate::aws::connections::{Connection, service_client};
use crate::aws::errors::Call;
use crate::image::partition_of;
use crate::service::ServiceAddress;
use crate::text::quoted;
use crate::{Error, ErrorKind, Result};

service_client!(aws_sdk_ecs, "AWS_ENDPOINT_URL_ECS");

/// ECS of one Region, ready to be asked.
pub(super) struct Opened<'a> {
    connection: Arc<Connection<Client>>,
    limits: &'a Limits,
}

impl<'a> Opened<'a> {
    pub(super) fn new(connection: Arc<Connection<Client>>, limits: &'a Limits) -> Self {
        Self { connection, limits }
    }

    /// The client, once one more call of this class may be made.
    pub(super) async fn client(&self, class: Class) -> &Client {
        self.limits.wait(class).await;
        &self.connection.client
    }

    /// A call about `what`: a kind of thing (and what policies call it) and its name.
    pub(super) fn about(&self, operation: &'static str, subject: String, resource: &str) -> Asked {
        let resource = if resource == "*" || resource.starts_with("arn:") {
            resource.to_owned()
        } else {
            let region = &self.connection.region;
            format!("arn:{}:ecs:{region}:*:{resource}", partition_of(region))
        };
        Asked {
            operation,
            subject,
            resource,
        }
    }

    /// A call about one service.
    pub(super) fn about_service(&self, operation: &'static str, service: &ServiceAddress) -> Asked {
        let subject = format!("service {service}");
        self.about(operation, subject, &format!("service/{service}"))
    }
}

/// Sends a call once: ECS has no client token for what changes something, and would do it twice.
pub(super) fn once() -> Builder {
    Builder::new().retry_config(RetryConfig::disabled())
}

/// Refuses more than ECS takes in one call, before anything is sent.
pub(super) fn at_most(most: usize, given: usize, things: &str) -> Result<()> {
    if given <= most {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidArgument,
        format!("ECS takes at most {most} {things} in one call, not {given}; ask in parts"),
    ))
}

/// The last part of an ARN, or of a name, which is the name.
pub(super) fn short(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// What was asked, for the error of it.
#[derive(Debug)]
pub(super) struct Asked {
    operation: &'static str,
    subject: String,
    resource: String,
}

impl Asked {
    pub(super) fn call(&self) -> Call<'_> {
        Call {
            api: &ECS,
            operation: self.operation,
            subject: &self.subject,
            resource: &self.resource,
        }
    }

    /// An answer that ECS cannot have given.
    pub(super) fn unusable(&self, Unusable(member): Unusable) -> Error {
        Error::new(
            ErrorKind::UnexpectedResponse,
            format!(
                "the answer of ECS {} on {} has no usable {member}; check the endpoint",
                self.operation, self.subject
            ),
        )
    }

    /// Takes failures with HTTP 200 apart: what is missing may be; of anything else nothing is known,
    /// and an answer that leaves something out in silence is none.
    pub(super) fn only_missing(&self, failures: &[Failure]) -> Result<()> {
        let other = |failure: &&Failure| failure.reason() != Some(MISSING);
        let Some(failure) = failures.iter().find(other) else {
            return Ok(());
        };
        let reason = failure.reason().unwrap_or("no reason");
        let thing = failure.arn().unwrap_or(&self.subject);
        Err(Error::new(
            ErrorKind::RequestRejected,
            format!(
                "ECS {} does not tell of {}: {}{}",
                self.operation,
                quoted(thing),
                quoted(reason),
                failure
                    .detail()
                    .map(|detail| format!(" ({})", quoted(detail)))
                    .unwrap_or_default(),
            ),
        )
        .with_details(json!({
            "service": "ecs",
            "operation": self.operation,
            "failureCode": reason,
            "failureReason": failure.detail(),
        })))
    }
}

/// Why ECS has no answer on one thing of several: it does not know it.
pub(super) const MISSING: &str = "MISSING";
