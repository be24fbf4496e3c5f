//! Names, numbers within their bounds, and lists within their lengths.

use crate::document::{Node, Problems, shown};

const LONGEST_NAME: usize = 255;

/// Source: ECS: CreateService and its members; ECS quotas.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    name(&root.get("serviceName"), problems);
    client_token(&root.get("clientToken"), problems);
    let any = 0..=i64::from(i32::MAX);
    problems.within(&root.get("desiredCount"), any.clone());
    problems.within(&root.get("healthCheckGracePeriodSeconds"), any);
    problems.at_most(&root.get("loadBalancers"), 5);
    problems.at_most(&root.get("serviceRegistries"), 1);
    let vpc = root.get("networkConfiguration").get("awsvpcConfiguration");
    problems.at_most(&vpc.get("subnets"), 16);
    problems.at_most(&vpc.get("securityGroups"), 5);
    problems.at_most(&root.get("placementConstraints"), 10);
    problems.at_most(&root.get("placementStrategy"), 5);
    let strategy = root.get("capacityProviderStrategy");
    problems.at_most(&strategy, 20);
    for provider in strategy.items() {
        problems.within(&provider.get("weight"), 0..=1000);
        problems.within(&provider.get("base"), 0..=100_000);
    }
    for load_balancer in root.get("loadBalancers").items() {
        problems.within(&load_balancer.get("containerPort"), 0..=65_535);
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

fn client_token(node: &Node<'_>, problems: &mut Problems) {
    let Some(token) = node.text() else { return };
    if token.len() > 36 || !token.bytes().all(|byte| (33..=126).contains(&byte)) {
        problems.add(
            node,
            format!("is {}", shown(token)),
            "at most 36 characters of ASCII without spaces",
        );
    }
}
