//! One form for all documents that mean the same to ECS.
//!
//! Only for comparison: never sent anywhere. Lists whose order means nothing become objects by the
//! name of their items, and what only repeats a default or is empty goes. Members that are not
//! known keep everything but `null`: an empty object may be a switch.

use serde_json::{Map, Number, Value};

use super::node::whole;
use super::schema::{Default, Kind, Member, TASK_DEFINITION};
use super::size_text::{cpu_units, memory_mib};

/// The form in which two documents are equal when they mean the same to ECS.
pub(super) fn normalize(document: &Value) -> Value {
    let mut document = document.clone();
    blank_host_ports(&mut document);
    let mut normal = match &document {
        Value::Object(members) => Value::Object(object(members, TASK_DEFINITION)),
        other => other.clone(),
    };
    for (name, read) in [
        ("cpu", cpu_units as fn(&str) -> Option<i64>),
        ("memory", memory_mib),
    ] {
        if let Some(size) = normal.get_mut(name) {
            // ".25 vCPU" is "256" once it is registered.
            if let Some(number) = size.as_str().and_then(read) {
                *size = Value::String(number.to_string());
            }
        }
    }
    normal
}

/// Under `awsvpc` and `host` a host port can only repeat the container port.
fn blank_host_ports(document: &mut Value) {
    if !matches!(
        document.get("networkMode").and_then(Value::as_str),
        Some("awsvpc" | "host")
    ) {
        return;
    }
    let mappings = document
        .get_mut("containerDefinitions")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
        .filter_map(|container| container.get_mut("portMappings")?.as_array_mut())
        .flatten()
        .filter_map(Value::as_object_mut);
    for mapping in mappings {
        if mapping.get("hostPort").is_some()
            && mapping.get("hostPort") == mapping.get("containerPort")
        {
            mapping.shift_remove("hostPort");
        }
    }
}

fn object(members: &Map<String, Value>, schema: &[Member]) -> Map<String, Value> {
    members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .filter_map(|(name, value)| {
            let normal = match schema.iter().find(|member| member.name == name) {
                Some(member) => known(value, member)?,
                None => unknown(value),
            };
            Some((name.clone(), normal))
        })
        .collect()
}

/// A known member; nothing when it says no more than its absence.
fn known(value: &Value, member: &Member) -> Option<Value> {
    let normal = match (&member.kind, value) {
        (Kind::Object(schema) | Kind::Marker(schema), Value::Object(members)) => {
            Value::Object(object(members, schema))
        }
        (Kind::List(schema), Value::Array(items)) => {
            items.iter().map(|entry| item(entry, schema)).collect()
        }
        (Kind::Keyed(schema, keys), Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|entry| item(entry, schema)).collect();
            by_key(&items, keys).unwrap_or(Value::Array(items))
        }
        (Kind::Pairs(schema, name, value), Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|entry| item(entry, schema)).collect();
            by_name(&items, name, value)
                .or_else(|| by_key(&items, &[*name]))
                .unwrap_or(Value::Array(items))
        }
        (Kind::TextSet, Value::Array(items)) => sorted(items),
        _ => unknown(value),
    };
    let says_nothing = match &normal {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty() && !matches!(member.kind, Kind::Marker(_)),
        Value::Bool(flag) => member.default == Default::Flag(*flag),
        Value::Number(_) => whole(&normal).map(Default::Whole) == Some(member.default),
        Value::String(text) => matches!(member.default, Default::Text(default) if default == text),
        Value::Null => true,
    };
    (!says_nothing).then_some(normal)
}

fn item(value: &Value, schema: &[Member]) -> Value {
    match value {
        Value::Object(members) => Value::Object(object(members, schema)),
        other => unknown(other),
    }
}

/// A value of unknown meaning: `null` members go, and `1.0` is `1`.
fn unknown(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(object(members, &[])),
        Value::Array(items) => items.iter().map(unknown).collect(),
        Value::Number(_) => whole(value).map_or_else(
            || value.clone(),
            |number| Value::Number(Number::from(number)),
        ),
        other => other.clone(),
    }
}

/// The items by the values of `keys`; nothing when that does not tell them apart.
fn by_key(items: &[Value], keys: &[&str]) -> Option<Value> {
    let mut found = Map::new();
    for item in items {
        let parts: Vec<_> = keys
            .iter()
            .filter_map(|key| item.get(key))
            .map(|part| {
                part.as_str()
                    .map_or_else(|| part.to_string(), str::to_owned)
            })
            .collect();
        if parts.is_empty() || found.insert(parts.join(" "), item.clone()).is_some() {
            return None;
        }
    }
    Some(Value::Object(found))
}

/// Names with their values; nothing when an item has more than these, or a name stands twice.
fn by_name(items: &[Value], name: &str, value: &str) -> Option<Value> {
    let mut found = Map::new();
    for item in items {
        let members = item.as_object()?;
        let key = members.get(name)?.as_str()?;
        let text = members.get(value).filter(|_| members.len() == 2)?;
        if found.insert(key.to_owned(), text.clone()).is_some() {
            return None;
        }
    }
    Some(Value::Object(found))
}

fn sorted(items: &[Value]) -> Value {
    let mut items = items.to_vec();
    items.sort_by_key(Value::to_string);
    Value::Array(items)
}

#[cfg(test)]
#[allow(clippy::needless_pass_by_value)] // `json!` as an argument reads best
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn same(left: Value, right: Value) {
        assert_eq!(normalize(&left), normalize(&right));
    }

    #[track_caller]
    fn different(left: Value, right: Value) {
        assert_ne!(normalize(&left), normalize(&right));
    }

    fn container(member: Value) -> Value {
        json!({"containerDefinitions": [member]})
    }

    #[test]
    fn the_order_of_containers_environment_secrets_and_tags_means_nothing() {
        same(
            json!({"containerDefinitions": [
                {"name": "a", "environment": [{"name": "X", "value": "1"}, {"name": "Y", "value": "2"}]},
                {"name": "b", "secrets": [{"name": "S", "valueFrom": "s"}, {"name": "T", "valueFrom": "t"}]},
            ], "tags": [{"key": "k", "value": "v"}, {"key": "l", "value": "w"}]}),
            json!({"tags": [{"value": "w", "key": "l"}, {"key": "k", "value": "v"}], "containerDefinitions": [
                {"secrets": [{"name": "T", "valueFrom": "t"}, {"name": "S", "valueFrom": "s"}], "name": "b"},
                {"environment": [{"value": "2", "name": "Y"}, {"name": "X", "value": "1"}], "name": "a"},
            ]}),
        );
    }

    #[test]
    fn a_default_is_the_same_as_its_absence() {
        same(
            container(
                json!({"name": "a", "essential": true, "cpu": 0, "privileged": false,
                "portMappings": [{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}],
                "healthCheck": {"command": ["CMD", "x"], "interval": 30, "timeout": 5, "retries": 3}}),
            ),
            container(json!({"name": "a", "portMappings": [{"containerPort": 80}],
                "healthCheck": {"command": ["CMD", "x"]}})),
        );
    }

    #[test]
    fn empty_and_null_members_are_the_same_as_none() {
        same(
            container(
                json!({"name": "a", "mountPoints": [], "dockerLabels": {}, "user": null,
                "linuxParameters": {"capabilities": {"add": []}}}),
            ),
            container(json!({"name": "a"})),
        );
    }

    #[test]
    fn under_awsvpc_a_host_port_repeats_the_container_port() {
        let with = |mode: &str, mapping: Value| json!({"networkMode": mode, "containerDefinitions": [{"name": "a", "portMappings": [mapping]}]});
        let explicit = json!({"containerPort": 80, "hostPort": 80});
        let blank = json!({"containerPort": 80});
        same(
            with("awsvpc", explicit.clone()),
            with("awsvpc", blank.clone()),
        );
        different(with("bridge", explicit), with("bridge", blank));
    }

    #[test]
    fn sizes_are_compared_as_ecs_registers_them() {
        same(
            json!({"cpu": ".25 vCPU", "memory": "1 GB"}),
            json!({"cpu": "256", "memory": "1024"}),
        );
    }

    #[test]
    fn the_order_of_a_command_means_something() {
        different(
            container(json!({"name": "a", "command": ["a", "b"]})),
            container(json!({"name": "a", "command": ["b", "a"]})),
        );
    }

    #[test]
    fn an_empty_object_of_unknown_meaning_is_not_nothing() {
        different(json!({"somethingNew": {}}), json!({}));
        same(json!({"somethingNew": null}), json!({}));
    }

    #[test]
    fn variables_that_stand_twice_keep_their_order() {
        let twice = |first: &str, second: &str| {
            container(json!({"name": "a", "environment": [
                {"name": "X", "value": first}, {"name": "X", "value": second}]}))
        };
        different(twice("1", "2"), twice("2", "1"));
    }
}
