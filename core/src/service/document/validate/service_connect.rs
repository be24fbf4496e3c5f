//! Service Connect.

use crate::document::{Node, Problems, shown};

const LONGEST_NAME: usize = 64;

/// Source: ECS: `ServiceConnectConfiguration` and its members.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    let connect = root.get("serviceConnectConfiguration");
    for service in connect.get("services").items() {
        name(&service.get("discoveryName"), problems);
        problems.within(&service.get("ingressPortOverride"), 0..=65_535);
        let aliases = service.get("clientAliases");
        problems.at_most(&aliases, 1);
        for alias in aliases.items() {
            problems.within(&alias.get("port"), 0..=65_535);
        }
        let timeout = service.get("timeout");
        for member in ["idleTimeoutSeconds", "perRequestTimeoutSeconds"] {
            problems.within(&timeout.get(member), 0..=i64::from(i32::MAX));
        }
    }
    problems.at_most(&connect.get("containerConfigurations"), 10);
}

fn name(node: &Node<'_>, problems: &mut Problems) {
    let Some(name) = node.text() else { return };
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if name.is_empty()
        || name.chars().count() > LONGEST_NAME
        || name.starts_with('-')
        || !name.chars().all(allowed)
    {
        problems.add(
            node,
            format!("is {}", shown(name)),
            "at most 64 lower-case letters, digits, '_' and '-', not beginning with '-'",
        );
    }
}
