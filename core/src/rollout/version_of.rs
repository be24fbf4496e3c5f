//! Which version a revision of a task definition runs.

use crate::image::ImageReference;
use crate::metadata::IMAGE_TAG;
use crate::ports::RegisteredTaskDefinition;
use crate::task_definition::TaskDefinition;
use crate::version::{RepositoryLayout, Version};

/// The tag of a task definition that holds its version id.
pub const VERSION_TAG: &str = "artifact-deploy:version";

/// The version of a revision: its tag `artifact-deploy:version`, else the variable `IMAGE_TAG` of its
/// containers, else the tags of their images.
///
/// Containers that name no version, such as those beside the application, say nothing. When two name
/// different ones there is none: nobody could tell which of them is older.
pub fn version_of(revision: &RegisteredTaskDefinition) -> Option<Version> {
    let document = &revision.task_definition;
    document
        .tag(VERSION_TAG)
        .and_then(|id| id.parse().ok())
        .or_else(|| version_in(document))
}

/// What the containers say.
pub(super) fn version_in(document: &TaskDefinition) -> Option<Version> {
    let told = document.images(IMAGE_TAG).filter_map(|(_, image, tag)| {
        let reference: Option<ImageReference> = image.and_then(|image| image.parse().ok());
        let in_image = reference.as_ref().and_then(ImageReference::tag);
        let tag = tag.and_then(|tag| tag.parse().ok());
        [tag.as_ref(), in_image]
            .into_iter()
            .flatten()
            .find_map(|tag| {
                let shared = tag.as_str().parse().ok();
                shared.or_else(|| {
                    let repository = reference.as_ref()?.repository();
                    let own = RepositoryLayout::PerEnvironment.identify(repository, tag);
                    own.ok().map(|(_, version)| version)
                })
            })
    });
    let mut only: Option<Version> = None;
    for version in told {
        match &only {
            Some(other) if *other != version => return None,
            _ => only = Some(version),
        }
    }
    only
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const OLD: &str = "pr-51-622d2103-20250820-124500";
    const NEW: &str = "pr-51-aaaaaaaa-20250821-124500";
    const DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    fn version(document: Value) -> Option<String> {
        let revision = RegisteredTaskDefinition {
            arn: "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7"
                .parse()
                .unwrap(),
            status: "ACTIVE".to_owned(),
            task_definition: TaskDefinition::from_value(document).unwrap(),
        };
        version_of(&revision).map(|version| version.tag().to_string())
    }

    fn container(name: &str, image: &str, tag: Option<&str>) -> Value {
        let environment: Vec<_> = tag
            .map(|tag| json!({"name": "IMAGE_TAG", "value": tag}))
            .into_iter()
            .collect();
        json!({"name": name, "image": image, "environment": environment})
    }

    #[test]
    fn the_tag_of_the_task_definition_comes_first_then_the_variable_then_the_tag_of_the_image() {
        let image = format!("my/app:{OLD}");
        let tags = json!([{"key": VERSION_TAG, "value": "pr-51/bbbbbbbb-20250822-124500"}]);
        let both = json!([container("app", &image, Some(NEW))]);
        assert_eq!(
            version(json!({"family": "app", "containerDefinitions": both, "tags": tags}))
                .as_deref(),
            Some("pr-51-bbbbbbbb-20250822-124500")
        );
        assert_eq!(
            version(json!({"family": "app", "containerDefinitions": both})).as_deref(),
            Some(NEW)
        );
        let image_alone = json!([container("app", &image, None)]);
        assert_eq!(
            version(json!({"family": "app", "containerDefinitions": image_alone})).as_deref(),
            Some(OLD)
        );
    }

    #[test]
    fn in_a_repository_of_the_environment_the_short_tag_is_a_version() {
        let pinned = format!("my/app/pr-51@{DIGEST}");
        let containers = json!([container("app", &pinned, Some("622d2103-20250820-124500"))]);
        assert_eq!(
            version(json!({"family": "app", "containerDefinitions": containers})).as_deref(),
            Some(OLD)
        );
    }

    #[test]
    fn containers_beside_the_application_say_nothing_and_contradictions_are_no_version() {
        let sidecar = container("envoy", "public.ecr.aws/appmesh/envoy:v1.29.12", None);
        let app = container("app", &format!("my/app:{OLD}"), None);
        let other = container("worker", &format!("my/app:{NEW}"), None);
        let with = |containers: Value| {
            version(json!({"family": "app", "containerDefinitions": containers}))
        };
        assert_eq!(with(json!([sidecar, app])).as_deref(), Some(OLD));
        assert_eq!(with(json!([app, other])), None);
        assert_eq!(with(json!([sidecar])), None);
    }
}
