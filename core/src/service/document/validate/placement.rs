//! Where tasks run, and what excludes what.

use crate::document::{Node, Problems};

/// Source: ECS: CreateService `launchType`, `capacityProviderStrategy`, `networkConfiguration`,
/// `schedulingStrategy`.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    let launch_type = root.get("launchType");
    let strategy = root.get("capacityProviderStrategy");
    if launch_type.says_something() && strategy.says_something() {
        problems.add(
            &launch_type,
            "is set beside capacityProviderStrategy",
            "one of the two",
        );
    }
    let mut providers = strategy.items();
    let provider = providers.find_map(|provider| {
        provider
            .get("capacityProvider")
            .text()
            .filter(|name| ["FARGATE", "FARGATE_SPOT"].contains(name))
    });
    let fargate = launch_type.text() == Some("FARGATE") || provider.is_some();
    let vpc = root.get("networkConfiguration").get("awsvpcConfiguration");
    if fargate && vpc.get("subnets").len() == 0 {
        problems.add(
            &vpc.get("subnets"),
            "is missing or empty on Fargate",
            "the subnets of its tasks",
        );
    }
    let scheduling = root.get("schedulingStrategy");
    if scheduling.text() == Some("DAEMON") {
        let controller = root.get("deploymentController").get("type").text();
        let why = match controller {
            Some("CODE_DEPLOY" | "EXTERNAL") => Some("with another deployment controller than ECS"),
            _ if fargate => Some("on Fargate"),
            _ => None,
        };
        if let Some(why) = why {
            problems.add(&scheduling, format!("is \"DAEMON\" {why}"), "\"REPLICA\"");
        }
    }
}
