//! The codes that all services of AWS share.

use crate::ErrorKind;

/// Modelled and unmodelled codes alike: most refusals for lack of rights are in no model.
/// `unavailable` is what a failure of the service is.
pub(super) fn kind_of_code(code: &str, unavailable: ErrorKind) -> Option<ErrorKind> {
    Some(match code {
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
        | "ServiceUnavailableException" => unavailable,
        "InvalidParameterException"
        | "ValidationException"
        | "ValidationError"
        | "InvalidParameterValue" => ErrorKind::InvalidArgument,
        _ => return None,
    })
}

/// What an answer without a known code means.
pub(super) fn kind_of_status(status: u16, unavailable: ErrorKind) -> ErrorKind {
    match status {
        401 => ErrorKind::Unauthenticated,
        403 => ErrorKind::AccessDenied,
        408 => ErrorKind::Timeout,
        429 => ErrorKind::Throttled,
        500..=599 => unavailable,
        _ => ErrorKind::UnexpectedResponse,
    }
}
