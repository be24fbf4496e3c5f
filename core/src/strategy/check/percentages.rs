//! Percentages that let a rolling deployment come to its end.

use crate::document::{Node, Problems};

/// The default of the API.
const MINIMUM: i64 = 100;
/// The default of the API.
const MAXIMUM: i64 = 200;

/// ECS keeps `ceil(desired × minimum)` tasks running and runs at most `floor(desired × maximum)`. Where it
/// can neither stop an old task nor start a new one it waits for ever.
pub(super) fn check(root: &Node<'_>, desired_count: u32, problems: &mut Problems) {
    if !matches!(root.get("strategy").text(), None | Some("ROLLING")) {
        return;
    }
    let (minimum_node, maximum_node) = (
        root.get("minimumHealthyPercent"),
        root.get("maximumPercent"),
    );
    let minimum = minimum_node.whole().unwrap_or(MINIMUM);
    let maximum = maximum_node.whole().unwrap_or(MAXIMUM);
    if minimum < 0 || maximum < 0 {
        // No percentage at all, which is said of it elsewhere.
        return;
    }
    if minimum > 100 {
        return problems.add(
            &minimum_node,
            format!("is {minimum}: more tasks than are wanted would have to go on running"),
            "0 to 100",
        );
    }
    if minimum == 100 && maximum == 100 {
        return problems.add(
            &minimum_node,
            "is 100 and maximumPercent is 100: whatever the number of tasks, nothing can stop and \
             nothing can start",
            "a minimumHealthyPercent below 100, or a maximumPercent above it",
        );
    }
    let desired = i64::from(desired_count);
    if desired == 0 {
        return;
    }
    let keep = Share::of(desired, minimum);
    let may = Share::of(desired, maximum);
    if may.floor() < desired {
        problems.add(
            &maximum_node,
            format!(
                "is {maximum}: of {desired} tasks, floor({may}) = {} may run, and the new ones would \
                 never all do",
                may.floor()
            ),
            "100 or more",
        );
    } else if keep.ceil() >= desired && may.floor() <= desired {
        problems.add(
            &minimum_node,
            format!(
                "is {minimum} and maximumPercent is {maximum}: of {desired} tasks, ceil({keep}) = {} \
                 must stay and floor({may}) = {} may run, so nothing can stop and nothing can start",
                keep.ceil(),
                may.floor()
            ),
            format!(
                "a minimumHealthyPercent of at most {}, or a maximumPercent of at least {}",
                100 * (desired - 1) / desired,
                (100 * (desired + 1)).div_euclid(desired) + i64::from(100 % desired != 0)
            ),
        );
    }
}

/// A percentage of a number of tasks, exactly.
struct Share {
    hundredths: i64,
}

impl Share {
    fn of(desired: i64, percent: i64) -> Self {
        Self {
            hundredths: desired.saturating_mul(percent),
        }
    }

    fn floor(&self) -> i64 {
        self.hundredths / 100
    }

    fn ceil(&self) -> i64 {
        self.floor() + i64::from(self.hundredths % 100 != 0)
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{}.{:02}", self.hundredths / 100, self.hundredths % 100);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}
