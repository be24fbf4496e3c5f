//! How traffic moves: parts, steps and bake times.

use crate::document::{Node, Problems};

/// Minutes between two steps.
const STEP_BAKE: std::ops::RangeInclusive<i64> = 0..=1440;

/// Source: ECS: `bakeTimeInMinutes`, `CanaryConfiguration`, `LinearConfiguration`.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    let bake = root.get("bakeTimeInMinutes");
    if root.get("strategy").text() == Some("BLUE_GREEN") && bake.value().is_none() {
        problems.add(
            &bake,
            "is missing",
            "it under strategy \"BLUE_GREEN\": 0 or more minutes",
        );
    }
    let canary = root.get("canaryConfiguration");
    percent(&canary.get("canaryPercent"), 0.1, problems);
    problems.within(&canary.get("canaryBakeTimeInMinutes"), STEP_BAKE);
    let linear = root.get("linearConfiguration");
    percent(&linear.get("stepPercent"), 3.0, problems);
    problems.within(&linear.get("stepBakeTimeInMinutes"), STEP_BAKE);
}

/// A percentage of `least` to 100 in steps of 0.1.
fn percent(node: &Node<'_>, least: f64, problems: &mut Problems) {
    let Some(percent) = node.value().and_then(serde_json::Value::as_f64) else {
        return;
    };
    let tenths = percent * 10.0;
    // What is written with one digit need not be a multiple of a tenth to the last bit.
    let in_steps = (tenths - tenths.round()).abs() < 1e-6;
    if !(least..=100.0).contains(&percent) || !in_steps {
        problems.add(
            node,
            format!("is {percent}"),
            format!("{least:.1} to 100.0 in steps of 0.1"),
        );
    }
}
