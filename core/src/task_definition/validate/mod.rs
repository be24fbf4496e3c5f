//! What ECS would refuse.
//!
//! Every rule has a published source, and none refuses what ECS accepts: members and values that
//! are not known here pass. All problems are listed, not the first alone.

mod containers;
mod fargate;
mod fargate_containers;
mod fargate_sizes;
mod image;
mod limits;
mod names;
mod network;

use serde_json::Value;

use super::schema::TASK_DEFINITION;
use crate::document::{self, Node, Problem, Problems, check_shape, check_spelling, check_tags};
use crate::{Error, ErrorKind};

/// All problems of a document, in the order of the rules: types first.
pub(super) fn validate(document: &Value) -> Vec<Problem> {
    let root = Node::root(document);
    let mut problems = Problems::default();
    check_shape(&root, TASK_DEFINITION, &mut problems);
    check_spelling(&root, ["containerDefinitions"].into_iter(), &mut problems);
    names::check(&root, &mut problems);
    containers::check(&root, &mut problems);
    limits::check(&root, &mut problems);
    network::check(&root, &mut problems);
    check_tags(&root, &mut problems);
    fargate::check(&root, &mut problems);
    problems.into_list()
}

/// The error that carries all problems: `InvalidTaskDefinition` with `{"problems": […]}`.
pub(super) fn refusal(problems: &[Problem]) -> Error {
    document::refusal(
        ErrorKind::InvalidTaskDefinition,
        "the task definition",
        "that ECS would refuse",
        problems,
    )
}
