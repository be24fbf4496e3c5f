//! One form for all task definitions that mean the same to ECS.

use serde_json::Value;

use super::schema::TASK_DEFINITION;
use super::size_text::{cpu_units, memory_mib};
use crate::document::normal;

/// The form in which two documents are equal when they mean the same to ECS.
pub(super) fn normalize(document: &Value) -> Value {
    let mut document = document.clone();
    blank_host_ports(&mut document);
    let mut normal = normal(&document, TASK_DEFINITION);
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
