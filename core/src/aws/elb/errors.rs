//! What a refusal of Elastic Load Balancing means, as far as it is of it alone.

use crate::ErrorKind;
use crate::aws::errors::{Api, Refusal};

/// Elastic Load Balancing, version 2.
pub(super) static ELB: Api = Api {
    name: "Elastic Load Balancing",
    prefix: "elasticloadbalancing",
    unavailable: ErrorKind::ServiceUnavailable,
    kind,
};

// The names of its exceptions are without the end that the shapes of the model have.
fn kind(_operation: &str, refusal: &Refusal) -> Option<ErrorKind> {
    Some(match refusal.code?.trim_end_matches("Exception") {
        "TargetGroupNotFound" => ErrorKind::TargetGroupNotFound,
        "HealthUnavailable" => ErrorKind::ServiceUnavailable,
        "InvalidTarget" => ErrorKind::RequestRejected,
        "InvalidAction" | "UnknownOperation" => ErrorKind::UnsupportedOperation,
        _ => return None,
    })
}
