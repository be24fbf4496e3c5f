//! Which right is missing.

use serde_json::json;

use super::repository::EcrRepository;
use crate::{Error, ErrorKind};

/// `BatchGetImage` is denied, and nothing else brings the bytes of a manifest.
pub(super) fn read_right_missing(repository: &EcrRepository, denied: Error) -> Error {
    let text = format!(
        "the manifest of {} may not be read: allow ecr:BatchGetImage on {}",
        repository.subject(),
        repository.resource(),
    );
    access_denied(text, repository, &["ecr:BatchGetImage"], denied)
}

/// Neither of the two calls that tell a digest is allowed; either of them would do.
pub(super) fn both_rights_missing(repository: &EcrRepository, denied: Error) -> Error {
    let text = format!(
        "images of {} may not be looked up: allow ecr:BatchGetImage, or at least \
         ecr:DescribeImages, on {}",
        repository.subject(),
        repository.resource(),
    );
    let actions = ["ecr:BatchGetImage", "ecr:DescribeImages"];
    access_denied(text, repository, &actions, denied)
}

fn access_denied(
    text: String,
    repository: &EcrRepository,
    actions: &[&str],
    denied: Error,
) -> Error {
    let mut details = json!({ "actions": actions, "resource": repository.resource() });
    if let (Some(details), Some(serde_json::Value::Object(refusal))) =
        (details.as_object_mut(), denied.details())
    {
        for (name, value) in refusal {
            details.entry(name).or_insert_with(|| value.clone());
        }
    }
    Error::new(ErrorKind::AccessDenied, text)
        .with_details(details)
        .with_source(denied)
}
