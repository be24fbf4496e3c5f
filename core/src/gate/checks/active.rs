//! The image is not archived or being restored.

use crate::ErrorKind;
use crate::gate::{Check, CheckName, Evidence, Presence};

/// The state of an image that is being restored from the archive. Source: ECR `ImageStatus`.
const RESTORING: &str = "ACTIVATING";

pub(in crate::gate) fn judge(evidence: &Evidence) -> Check {
    match &evidence.presence {
        Presence::Found(_) => Check::pass(CheckName::Active, "the registry serves it"),
        Presence::Missing { .. } => Check::not_reached(CheckName::Active),
        Presence::Inactive { state, .. } => {
            let restoring = state == RESTORING;
            let advice = if restoring {
                "wait: a restore takes up to 20 minutes"
            } else {
                "restore it (ECR: UpdateImageStorageClass to STANDARD, up to 20 minutes) or push it \
                 again"
            };
            Check::fail(
                CheckName::Active,
                ErrorKind::ImageNotActive,
                format!("it is there, but cannot be pulled in the state {state}"),
            )
            .expecting("ACTIVE")
            .seeing(state)
            .advising(advice)
            .changing(restoring)
        }
    }
}
