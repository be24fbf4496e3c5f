//! What a failed call to ECR means.

use std::error::Error as StdError;

use aws_sdk_ecr::config::http::HttpResponse;
use aws_sdk_ecr::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ecr::operation::RequestId;
use serde_json::json;

use super::cause::Cause;
use super::credentials::NoCredentials;
use crate::{Error, ErrorKind};

/// One call, for its error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call<'a> {
    /// The API operation, for example `BatchGetImage`; the IAM action is `ecr:` and this.
    pub(super) operation: &'static str,
    /// The repository or registry, as the caller names it.
    pub(super) subject: &'a str,
    /// The ARN or pattern to which a policy must allow the action.
    pub(super) resource: &'a str,
}

impl Call<'_> {
    /// The IAM action of the call.
    pub(super) fn action(&self) -> String {
        format!("ecr:{}", self.operation)
    }

    /// The error of a failed call.
    pub(super) fn failed<E>(self, error: &SdkError<E, HttpResponse>) -> Error
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        if let Some(lack) = NoCredentials::of(error) {
            return self.without_credentials(&lack, Cause::of(error));
        }
        let code = error.code();
        let kind = kind_of(error);
        let text = self.explain(kind, code);
        // The text of a rejected signature repeats what was signed, session token included.
        let unsafe_text = code.is_some_and(|code| code.contains("Signature"));
        let cause = if unsafe_text {
            Cause::text(code.unwrap_or_default())
        } else {
            Cause::of(error)
        };
        let message = error.message().filter(|_| !unsafe_text);
        let status = error.raw_response().map(|raw| raw.status().as_u16());
        Error::new(kind, text)
            .with_details(json!({
                "service": "ecr",
                "operation": self.operation,
                "action": self.action(),
                "resource": self.resource,
                "status": status,
                "awsCode": code,
                "awsMessage": message,
                "requestId": error.request_id(),
            }))
            .with_source(cause)
    }

    /// The error of a call that was not made: there was nobody to make it as.
    fn without_credentials(self, lack: &NoCredentials, cause: Cause) -> Error {
        let text = format!(
            "ECR {} on {}: {}",
            self.operation, self.subject, lack.advice
        );
        Error::new(lack.kind, text)
            .with_details(json!({
                "service": "ecr",
                "operation": self.operation,
                "action": self.action(),
                "resource": self.resource,
                "awsCode": lack.code,
            }))
            .with_source(cause)
    }

    fn explain(&self, kind: ErrorKind, code: Option<&str>) -> String {
        let Self {
            operation,
            subject,
            resource,
        } = self;
        let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
        match kind {
            ErrorKind::AccessDenied => format!(
                "ECR {operation} on {subject} is denied{code}; allow {} on {resource}",
                self.action()
            ),
            ErrorKind::Unauthenticated => format!(
                "ECR {operation} on {subject}: AWS does not accept the credentials{code}; sign in \
                 again, or check the profile and the clock of this machine"
            ),
            ErrorKind::RepositoryNotFound => format!(
                "ECR has no repository {subject}{code}; check its name, the account and the Region"
            ),
            ErrorKind::Throttled => {
                format!("ECR {operation} on {subject} is throttled{code}; ask less often")
            }
            ErrorKind::QuotaExceeded => format!(
                "ECR {operation} on {subject} is over a quota of the account{code}; raise the quota"
            ),
            ErrorKind::Timeout => format!(
                "ECR {operation} on {subject} did not answer in time; try again, or set longer \
                 timeouts"
            ),
            ErrorKind::RegistryUnavailable => format!(
                "ECR {operation} on {subject} failed at the server or on the way{code}; try again"
            ),
            ErrorKind::InvalidArgument => format!(
                "ECR {operation} on {subject} cannot be asked like this{code}; check the arguments \
                 and the endpoint"
            ),
            _ => format!(
                "ECR {operation} on {subject} gave an answer that makes no sense{code}; check the \
                 endpoint"
            ),
        }
    }
}

fn kind_of<E>(error: &SdkError<E, HttpResponse>) -> ErrorKind
where
    E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
{
    if let Some(kind) = error.code().and_then(kind_of_code) {
        return kind;
    }
    match error {
        SdkError::TimeoutError(_) => ErrorKind::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_timeout() => ErrorKind::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_user() => ErrorKind::InvalidArgument,
        SdkError::DispatchFailure(_) => ErrorKind::RegistryUnavailable,
        SdkError::ConstructionFailure(_) => ErrorKind::InvalidArgument,
        SdkError::ServiceError(service) => kind_of_status(service.raw().status().as_u16()),
        SdkError::ResponseError(response) => {
            let raw = response.raw();
            // A body that did not come whole was never kept.
            if raw.body().bytes().is_none() {
                ErrorKind::RegistryUnavailable
            } else {
                kind_of_status(raw.status().as_u16())
            }
        }
        _ => ErrorKind::UnexpectedResponse,
    }
}

/// Modelled and unmodelled codes alike: most refusals for lack of rights are in no model.
pub(super) fn kind_of_code(code: &str) -> Option<ErrorKind> {
    Some(match code {
        "RepositoryNotFoundException" => ErrorKind::RepositoryNotFound,
        "ImageNotFoundException" => ErrorKind::ImageNotFound,
        "AccessDeniedException"
        | "AccessDenied"
        | "UnauthorizedOperation"
        | "KmsException"
        | "NotAuthorized"
        | "UnauthorizedAccess" => ErrorKind::AccessDenied,
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "ExpiredTokenException"
        | "ExpiredToken"
        | "InvalidToken"
        | "RequestExpired"
        | "RequestTimeTooSkewed"
        | "RequestInTheFuture"
        | "AuthFailure"
        | "TokenRefreshRequired" => ErrorKind::Unauthenticated,
        "LimitExceededException" => ErrorKind::QuotaExceeded,
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "BandwidthLimitExceeded"
        | "SlowDown"
        | "EC2ThrottledException"
        | "PriorRequestNotComplete" => ErrorKind::Throttled,
        "RequestTimeout" | "RequestTimeoutException" => ErrorKind::Timeout,
        "ServerException"
        | "InternalFailure"
        | "InternalServerError"
        | "ServiceUnavailable"
        | "ServiceUnavailableException"
        | "UnableToGetUpstreamImageException"
        | "UnableToGetUpstreamLayerException" => ErrorKind::RegistryUnavailable,
        "InvalidParameterException"
        | "ValidationException"
        | "ValidationError"
        | "InvalidParameterValue" => ErrorKind::InvalidArgument,
        _ => return None,
    })
}

fn kind_of_status(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::Unauthenticated,
        403 => ErrorKind::AccessDenied,
        408 => ErrorKind::Timeout,
        429 => ErrorKind::Throttled,
        500..=599 => ErrorKind::RegistryUnavailable,
        _ => ErrorKind::UnexpectedResponse,
    }
}
