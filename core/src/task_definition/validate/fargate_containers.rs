//! What Fargate asks of each container.

use crate::document::{Node, Problems, shown};

const LONGEST_STOP: i64 = 120;

/// Members of a container that Fargate does not have.
const FORBIDDEN: [&str; 7] = [
    "disableNetworking",
    "dnsSearchDomains",
    "dnsServers",
    "dockerSecurityOptions",
    "extraHosts",
    "links",
    "privileged",
];

/// Members of `linuxParameters` that Fargate does not have.
const FORBIDDEN_LINUX: [&str; 4] = ["devices", "maxSwap", "sharedMemorySize", "swappiness"];

/// Log drivers that ECS has, and Fargate has not.
const OTHER_LOG_DRIVERS: [&str; 5] = ["json-file", "syslog", "journald", "gelf", "fluentd"];

/// Source: ECS: "Task definition differences for Fargate"; `LogConfiguration` `logDriver`;
/// `KernelCapabilities` `add`; `ContainerDefinition` `stopTimeout`.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    for container in root.get("containerDefinitions").items() {
        let linux = container.get("linuxParameters");
        let members = FORBIDDEN.map(|name| container.get(name));
        let linux_members = FORBIDDEN_LINUX.map(|name| linux.get(name));
        for node in members.iter().chain(&linux_members) {
            // `false` and empty lists are what DescribeTaskDefinition shows of a task on Fargate.
            if node.says_something() {
                problems.add(node, "is set for Fargate", "no such member there");
            }
        }
        capabilities(&linux.get("capabilities").get("add"), problems);
        gpus(&container.get("resourceRequirements"), problems);
        log_driver(
            &container.get("logConfiguration").get("logDriver"),
            problems,
        );
        let stop = container.get("stopTimeout");
        if let Some(seconds) = stop.whole().filter(|seconds| *seconds > LONGEST_STOP) {
            problems.add(
                &stop,
                format!("is {seconds} seconds for Fargate"),
                format!("at most {LONGEST_STOP}"),
            );
        }
    }
}

fn capabilities(added: &Node<'_>, problems: &mut Problems) {
    for item in added.items() {
        if let Some(name) = item.text().filter(|name| *name != "SYS_PTRACE") {
            problems.add(
                &item,
                format!("is {} for Fargate", shown(name)),
                "\"SYS_PTRACE\", the only capability that can be added there",
            );
        }
    }
}

fn gpus(requirements: &Node<'_>, problems: &mut Problems) {
    for requirement in requirements.items() {
        let kind = requirement.get("type");
        if kind.text() == Some("GPU") {
            problems.add(&kind, "is \"GPU\" for Fargate", "no GPU there");
        }
    }
}

fn log_driver(node: &Node<'_>, problems: &mut Problems) {
    if let Some(driver) = node
        .text()
        .filter(|driver| OTHER_LOG_DRIVERS.contains(driver))
    {
        problems.add(
            node,
            format!("is {driver:?} for Fargate"),
            "\"awslogs\", \"splunk\" or \"awsfirelens\"",
        );
    }
}
