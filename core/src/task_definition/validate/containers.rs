//! Containers: how many, which is essential, what collides.

use std::collections::HashSet;

use crate::document::{Node, Problems};

const MOST_CONTAINERS: usize = 10;

/// Source: ECS quotas (10 containers); `ContainerDefinition` `essential`, `secrets`.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    let list = root.get("containerDefinitions");
    if list.value().is_some_and(serde_json::Value::is_array) {
        count(&list, problems);
    }
    for container in list.items() {
        super::image::check(&container.get("image"), problems);
        collisions(&container, problems);
    }
}

fn count(list: &Node<'_>, problems: &mut Problems) {
    if list.len() == 0 {
        return problems.add(list, "has no container", "at least one");
    }
    if list.len() > MOST_CONTAINERS {
        problems.add(
            list,
            format!("has {} containers", list.len()),
            format!("at most {MOST_CONTAINERS}"),
        );
    }
    let essential = |container: Node<'_>| {
        let stated = container.get("essential").value();
        stated.is_none_or(|stated| stated.as_bool() != Some(false))
    };
    if !list.items().any(essential) {
        problems.add(
            list,
            "has no essential container",
            "at least one without \"essential\": false",
        );
    }
}

/// ECS: "The secret name must be unique and not shared with any new or existing environment
/// variables set on the container".
fn collisions(container: &Node<'_>, problems: &mut Problems) {
    let environment = container.get("environment");
    let names: HashSet<_> = environment
        .items()
        .filter_map(|variable| variable.get("name").text())
        .collect();
    for secret in container.get("secrets").items() {
        let name = secret.get("name");
        if let Some(text) = name.text().filter(|text| names.contains(text)) {
            problems.add(
                &name,
                format!("is {text:?}, which stands under \"environment\" too"),
                "each name under one of the two",
            );
        }
    }
}
