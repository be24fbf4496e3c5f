//! Names: the family, containers, port mappings.

use crate::document::{Node, Problems, shown};

const LONGEST_NAME: usize = 255;
const LONGEST_PORT_NAME: usize = 64;

/// Source: ECS: `RegisterTaskDefinition` `family`, `ContainerDefinition` `name`, `PortMapping` `name`.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    name(&root.get("family"), problems);
    for container in root.get("containerDefinitions").items() {
        name(&container.get("name"), problems);
        for mapping in container.get("portMappings").items() {
            port_name(&mapping.get("name"), problems);
        }
    }
}

fn name(node: &Node<'_>, problems: &mut Problems) {
    let Some(name) = node.text() else { return };
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || name.chars().count() > LONGEST_NAME || !name.chars().all(allowed) {
        problems.add(
            node,
            format!("is {}", shown(name)),
            format!("1 to {LONGEST_NAME} letters, digits, '_' and '-'"),
        );
    }
}

fn port_name(node: &Node<'_>, problems: &mut Problems) {
    let Some(name) = node.text() else { return };
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if name.chars().count() > LONGEST_PORT_NAME
        || name.starts_with('-')
        || !name.chars().all(allowed)
    {
        problems.add(
            node,
            format!("is {}", shown(name)),
            format!("at most {LONGEST_PORT_NAME} lower-case letters, digits, '_' and '-', not beginning with '-'"),
        );
    }
}
