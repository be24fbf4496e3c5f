//! Numbers within their bounds, lists within their lengths, and the size of the whole.

use std::ops::RangeInclusive;

use crate::document::{Node, Problems};
use crate::task_definition::size_text::cpu_units;

/// The least memory of a container, in MiB.
const LEAST_MEMORY: i64 = 6;
/// The longest document, in bytes.
const LONGEST_DOCUMENT: usize = 64 * 1024;
/// CPU units of a task that does not run on Fargate.
const CPU_UNITS: RangeInclusive<i64> = 128..=196_608;

/// Source: ECS: `RegisterTaskDefinition`, `ContainerDefinition` and their members; ECS quotas.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    document_size(root, problems);
    task_cpu(&root.get("cpu"), problems);
    let storage = root.get("ephemeralStorage").get("sizeInGiB");
    problems.within(&storage, 21..=200);
    problems.at_most(&root.get("placementConstraints"), 10);
    for container in root.get("containerDefinitions").items() {
        memory(&container, problems);
        let restart = container.get("restartPolicy");
        problems.at_most(&restart.get("ignoredExitCodes"), 50);
        problems.within(&restart.get("restartAttemptPeriod"), 60..=1800);
        problems.at_most(&container.get("environmentFiles"), 10);
        problems.at_most(&container.get("credentialSpecs"), 1);
        let health = container.get("healthCheck");
        problems.within(&health.get("interval"), 5..=300);
        problems.within(&health.get("timeout"), 2..=60);
        problems.within(&health.get("retries"), 1..=10);
        problems.within(&health.get("startPeriod"), 0..=300);
    }
}

/// ECS takes `memory` equal to `memoryReservation`, although its documentation says "greater".
fn memory(container: &Node<'_>, problems: &mut Problems) {
    let hard = container.get("memory");
    let soft = container.get("memoryReservation");
    for node in [&hard, &soft] {
        // Zero is how SDKs without an absent number write that it is not set.
        if let Some(mib) = node
            .whole()
            .filter(|mib| (1..LEAST_MEMORY).contains(mib) || *mib < 0)
        {
            problems.add(
                node,
                format!("is {mib} MiB"),
                format!("at least {LEAST_MEMORY} MiB"),
            );
        }
    }
    if let (Some(hard_mib @ 1..), Some(soft_mib)) = (hard.whole(), soft.whole())
        && hard_mib < soft_mib
    {
        problems.add(
            &hard,
            format!("is {hard_mib} MiB, less than the memoryReservation of {soft_mib} MiB"),
            "memory greater than memoryReservation",
        );
    }
}

/// On Fargate the table of sizes says more, and says it instead.
fn task_cpu(node: &Node<'_>, problems: &mut Problems) {
    let Some(text) = node.text() else { return };
    match cpu_units(text) {
        Some(units) if !CPU_UNITS.contains(&units) => problems.add(
            node,
            format!("is {text:?}"),
            format!("{} to {} CPU units", CPU_UNITS.start(), CPU_UNITS.end()),
        ),
        _ => {}
    }
}

/// Tags are kept apart from the task definition and not counted.
fn document_size(root: &Node<'_>, problems: &mut Problems) {
    let bytes = root.value().map_or(0, |value| value.to_string().len());
    let tags = root
        .get("tags")
        .value()
        .map_or(0, |tags| tags.to_string().len() + "\"tags\":,".len());
    let size = bytes.saturating_sub(tags);
    if size > LONGEST_DOCUMENT {
        problems.add(
            root,
            format!("has {size} bytes"),
            format!("at most {LONGEST_DOCUMENT}"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn problems(value_length: usize, tags: &serde_json::Value) -> usize {
        let document = json!({"family": "x".repeat(value_length), "tags": tags});
        let mut problems = Problems::default();
        check(&Node::root(&document), &mut problems);
        problems.into_list().len()
    }

    #[test]
    fn a_document_has_at_most_64_kib_and_tags_do_not_count() {
        let frame = r#"{"family":""}"#.len();
        let tags = json!([{"key": "k", "value": "v".repeat(200)}]);
        assert_eq!(problems(LONGEST_DOCUMENT - frame, &tags), 0);
        assert_eq!(problems(LONGEST_DOCUMENT - frame + 1, &tags), 1);
    }
}
