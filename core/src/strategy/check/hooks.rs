//! Lifecycle hooks.

use crate::document::{Node, Problems};

/// Where nothing can pause: traffic is on its way.
const SHIFTING: [&str; 2] = ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"];

/// Source: ECS: `DeploymentLifecycleHook` and its members.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    for hook in root.get("lifecycleHooks").items() {
        let timeout = hook.get("timeoutConfiguration").get("timeoutInMinutes");
        problems.within(&timeout, 1..=20160);
        match hook.get("targetType").text() {
            None | Some("AWS_LAMBDA") => {
                let arn = hook.get("hookTargetArn");
                if !arn.says_something() {
                    problems.add(&arn, "is missing", "the ARN of a Lambda function");
                }
            }
            Some("PAUSE") => {
                for stage in hook.get("lifecycleStages").items() {
                    if let Some(name) = stage.text().filter(|name| SHIFTING.contains(name)) {
                        problems.add(
                            &stage,
                            format!("is {name:?} of a PAUSE hook"),
                            "a stage in which no traffic shifts, such as \"POST_TEST_TRAFFIC_SHIFT\" or \
                             \"PRE_PRODUCTION_TRAFFIC_SHIFT\"",
                        );
                    }
                }
            }
            Some(_) => {}
        }
    }
}
