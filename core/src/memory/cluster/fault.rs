//! Misbehaviour on request.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::refusal::{Aws, refuse};
use crate::{Error, ErrorKind};

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// A method of the ports that a cluster in memory implements. As JSON in kebab case:
        /// `update-service`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum ControlOperation {
            $($(#[$doc])* $name,)+
        }

        impl ControlOperation {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }

        /// The same as a member of a JSON object.
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        enum Member {
            $($name,)+
        }

        impl From<ControlOperation> for Member {
            fn from(operation: ControlOperation) -> Self {
                match operation {
                    $(ControlOperation::$name => Self::$name,)+
                }
            }
        }
    };
}

operations! {
    /// `register_task_definition`.
    RegisterTaskDefinition,
    /// `describe_task_definition`.
    DescribeTaskDefinition,
    /// `list_task_definitions`.
    ListTaskDefinitions,
    /// `describe_services`.
    DescribeServices,
    /// `list_services`.
    ListServices,
    /// `update_service`.
    UpdateService,
    /// `list_service_deployments`.
    ListServiceDeployments,
    /// `describe_service_deployments`.
    DescribeServiceDeployments,
    /// `describe_service_revisions`.
    DescribeServiceRevisions,
    /// `continue_service_deployment`.
    ContinueServiceDeployment,
    /// `stop_service_deployment`.
    StopServiceDeployment,
    /// `list_tasks`.
    ListTasks,
    /// `list_cluster_tasks`.
    ListClusterTasks,
    /// `describe_tasks`.
    DescribeTasks,
    /// `target_health`.
    TargetHealth,
}

/// How a call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ControlFaultKind {
    /// `Throttled`.
    Throttled,
    /// `ServiceUnavailable`. Nothing was done.
    Unavailable,
    /// `Timeout`. Nothing was done.
    Timeout,
    /// The call never returns. Nothing was done.
    Hang,
    /// `AccessDenied`.
    AccessDenied,
    /// It is done, and the answer is lost: `Timeout`.
    LostAnswer,
    /// The answer is that of the moment before the last change. Of calls that change something it
    /// means nothing.
    Stale,
    /// What is asked for is not there: what the operation says then. A list is empty.
    Missing,
}

/// One way in which a [`MemoryCluster`](super::MemoryCluster) goes wrong, for some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "a fault as an object"
)]
pub struct ControlFault {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<ControlOperation>,
    #[serde(rename = "fault")]
    kind: ControlFaultKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default, skip_serializing_if = "is_zero")]
    after: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what serde calls it with
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl ControlFault {
    /// Every such call goes wrong in this way.
    pub fn new(operation: ControlOperation, kind: ControlFaultKind) -> Self {
        Self {
            operation: Some(operation),
            ..Self::everywhere(kind)
        }
    }

    /// Every call goes wrong in this way.
    pub fn everywhere(kind: ControlFaultKind) -> Self {
        Self {
            operation: None,
            kind,
            times: None,
            after: 0,
            service: None,
        }
    }

    /// Only the next `times` calls.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Only after `calls` more calls that go well.
    pub fn after(mut self, calls: u32) -> Self {
        self.after = calls;
        self
    }

    /// Only calls that name this service, by its name alone.
    pub fn for_service(mut self, service: impl Into<String>) -> Self {
        self.service = Some(service.into());
        self
    }

    /// Uses the fault up by one, if it concerns this call.
    pub(super) fn strike(
        &mut self,
        operation: ControlOperation,
        services: &[&str],
    ) -> Option<ControlFaultKind> {
        let concerned = self.operation.is_none_or(|only| only == operation)
            && self
                .service
                .as_deref()
                .is_none_or(|only| services.contains(&only));
        if !concerned || self.times == Some(0) {
            return None;
        }
        if self.after > 0 {
            self.after -= 1;
            return None;
        }
        self.times = self.times.map(|times| times.saturating_sub(1));
        Some(self.kind)
    }
}

impl ControlFaultKind {
    /// The error that stands for the fault; none where the call is answered in some way.
    pub(super) fn error(self) -> Option<Error> {
        Some(match self {
            Self::Throttled => refuse(ErrorKind::Throttled, Aws::Throttling, "Rate exceeded"),
            Self::Unavailable => refuse(
                ErrorKind::ServiceUnavailable,
                Aws::Server,
                "Service Unavailable. Please try again later.",
            ),
            Self::Timeout | Self::Hang | Self::LostAnswer => Error::new(
                ErrorKind::Timeout,
                "ecs did not answer in time; try again later, and read back first what was written",
            ),
            Self::AccessDenied => refuse(
                ErrorKind::AccessDenied,
                Aws::AccessDenied,
                "User is not authorized to perform this action",
            ),
            Self::Stale | Self::Missing => return None,
        })
    }
}

/// How many calls a cluster had, of each method of the ports.
///
/// JSON: `{"updateService": 1, …}`, without those that it did not have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ControlCalls(BTreeMap<ControlOperation, u32>);

impl ControlCalls {
    /// The calls of one method.
    pub fn of(&self, operation: ControlOperation) -> u32 {
        self.0.get(&operation).copied().unwrap_or(0)
    }

    /// All calls together.
    pub fn total(&self) -> u32 {
        self.0.values().sum()
    }

    pub(super) fn count(&mut self, operation: ControlOperation) {
        *self.0.entry(operation).or_default() += 1;
    }
}

impl Serialize for ControlCalls {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = self.0.iter();
        serializer.collect_map(members.map(|(operation, calls)| (Member::from(*operation), calls)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_under_names_in_camel_case_as_those_of_a_registry() {
        let mut calls = ControlCalls::default();
        calls.count(ControlOperation::UpdateService);
        calls.count(ControlOperation::UpdateService);
        assert_eq!(
            serde_json::json!(calls),
            serde_json::json!({"updateService": 2})
        );
    }
}
