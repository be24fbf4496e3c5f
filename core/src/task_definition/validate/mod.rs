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
mod problem;
mod shape;
mod tags;

use serde_json::{Value, json};

pub(super) use self::tags::is_reserved;
pub use problem::Problem;

use self::problem::Problems;
use super::node::Node;
use crate::{Error, ErrorKind};

/// All problems of a document, in the order of the rules: types first.
pub(super) fn validate(document: &Value) -> Vec<Problem> {
    let root = Node::root(document);
    let mut problems = Problems::default();
    shape::check(&root, &mut problems);
    names::check(&root, &mut problems);
    containers::check(&root, &mut problems);
    limits::check(&root, &mut problems);
    network::check(&root, &mut problems);
    tags::check(&root, &mut problems);
    fargate::check(&root, &mut problems);
    problems.into_list()
}

/// The error that carries all problems: `InvalidTaskDefinition` with `{"problems": […]}`.
pub(super) fn refusal(problems: &[Problem]) -> Error {
    let mut lines = String::new();
    for problem in problems {
        lines.push_str("\n  ");
        lines.push_str(&problem.to_string());
    }
    let many = if problems.len() == 1 { "" } else { "s" };
    Error::new(
        ErrorKind::InvalidTaskDefinition,
        format!(
            "the task definition has {} problem{many} that ECS would refuse:{lines}",
            problems.len()
        ),
    )
    .with_details(json!({ "problems": problems }))
}
