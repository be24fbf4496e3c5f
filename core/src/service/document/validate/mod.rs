//! What ECS would refuse.
//!
//! Every rule has a published source, and none refuses what ECS accepts but for percentages that would
//! let a deployment hang: members and values that are not known here pass. All problems are listed.

mod limits;
mod placement;
mod service_connect;

use serde_json::Value;

use super::schema::SERVICE;
use crate::document::{self, Node, Problem, Problems, check_shape, check_spelling, check_tags};
use crate::strategy::{check_configuration, representable};
use crate::{Error, ErrorKind};

/// All problems of a document, in the order of the rules: types first.
pub(super) fn validate(document: &Value) -> Vec<Problem> {
    let root = Node::root(document);
    let mut problems = Problems::default();
    check_shape(&root, SERVICE, &mut problems);
    let names = SERVICE.iter().map(|member| member.name);
    check_spelling(&root, names, &mut problems);
    limits::check(&root, &mut problems);
    placement::check(&root, &mut problems);
    service_connect::check(&root, &mut problems);
    check_tags(&root, &mut problems);
    deployment_configuration(&root, &mut problems);
    problems.into_list()
}

/// The error that carries all problems: `InvalidService` with `{"problems": […]}`.
pub(super) fn refusal(problems: &[Problem]) -> Error {
    let kind = ErrorKind::InvalidService;
    document::refusal(
        kind,
        "the service document",
        "that ECS would refuse or could never carry out",
        problems,
    )
}

/// Other controllers, and daemons, read percentages in ways of their own.
fn deployment_configuration(root: &Node<'_>, problems: &mut Problems) {
    let controller = root.get("deploymentController").get("type").text();
    let scheduling = root.get("schedulingStrategy").text();
    let ours =
        matches!(controller, None | Some("ECS")) && matches!(scheduling, None | Some("REPLICA"));
    let configuration = root.get("deploymentConfiguration");
    if ours && configuration.value().is_some_and(Value::is_object) {
        let desired = root.get("desiredCount").whole();
        let desired = desired.and_then(|count| u32::try_from(count).ok());
        representable(&configuration, problems);
        check_configuration(&configuration, desired.unwrap_or(0), problems);
    }
}
