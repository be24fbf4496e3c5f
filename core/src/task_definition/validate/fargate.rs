//! What Fargate asks of a task.

use super::fargate_containers;
use super::fargate_sizes::{CpuSize, SIZES};

use crate::document::{Node, Problems, shown};
use crate::task_definition::size_text::{cpu_units, memory_mib};

/// The rules for tasks that list `FARGATE` under `requiresCompatibilities`.
///
/// Source: ECS: "Task definition differences for Fargate"; `RegisterTaskDefinition`.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    if !runs_on_fargate(root) {
        return;
    }
    let platform = root.get("runtimePlatform");
    let windows = platform
        .get("operatingSystemFamily")
        .text()
        .is_some_and(|family| family.starts_with("WINDOWS"));
    size(root, windows, problems);
    network_mode(&root.get("networkMode"), problems);
    namespaces(root, windows, problems);
    if windows && platform.get("cpuArchitecture").text() == Some("ARM64") {
        problems.add(
            &platform.get("cpuArchitecture"),
            "is \"ARM64\" for Windows on Fargate",
            "X86_64",
        );
    }
    let constraints = root.get("placementConstraints");
    if constraints.says_something() {
        problems.add(
            &constraints,
            "is set for Fargate",
            "no placement constraints there",
        );
    }
    for volume in root.get("volumes").items() {
        let docker = volume.get("dockerVolumeConfiguration");
        if docker.value().is_some() {
            problems.add(
                &docker,
                "is set for Fargate",
                "a bind mount, EFS or a volume configured at launch",
            );
        }
    }
    fargate_containers::check(root, problems);
}

/// Whether the task must be able to run on Fargate.
pub(super) fn runs_on_fargate(root: &Node<'_>) -> bool {
    root.get("requiresCompatibilities")
        .items()
        .any(|item| item.text() == Some("FARGATE"))
}

fn size(root: &Node<'_>, windows: bool, problems: &mut Problems) {
    let cpu = root.get("cpu");
    let memory = root.get("memory");
    for node in [&cpu, &memory] {
        if node.value().is_none() {
            problems.add(node, "is missing", "a size: Fargate needs one for the task");
        }
    }
    let Some(cpu_text) = cpu.text() else { return };
    let Some(size) = cpu_units(cpu_text).and_then(CpuSize::of) else {
        let sizes: Vec<_> = SIZES.iter().map(|size| size.cpu.to_string()).collect();
        let expected = format!("one of {} CPU units on Fargate", sizes.join(", "));
        return problems.add(&cpu, format!("is {}", shown(cpu_text)), expected);
    };
    if windows && !size.windows {
        problems.add(
            &cpu,
            format!("is {} CPU units for Windows on Fargate", size.cpu),
            "one of 1024, 2048, 4096",
        );
    }
    let Some(memory_text) = memory.text() else {
        return;
    };
    if !memory_mib(memory_text).is_some_and(|mib| size.has_memory(mib)) {
        problems.add(
            &memory,
            format!(
                "is {} with {} CPU units on Fargate",
                shown(memory_text),
                size.cpu
            ),
            format!("{} MiB", size.memory_in_words()),
        );
    }
}

fn network_mode(node: &Node<'_>, problems: &mut Problems) {
    // Absent it would be "bridge"; a mode that is not known here passes.
    match node.text() {
        None if node.value().is_none() => {
            problems.add(node, "is missing", "\"awsvpc\", which Fargate needs");
        }
        Some(mode @ ("bridge" | "host" | "none")) => problems.add(
            node,
            format!("is {mode:?} for Fargate"),
            "\"awsvpc\", which Fargate needs",
        ),
        _ => {}
    }
}

fn namespaces(root: &Node<'_>, windows: bool, problems: &mut Problems) {
    let ipc = root.get("ipcMode");
    if ipc.says_something() {
        problems.add(&ipc, "is set for Fargate", "no ipcMode there");
    }
    let pid = root.get("pidMode");
    if !windows && pid.text() == Some("host") {
        problems.add(&pid, "is \"host\" for Fargate", "\"task\", or no pidMode");
    }
}
