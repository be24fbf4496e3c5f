//! Puts verified images and other changes into a document.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::apply;
use super::container_change::ContainerChange;
use super::document::TaskDefinition;
use super::environment::TAGS;
use super::environment_plan::EnvironmentPlan;
use super::platform;
use super::rendered::RenderedTaskDefinition;
use super::spec::RenderSpec;
use super::targets::{Target, targets};
use super::validate::{refusal, validate};
use crate::Result;

/// A copy of `template` with the changes of `spec`. Everything that can be refused without looking
/// at the result is refused before anything is changed.
pub(super) fn render(
    template: &TaskDefinition,
    spec: &RenderSpec,
) -> Result<RenderedTaskDefinition> {
    let planned = targets(template, spec)?
        .into_iter()
        .map(|target| {
            let plan = EnvironmentPlan::new(&target, spec.metadata.as_ref())?;
            Ok((target, plan))
        })
        .collect::<Result<Vec<_>>>()?;
    for key in spec.tags.keys() {
        if spec.remove_tags.contains(key) {
            return Err(apply::contradiction(&format!("tag {key:?}")));
        }
    }

    let mut document = template.as_value().clone();
    let mut images = IndexMap::new();
    task(&mut document, spec)?;
    for (target, plan) in planned {
        let pointer = format!("/containerDefinitions/{}", target.index);
        let container = document
            .pointer_mut(&pointer)
            .and_then(Value::as_object_mut)
            .ok_or_else(|| refusal(&validate(template.as_value())))?;
        change(container, &pointer, &target, &plan)?;
        if let Some(image) = target.change.image {
            images.insert(target.name, image);
        }
    }

    for (container, image) in &images {
        platform::check(&document, container, image)?;
    }
    let problems = validate(&document);
    if !problems.is_empty() {
        return Err(refusal(&problems));
    }
    Ok(RenderedTaskDefinition {
        task_definition: TaskDefinition::from_rendered(document),
        images,
    })
}

/// The changes to the task itself.
fn task(document: &mut Value, spec: &RenderSpec) -> Result<()> {
    let Some(members) = document.as_object_mut() else {
        return Ok(());
    };
    for (name, value) in [
        ("family", &spec.family),
        ("cpu", &spec.cpu),
        ("memory", &spec.memory),
    ] {
        if let Some(text) = value {
            members.insert(name.to_owned(), json!(text));
        }
    }
    let platform = &spec.runtime_platform;
    for (name, value) in [
        ("cpuArchitecture", &platform.cpu_architecture),
        ("operatingSystemFamily", &platform.operating_system_family),
    ] {
        if let Some(text) = value {
            apply::object(members, "runtimePlatform", "")?.insert(name.to_owned(), json!(text));
        }
    }
    let tags = spec
        .tags
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()));
    apply::named_list(members, ("tags", ""), TAGS, &spec.remove_tags, tags)
}

/// The changes to one container.
fn change(
    container: &mut Map<String, Value>,
    pointer: &str,
    target: &Target<'_>,
    plan: &EnvironmentPlan,
) -> Result<()> {
    let ContainerChange {
        image,
        docker_labels,
        port_mappings,
        command,
        entry_point,
        health_check,
        cpu,
        memory,
        memory_reservation,
        ..
    } = &target.change;
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            container.insert(name.to_owned(), value);
        }
    };
    set(
        "image",
        image.as_ref().map(|image| json!(image.reference())),
    );
    set(
        "portMappings",
        port_mappings.as_ref().map(|list| json!(list)),
    );
    set("command", command.as_ref().map(|words| json!(words)));
    set("entryPoint", entry_point.as_ref().map(|words| json!(words)));
    set("healthCheck", health_check.clone().map(Value::Object));
    // A container's sizes are numbers, a task's are strings.
    set("cpu", cpu.map(Value::from));
    set("memory", memory.map(Value::from));
    set("memoryReservation", memory_reservation.map(Value::from));
    for (label, value) in docker_labels {
        apply::object(container, "dockerLabels", pointer)?.insert(label.clone(), json!(value));
    }
    if let Some(log) = &target.change.log_configuration {
        super::log_change::apply(container, pointer, &target.name, log)?;
    }
    plan.apply(container, pointer)
}
