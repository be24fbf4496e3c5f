//! What a failed call to a service of AWS means.

use std::error::Error as StdError;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;
use serde_json::json;

use super::advice::explain;
use super::cause::Cause;
use super::codes::{kind_of_code, kind_of_status};
use super::credentials::NoCredentials;
use super::rights::Right;
use crate::{Error, ErrorKind};

/// What sets the errors of one AWS service apart from those of the others.
pub(super) struct Api {
    /// The service as messages name it.
    pub(super) name: &'static str,
    /// What its IAM actions begin with.
    pub(super) prefix: &'static str,
    /// What it is when it cannot be reached, or fails itself.
    pub(super) unavailable: ErrorKind,
    /// What a refusal of an operation means that says something else, or more, than with other services.
    pub(super) kind: fn(&str, &Refusal) -> Option<ErrorKind>,
}

/// The refusal of a call, as far as it tells what it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Refusal<'a> {
    pub(super) code: Option<&'a str>,
    pub(super) message: Option<&'a str>,
    pub(super) status: Option<u16>,
}

/// One call, for its error.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) api: &'static Api,
    /// The API operation, for example `BatchGetImage`.
    pub(super) operation: &'static str,
    /// What it is about, as the caller names it.
    pub(super) subject: &'a str,
    /// The ARN or pattern to which a policy must allow the action.
    pub(super) resource: &'a str,
}

impl Call<'_> {
    /// The error of a failed call.
    pub(super) fn failed<E>(self, error: &SdkError<E, HttpResponse>) -> Error
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        if let Some(lack) = NoCredentials::of(error, self.api.unavailable) {
            return self.without_credentials(&lack, Cause::of(error));
        }
        let code = error.code();
        // The text of a rejected signature repeats what was signed, session token included.
        let unsafe_text = code.is_some_and(|code| code.contains("Signature"));
        let cause = if unsafe_text {
            Cause::text(code.unwrap_or_default())
        } else {
            Cause::of(error)
        };
        let refusal = Refusal {
            code,
            message: error.message().filter(|_| !unsafe_text),
            status: error.raw_response().map(|raw| raw.status().as_u16()),
        };
        let kind = self.kind_of(&refusal, error);
        let right = self.right(kind, &refusal);
        Error::new(kind, explain(self, kind, &refusal, &right))
            .with_details(json!({
                "service": self.api.prefix,
                "operation": self.operation,
                "action": right.action,
                "resource": right.resource,
                "status": refusal.status,
                "awsCode": code,
                "awsMessage": refusal.message,
                "requestId": error.request_id(),
            }))
            .with_source(cause)
    }

    /// The error of a call that was not made: there was nobody to make it as.
    fn without_credentials(self, lack: &NoCredentials, cause: Cause) -> Error {
        let text = format!(
            "{} {} on {}: {}",
            self.api.name, self.operation, self.subject, lack.advice
        );
        let right = self.own_right();
        Error::new(lack.kind, text)
            .with_details(json!({
                "service": self.api.prefix,
                "operation": self.operation,
                "action": right.action,
                "resource": right.resource,
                "awsCode": lack.code,
            }))
            .with_source(cause)
    }

    fn own_right(self) -> Right {
        Right {
            action: format!("{}:{}", self.api.prefix, self.operation),
            resource: self.resource.to_owned(),
        }
    }

    /// The right that the call needs; of a denied one the right that was missing: it can be one that
    /// the call needs beside its own, such as `iam:PassRole`.
    fn right(self, kind: ErrorKind, refusal: &Refusal) -> Right {
        let own = self.own_right();
        match refusal.message.and_then(Right::missing_in) {
            Some(named) if kind == ErrorKind::AccessDenied && named.action != own.action => named,
            _ => own,
        }
    }

    fn kind_of<E>(self, refusal: &Refusal, error: &SdkError<E, HttpResponse>) -> ErrorKind {
        let unavailable = self.api.unavailable;
        if let Some(kind) = (self.api.kind)(self.operation, refusal) {
            return kind;
        }
        if let Some(kind) = refusal
            .code
            .and_then(|code| kind_of_code(code, unavailable))
        {
            return kind;
        }
        match error {
            SdkError::TimeoutError(_) => ErrorKind::Timeout,
            SdkError::DispatchFailure(failure) if failure.is_timeout() => ErrorKind::Timeout,
            SdkError::DispatchFailure(failure) if failure.is_user() => ErrorKind::InvalidArgument,
            SdkError::DispatchFailure(_) => unavailable,
            SdkError::ConstructionFailure(_) => ErrorKind::InvalidArgument,
            SdkError::ServiceError(service) => {
                kind_of_status(service.raw().status().as_u16(), unavailable)
            }
            SdkError::ResponseError(response) => {
                let raw = response.raw();
                // A body that did not come whole was never kept.
                if raw.body().bytes().is_none() {
                    unavailable
                } else {
                    kind_of_status(raw.status().as_u16(), unavailable)
                }
            }
            _ => ErrorKind::UnexpectedResponse,
        }
    }
}
