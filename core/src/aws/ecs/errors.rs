//! What a refusal of ECS means, as far as it is of ECS alone.

use crate::ErrorKind;
use crate::aws::errors::{Api, Refusal};

/// Amazon ECS.
pub(super) static ECS: Api = Api {
    name: "ECS",
    prefix: "ecs",
    unavailable: ErrorKind::ServiceUnavailable,
    kind,
};

fn kind(operation: &str, refusal: &Refusal) -> Option<ErrorKind> {
    let Some(code) = refusal.code else {
        return unknown_here(operation, refusal).then_some(ErrorKind::UnsupportedOperation);
    };
    Some(match code {
        "ClusterNotFoundException" => ErrorKind::ClusterNotFound,
        "ServiceNotFoundException" => ErrorKind::ServiceNotFound,
        "ServiceNotActiveException" => ErrorKind::ServiceNotActive,
        "ServiceDeploymentNotFoundException" => ErrorKind::ServiceDeploymentNotFound,
        "ConflictException" | "UpdateInProgressException" => ErrorKind::Conflict,
        "UnknownOperationException" | "UnknownOperation" | "NotImplemented" => {
            ErrorKind::UnsupportedOperation
        }
        "ClientException"
        | "InvalidParameterException"
        | "UnsupportedFeatureException"
        | "InvalidAction"
        | "ValidationException" => by_words(operation, refusal),
        "PlatformUnknownException"
        | "PlatformTaskDefinitionIncompatibilityException"
        | "NamespaceNotFoundException"
        | "BlockedException"
        | "ResourceNotFoundException"
        | "TargetNotFoundException"
        | "SerializationException" => ErrorKind::RequestRejected,
        _ if unknown_here(operation, refusal) => ErrorKind::UnsupportedOperation,
        _ => return None,
    })
}

/// ECS has few codes and many meanings: the words tell them apart.
fn by_words(operation: &str, refusal: &Refusal) -> ErrorKind {
    let words = refusal.message.unwrap_or_default().to_ascii_lowercase();
    let says = |any: &[&str]| any.iter().any(|part| words.contains(part));
    if unknown_here(operation, refusal) {
        return ErrorKind::UnsupportedOperation;
    }
    let of_controller = says(&["code_deploy", "external"]) && words.contains("controller");
    if of_controller {
        return ErrorKind::UnsupportedController;
    }
    let gone = says(&["unable to describe", "not found", "not exist", "inactive"]);
    match operation {
        "DescribeTaskDefinition" if gone => ErrorKind::TaskDefinitionNotFound,
        // UpdateService says "TaskDefinition not found." and "TaskDefinition is inactive".
        "UpdateService" if gone && says(&["taskdefinition", "task definition"]) => {
            ErrorKind::TaskDefinitionNotFound
        }
        _ => ErrorKind::RequestRejected,
    }
}

/// Whether an endpoint says, each in its own way, that it does not have the operation. Service
/// deployments are the newest part of the API, and emulators lack them.
fn unknown_here(operation: &str, refusal: &Refusal) -> bool {
    let words = refusal.message.unwrap_or_default().to_ascii_lowercase();
    let is_operation = words.contains("operation") || words.contains("action");
    let is_unknown = [
        "unknown",
        "not implemented",
        "not been implemented",
        "unsupported",
    ]
    .iter()
    .any(|part| words.contains(part));
    if is_operation && is_unknown {
        return true;
    }
    let lacks = matches!(refusal.status, Some(404 | 501));
    let refuses = refusal.code == Some("UnsupportedFeatureException");
    let newest = ["ServiceDeployment", "ServiceRevision"]
        .iter()
        .any(|part| operation.contains(part));
    newest && (lacks || refuses)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(operation: &str, code: &str, message: &str) -> Option<ErrorKind> {
        let refusal = Refusal {
            code: Some(code),
            message: Some(message),
            status: Some(400),
        };
        kind(operation, &refusal)
    }

    #[test]
    fn the_words_of_ecs_tell_apart_what_one_code_means() {
        for (operation, code, words, expected) in [
            (
                "DescribeTaskDefinition",
                "ClientException",
                "Unable to describe task definition.",
                ErrorKind::TaskDefinitionNotFound,
            ),
            (
                "UpdateService",
                "ClientException",
                "TaskDefinition not found.",
                ErrorKind::TaskDefinitionNotFound,
            ),
            (
                "UpdateService",
                "ClientException",
                "TaskDefinition is inactive",
                ErrorKind::TaskDefinitionNotFound,
            ),
            (
                "UpdateService",
                "InvalidParameterException",
                "Unable to update task definition on services with a CODE_DEPLOY deployment \
                 controller. Please use Code Deploy to trigger a new deployment.",
                ErrorKind::UnsupportedController,
            ),
            (
                "RegisterTaskDefinition",
                "ClientException",
                "Container.image contains invalid characters.",
                ErrorKind::RequestRejected,
            ),
            (
                "UpdateService",
                "UnsupportedFeatureException",
                "The feature is not supported in this Region.",
                ErrorKind::RequestRejected,
            ),
        ] {
            assert_eq!(of(operation, code, words), Some(expected), "{words}");
        }
    }

    #[test]
    fn an_endpoint_without_service_deployments_is_known_in_every_way_it_says_so() {
        let operation = "ListServiceDeployments";
        for (code, words) in [
            ("UnknownOperationException", ""),
            ("UnsupportedFeatureException", "not in this Region"),
            (
                "InvalidAction",
                "Unknown ECS action: ListServiceDeployments",
            ),
            ("ClientException", "Unknown operation"),
            ("InternalError", "The action has not been implemented"),
        ] {
            let kind = of(operation, code, words);
            assert_eq!(kind, Some(ErrorKind::UnsupportedOperation), "{code}");
        }
        for status in [404, 501] {
            let bare = Refusal {
                status: Some(status),
                ..Refusal::default()
            };
            let unsupported = Some(ErrorKind::UnsupportedOperation);
            assert_eq!(kind(operation, &bare), unsupported);
            assert_eq!(kind("UpdateService", &bare), None);
        }
    }

    #[test]
    fn a_denied_service_deployment_is_denied_and_not_unsupported() {
        assert_eq!(
            of("ListServiceDeployments", "AccessDeniedException", "no"),
            None
        );
    }
}
