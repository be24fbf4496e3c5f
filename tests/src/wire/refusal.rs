//! Errors of the ports, as AWS says them.

use artifact_deploy::{Error, ErrorKind};

use super::protocol::Refusal;

/// What an error of a port is on the wire: in the words of AWS, where it has them.
impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let text = |member: &str| {
            let details = error.details()?;
            details[member].as_str().map(str::to_owned)
        };
        let code = text("awsCode").unwrap_or_else(|| code(error.kind()).to_owned());
        let message = text("awsMessage").unwrap_or_else(|| error.message().to_owned());
        let status = match code.as_str() {
            "ServerException" => 500,
            _ => 400,
        };
        Self::with_status(status, &code, message)
    }
}

fn code(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::AccessDenied => "AccessDeniedException",
        ErrorKind::ClusterNotFound => "ClusterNotFoundException",
        ErrorKind::Conflict => "ConflictException",
        ErrorKind::QuotaExceeded => "LimitExceededException",
        ErrorKind::ServiceDeploymentNotFound => "ServiceDeploymentNotFoundException",
        ErrorKind::ServiceNotActive => "ServiceNotActiveException",
        ErrorKind::ServiceNotFound => "ServiceNotFoundException",
        ErrorKind::TargetGroupNotFound => "TargetGroupNotFound",
        ErrorKind::Throttled => "ThrottlingException",
        ErrorKind::Unauthenticated => "UnrecognizedClientException",
        ErrorKind::UnsupportedOperation => "UnknownOperationException",
        ErrorKind::InvalidService | ErrorKind::UnsupportedController => "InvalidParameterException",
        ErrorKind::ServiceUnavailable | ErrorKind::Timeout | ErrorKind::UnexpectedResponse => {
            "ServerException"
        }
        _ => "ClientException",
    }
}
