//! What a registered revision is known by: its content, its tags, its containers.

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::document::TaskDefinition;
use super::environment::{ENVIRONMENT, TAGS};
use super::normalize::normalize;
use crate::document::is_reserved;

/// The tags that this library writes begin with this.
const OURS: &str = "artifact-deploy:";

impl TaskDefinition {
    /// The value of one of its tags.
    pub fn tag(&self, key: &str) -> Option<&str> {
        TAGS.value_of(self.as_value().get("tags"), key)
    }

    /// The SHA-256, in hexadecimal digits, of what it says to ECS: equal for two documents that mean
    /// the same, whatever tags this library (`artifact-deploy:…`) and AWS (`aws:…`) wrote on them.
    pub(crate) fn content_hash(&self) -> String {
        let mut document = self.as_value().clone();
        if let Some(Value::Array(tags)) = document.get_mut("tags") {
            tags.retain(|tag| {
                let key = tag.get("key").and_then(Value::as_str);
                !key.is_some_and(|key| key.starts_with(OURS) || is_reserved(key))
            });
        }
        let normal = normalize(&document);
        let mut text = String::new();
        write_sorted(&mut text, &normal);
        hex::encode(Sha256::digest(text))
    }

    /// A copy with these tags set, and those that this library wrote before taken away.
    pub(crate) fn with_own_tags(&self, tags: &[(&str, String)]) -> Self {
        let mut document = self.as_value().clone();
        if let Some(members) = document.as_object_mut() {
            let list = members
                .entry("tags")
                .or_insert_with(|| Value::Array(Vec::new()));
            if list.is_null() {
                *list = Value::Array(Vec::new());
            }
            if let Value::Array(list) = list {
                let old: Vec<String> = TAGS
                    .all_names(Some(&Value::Array(list.clone())))
                    .filter(|key| key.starts_with(OURS))
                    .map(str::to_owned)
                    .collect();
                let set = tags.iter().map(|(key, value)| (*key, value.as_str()));
                TAGS.edit(list, &old, set);
            }
        }
        Self::from_rendered(document)
    }

    /// The tags that are not ours, by their number.
    pub(crate) fn foreign_tags(&self) -> usize {
        TAGS.all_names(self.as_value().get("tags"))
            .filter(|key| !key.starts_with(OURS))
            .count()
    }

    /// The variables of a container.
    pub(crate) fn variables(&self, container: &str) -> Vec<(String, String)> {
        let containers = self.as_value().get("containerDefinitions");
        let mut containers = containers.and_then(Value::as_array).into_iter().flatten();
        let found = containers
            .find(|found| found.get("name").and_then(Value::as_str) == Some(container))
            .and_then(|found| found.get("environment"));
        ENVIRONMENT
            .all_names(found)
            .filter_map(|name| {
                let value = ENVIRONMENT.value_of(found, name)?;
                Some((name.to_owned(), value.to_owned()))
            })
            .collect()
    }

    /// Each container that has a name: the name, the image, and the value of one of its variables.
    pub(crate) fn images<'a>(
        &'a self,
        variable: &'a str,
    ) -> impl Iterator<Item = (&'a str, Option<&'a str>, Option<&'a str>)> {
        let containers = self.as_value().get("containerDefinitions");
        containers
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(move |container| {
                Some((
                    container.get("name")?.as_str()?,
                    container.get("image").and_then(Value::as_str),
                    ENVIRONMENT.value_of(container.get("environment"), variable),
                ))
            })
    }
}

/// One text for all values that are equal: members in the order of their names.
fn write_sorted(out: &mut String, value: &Value) {
    match value {
        Value::Object(members) => write_members(out, members),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_sorted(out, item);
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn write_members(out: &mut String, members: &Map<String, Value>) {
    let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
    sorted.sort_by_key(|(name, _)| *name);
    out.push('{');
    for (index, (name, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&Value::from(name.as_str()).to_string());
        out.push(':');
        write_sorted(out, value);
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> TaskDefinition {
        TaskDefinition::from_value(value).unwrap()
    }

    #[test]
    fn what_means_the_same_to_ecs_has_the_same_content() {
        let ours = read(json!({
            "family": "app", "networkMode": "awsvpc",
            "containerDefinitions": [{"name": "app", "image": "app:1", "portMappings": [{"containerPort": 80}],
                "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}],
            "tags": [{"key": "team", "value": "a"}],
        }));
        let described = read(json!({
            "taskDefinition": {
                "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7",
                "containerDefinitions": [{"environment": [{"value": "2", "name": "B"}, {"name": "A", "value": "1"}],
                    "cpu": 0, "essential": true, "mountPoints": [], "volumesFrom": [], "name": "app",
                    "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}], "image": "app:1"}],
                "revision": 7, "status": "ACTIVE", "volumes": [], "networkMode": "awsvpc", "family": "app",
            },
            "tags": [{"key": "artifact-deploy:content", "value": "0"}, {"key": "team", "value": "a"},
                {"key": "aws:cloudformation:stack", "value": "s"}],
        }));
        assert_eq!(ours.content_hash(), described.content_hash());
        assert_eq!(ours.content_hash().len(), 64);
    }

    #[test]
    fn every_change_that_ecs_knows_of_changes_the_content() {
        let base = json!({"family": "app", "containerDefinitions": [
            {"name": "app", "image": "app:1", "command": ["a", "b"]}]});
        let hash = read(base.clone()).content_hash();
        for (pointer, value) in [
            ("/family", json!("app2")),
            ("/containerDefinitions/0/image", json!("app:2")),
            ("/containerDefinitions/0/command", json!(["b", "a"])),
        ] {
            let mut other = base.clone();
            *other.pointer_mut(pointer).unwrap() = value;
            assert_ne!(hash, read(other).content_hash(), "{pointer}");
        }
        let mut tagged = base.clone();
        tagged["tags"] = json!([{"key": "team", "value": "a"}]);
        assert_ne!(hash, read(tagged).content_hash());
        let mut unknown = base;
        unknown["inventedYesterday"] = json!({});
        assert_ne!(hash, read(unknown).content_hash());
    }

    #[test]
    fn own_tags_replace_those_of_an_earlier_deployment_and_leave_others_alone() {
        let before = read(json!({"family": "app", "tags": [
            {"key": "artifact-deploy:content", "value": "old"}, {"key": "team", "value": "a"},
            {"key": "artifact-deploy:version", "value": "old"}]}));
        let after = before.with_own_tags(&[("artifact-deploy:content", "new".to_owned())]);
        assert_eq!(after.tag("artifact-deploy:content"), Some("new"));
        assert_eq!(after.tag("artifact-deploy:version"), None);
        assert_eq!(after.tag("team"), Some("a"));
        assert_eq!(before.content_hash(), after.content_hash());
        assert_eq!(after.foreign_tags(), 1);
        let untagged = read(json!({"family": "app", "tags": null}));
        let tagged = untagged.with_own_tags(&[("artifact-deploy:content", "x".to_owned())]);
        assert_eq!(tagged.tag("artifact-deploy:content"), Some("x"));
        assert_eq!(
            tagged.content_hash(),
            read(json!({"family": "app"})).content_hash()
        );
    }
}
