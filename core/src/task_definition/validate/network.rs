//! What the network mode allows.

use crate::document::{Node, Problems, shown};

/// Source: ECS: `ContainerDefinition` `links`, `hostname`; `PortMapping` `hostPort`, `containerPortRange`.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    let mode = root.get("networkMode").text();
    for container in root.get("containerDefinitions").items() {
        let links = container.get("links");
        if links.says_something() && mode.is_some_and(|mode| mode != "bridge") {
            problems.add(
                &links,
                format!("is set under network mode {:?}", mode.unwrap_or_default()),
                "links under \"bridge\" only; in one task containers reach each other at localhost",
            );
        }
        let hostname = container.get("hostname");
        if mode == Some("awsvpc") && hostname.says_something() {
            problems.add(
                &hostname,
                "is set under network mode \"awsvpc\"",
                "no hostname there",
            );
        }
        for mapping in container.get("portMappings").items() {
            host_port(&mapping, mode, problems);
            port_range(&mapping.get("containerPortRange"), problems);
        }
    }
}

fn host_port(mapping: &Node<'_>, mode: Option<&str>, problems: &mut Problems) {
    let host = mapping.get("hostPort");
    let container = mapping.get("containerPort");
    let (Some(mode @ ("awsvpc" | "host")), Some(host_port), Some(container_port)) =
        (mode, host.whole(), container.whole())
    else {
        return;
    };
    if host_port != 0 && host_port != container_port {
        problems.add(
            &host,
            format!("is {host_port} under network mode {mode:?}"),
            format!("no hostPort, or the container port {container_port}"),
        );
    }
}

fn port_range(node: &Node<'_>, problems: &mut Problems) {
    let Some(range) = node.text() else { return };
    let ports = range
        .split_once('-')
        .and_then(|(first, last)| Some((first.parse::<u16>().ok()?, last.parse::<u16>().ok()?)));
    if ports.is_none_or(|(first, last)| first == 0 || first > last) {
        problems.add(
            node,
            format!("is {}", shown(range)),
            "\"first-last\", two ports of 1 to 65535",
        );
    }
}
