//! Registering a revision once: what is sent, and what counts as the same.

use serde_json::Value;

use super::version_of::{VERSION_TAG, version_of};
use crate::harmless::escaped;
use crate::ports::RegisteredTaskDefinition;
use crate::task_definition::TaskDefinition;
use crate::version::Version;
use crate::{Error, ErrorKind, Result};

/// The tag of a task definition that holds the SHA-256 of its content.
pub const CONTENT_TAG: &str = "artifact-deploy:content";

/// Source: ECS: "Tagging Amazon ECS resources".
const MOST_TAGS: usize = 50;

/// A document that is ready to be registered, and what a revision of it is recognised by.
#[derive(Debug, Clone)]
pub(super) struct Registration {
    family: String,
    document: TaskDefinition,
    content: String,
    version: Option<Version>,
}

impl Registration {
    /// The registration of `document` as `version`.
    ///
    /// # Errors
    /// `InvalidTaskDefinition` when it names no family, or has no room for our tags.
    pub(super) fn new(document: &TaskDefinition, version: Option<&Version>) -> Result<Self> {
        let family = document.family().ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidTaskDefinition,
                "the task definition names no family; ECS would not register it",
            )
        })?;
        let content = document.content_hash();
        let mut tags = vec![(CONTENT_TAG, content.clone())];
        tags.extend(version.map(|version| (VERSION_TAG, version.to_string())));
        let (others, ours) = (document.foreign_tags(), tags.len());
        if others + ours > MOST_TAGS {
            return Err(Error::new(
                ErrorKind::InvalidTaskDefinition,
                format!(
                    "the task definition {} has {others} tags, and a deployment adds {ours} of its \
                     own; ECS takes {MOST_TAGS}: remove {}",
                    escaped(family),
                    others + ours - MOST_TAGS
                ),
            ));
        }
        Ok(Self {
            family: family.to_owned(),
            document: document.with_own_tags(&tags),
            content,
            version: version.cloned(),
        })
    }

    /// The family that it is registered in.
    pub(super) fn family(&self) -> &str {
        &self.family
    }

    /// What is sent.
    pub(super) fn document(&self) -> &TaskDefinition {
        &self.document
    }

    /// The SHA-256 of the content.
    pub(super) fn content(&self) -> &str {
        &self.content
    }

    /// Whether `revision` is this very document, and can be deployed in its place.
    ///
    /// The tag alone proves nothing: whoever makes a new revision of an old one in the console copies
    /// its tags. The version counts too, because the next deployment asks the revision for it.
    pub(super) fn is(&self, revision: &RegisteredTaskDefinition) -> bool {
        let other = &revision.task_definition;
        revision.status == "ACTIVE"
            && revision.arn.family() == self.family
            && (self.version.is_none() || self.version == version_of(revision))
            && (other.content_hash() == self.content
                || (other.tag(CONTENT_TAG) == Some(&self.content) && self.only_filled_up(other)))
    }

    /// Whether `other` adds nothing but empty members. ECS may write defaults into a description that
    /// this library does not know yet; a variable can be empty and still mean something.
    fn only_filled_up(&self, other: &TaskDefinition) -> bool {
        let diff = TaskDefinition::diff(&self.document, other);
        diff.changes().iter().all(|change| {
            change.before().is_none()
                && change.after().is_none_or(says_nothing)
                && !change.path().contains("/environment/")
        })
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document() -> Value {
        json!({"family": "app", "containerDefinitions": [{"name": "app", "image": "app:1"}]})
    }

    fn read(value: Value) -> TaskDefinition {
        TaskDefinition::from_value(value).unwrap()
    }

    fn registration(version: Option<&str>) -> Registration {
        let version: Option<Version> = version.map(|id| id.parse().unwrap());
        Registration::new(&read(document()), version.as_ref()).unwrap()
    }

    fn revision(document: Value) -> RegisteredTaskDefinition {
        RegisteredTaskDefinition {
            arn: "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7"
                .parse()
                .unwrap(),
            status: "ACTIVE".to_owned(),
            task_definition: read(document),
        }
    }

    const VERSION: &str = "pr-51/622d2103-20250820-124500";

    #[test]
    fn what_was_registered_is_recognised() {
        let registration = registration(Some(VERSION));
        let sent = revision(registration.document().as_value().clone());
        assert!(registration.is(&sent));
        let gone = RegisteredTaskDefinition {
            status: "INACTIVE".to_owned(),
            ..sent
        };
        assert!(!registration.is(&gone), "ECS takes no inactive revision");
    }

    #[test]
    fn a_revision_by_other_hands_with_the_same_content_is_the_same() {
        assert!(registration(None).is(&revision(document())));
    }

    #[test]
    fn the_same_content_as_another_version_is_another_revision() {
        let other = registration(Some("pr-51/aaaaaaaa-20250821-124500"));
        let sent = revision(other.document().as_value().clone());
        assert!(!registration(Some(VERSION)).is(&sent));
        assert!(
            registration(None).is(&sent),
            "nobody asked for a certain version"
        );
    }

    #[test]
    fn tags_that_were_copied_to_another_content_prove_nothing() {
        let registration = registration(Some(VERSION));
        for (pointer, value) in [
            ("/containerDefinitions/0/image", json!("app:2")),
            (
                "/containerDefinitions/0/environment",
                json!([{"name": "DEBUG", "value": ""}]),
            ),
            ("/containerDefinitions/0/privileged", json!(true)),
        ] {
            let mut copy = registration.document().as_value().clone();
            let (place, name) = pointer.rsplit_once('/').unwrap();
            copy.pointer_mut(place).unwrap()[name] = value;
            assert!(!registration.is(&revision(copy)), "{pointer}");
        }
    }

    #[test]
    fn an_empty_member_that_ecs_added_makes_no_other_content() {
        let registration = registration(Some(VERSION));
        let mut described = registration.document().as_value().clone();
        described["inventedTomorrow"] = json!([]);
        assert!(registration.is(&revision(described)));
    }

    #[test]
    fn the_tags_of_a_deployment_need_room_among_the_fifty() {
        let with = |count: usize| {
            let mut document = document();
            document["tags"] = (0..count)
                .map(|number| json!({"key": format!("k{number}"), "value": "v"}))
                .collect();
            let version = VERSION.parse().unwrap();
            Registration::new(&read(document), Some(&version))
        };
        assert!(with(48).is_ok());
        let error = with(49).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidTaskDefinition);
        assert!(error.message().ends_with("remove 1"), "{error}");
    }
}
