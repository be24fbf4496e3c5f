//! Refusals, as Amazon ECS gives them.

use serde_json::json;

use crate::{Error, ErrorKind};

/// The names of the errors of the ECS API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aws {
    AccessDenied,
    Client,
    ClusterNotFound,
    Conflict,
    InvalidParameter,
    Server,
    ServiceDeploymentNotFound,
    ServiceNotActive,
    ServiceNotFound,
    TargetGroupNotFound,
    Throttling,
    UnsupportedOperation,
}

impl Aws {
    fn code(self) -> &'static str {
        match self {
            Self::AccessDenied => "AccessDeniedException",
            Self::Client => "ClientException",
            Self::ClusterNotFound => "ClusterNotFoundException",
            Self::Conflict => "ConflictException",
            Self::InvalidParameter => "InvalidParameterException",
            Self::Server => "ServerException",
            Self::ServiceDeploymentNotFound => "ServiceDeploymentNotFoundException",
            Self::ServiceNotActive => "ServiceNotActiveException",
            Self::ServiceNotFound => "ServiceNotFoundException",
            Self::TargetGroupNotFound => "TargetGroupNotFound",
            Self::Throttling => "ThrottlingException",
            Self::UnsupportedOperation => "UnknownOperationException",
        }
    }
}

/// An error with the code and the words that AWS has for it, which are in its details as those of a
/// real answer.
pub(super) fn refuse(kind: ErrorKind, aws: Aws, words: &str) -> Error {
    let service = match aws {
        Aws::TargetGroupNotFound => "elasticloadbalancing",
        _ => "ecs",
    };
    Error::new(kind, format!("{service} refused the request: {words}")).with_details(json!({
        "service": service,
        "awsCode": aws.code(),
        "awsMessage": words,
    }))
}

/// There is no such cluster.
pub(super) fn no_cluster() -> Error {
    refuse(
        ErrorKind::ClusterNotFound,
        Aws::ClusterNotFound,
        "Cluster not found.",
    )
}

/// There is no such service.
pub(super) fn no_service() -> Error {
    refuse(
        ErrorKind::ServiceNotFound,
        Aws::ServiceNotFound,
        "Service not found.",
    )
}

/// A parameter that cannot be.
pub(super) fn invalid_parameter(words: &str) -> Error {
    refuse(ErrorKind::RequestRejected, Aws::InvalidParameter, words)
}
