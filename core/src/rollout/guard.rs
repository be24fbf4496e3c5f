//! The check before a deployment: may this version take the place of what runs?

use serde::Serialize;

use super::drive::told_to_run;
use super::{DeployRequest, DeployedVersion, Intent, version_of};
use crate::ports::RegisteredTaskDefinition;
use crate::service::{RolloutState, ServiceSnapshot};
use crate::version::Version;

/// Whether a version may take the place of what is in place.
///
/// JSON: `{"order": "clear" | "gives-way" | "unknown" | "unguarded", …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OrderCheck {
    /// It is not older, or a rollback is meant.
    Clear,
    /// What is in place is newer: nothing would be changed.
    GivesWay {
        /// What is in place.
        by: Box<DeployedVersion>,
    },
    /// It cannot be told which is newer. It is deployed.
    Unknown {
        /// Why not.
        reason: String,
    },
    /// The caller wants no guard.
    Unguarded {
        /// Why not.
        reason: String,
    },
}

/// Decides it. `mine` is the version that is to be deployed, `current` what the service is told to run.
pub(super) fn check(
    request: &DeployRequest,
    mine: Option<&Version>,
    service: &ServiceSnapshot,
    current: Option<&RegisteredTaskDefinition>,
) -> OrderCheck {
    if let Some(reason) = &request.unguarded {
        let reason = reason.clone();
        return OrderCheck::Unguarded { reason };
    }
    let unknown = |reason: String| OrderCheck::Unknown { reason };
    let Some(current) = current else {
        return match told_to_run(service) {
            Some(arn) => unknown(format!(
                "{}, which is in place, is not there any more",
                arn.short()
            )),
            None => OrderCheck::Clear,
        };
    };
    let Some(mine) = mine else {
        return unknown("what is deployed names no version".to_owned());
    };
    let name = current.arn.short();
    let Some(theirs) = version_of(current) else {
        return unknown(format!("{name}, which is in place, names no version"));
    };
    if mine.environment() != theirs.environment() {
        return unknown(format!(
            "{mine} and {theirs}, which is in place, are of different environments"
        ));
    }
    let primary = service.primary();
    let failed = primary.is_some_and(|primary| primary.rollout_state == Some(RolloutState::Failed));
    if theirs <= *mine || failed || request.intent == Intent::Rollback {
        return OrderCheck::Clear;
    }
    OrderCheck::GivesWay {
        by: Box::new(DeployedVersion {
            deployment_id: primary.map(|primary| primary.id.clone()),
            task_definition: Some(current.arn.clone()),
            version: Some(theirs),
        }),
    }
}
