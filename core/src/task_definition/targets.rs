//! Which containers of a document a render changes.

use serde_json::{Value, json};

use super::container_change::ContainerChange;
use super::document::TaskDefinition;
use super::spec::RenderSpec;
use super::validate::{refusal, validate};
use crate::gate::VerifiedImage;
use crate::{Error, ErrorKind, Result};

/// A container that is there, and what is to change in it.
pub(super) struct Target<'a> {
    /// Its place under `containerDefinitions`.
    pub(super) index: usize,
    pub(super) name: String,
    /// As it is in the template.
    pub(super) container: &'a Value,
    pub(super) change: ContainerChange,
}

/// The containers that `spec` names, each once.
///
/// # Errors
/// `ContainerNotFound` with the names that exist; `InvalidArgument` when a name is missing though
/// there are several containers, or one is changed twice; `InvalidTaskDefinition` when there is no
/// list of containers, or a name in it stands for two.
pub(super) fn targets<'a>(
    template: &'a TaskDefinition,
    spec: &RenderSpec,
) -> Result<Vec<Target<'a>>> {
    let mut found: Vec<Target<'a>> = Vec::new();
    let changes = spec
        .containers
        .iter()
        .map(|(name, change)| (Some(name.as_str()), change))
        .chain(spec.container.iter().map(|change| (None, change)));
    for (name, change) in changes {
        let target = locate(template, name)?;
        if found.iter().any(|other| other.index == target.index) {
            return Err(twice(&target.name, "changed"));
        }
        found.push(Target {
            change: change.clone(),
            ..target
        });
    }
    for (name, image) in &spec.images {
        let target = locate(template, name.as_deref())?;
        let known = found.iter_mut().find(|other| other.index == target.index);
        if let Some(known) = known {
            set_image(known, image)?;
        } else {
            let change = ContainerChange::new().image(image.clone());
            found.push(Target { change, ..target });
        }
    }
    Ok(found)
}

fn set_image(target: &mut Target<'_>, image: &VerifiedImage) -> Result<()> {
    if target.change.image.is_some() {
        return Err(twice(&target.name, "given an image"));
    }
    target.change.image = Some(image.clone());
    Ok(())
}

/// The container `name`, or the only one, with no change yet.
fn locate<'a>(template: &'a TaskDefinition, name: Option<&str>) -> Result<Target<'a>> {
    let invalid = || refusal(&validate(template.as_value()));
    let containers: Vec<&Value> = template
        .containers()
        .filter_map(|container| container.value())
        .collect();
    if containers.is_empty() {
        return Err(invalid());
    }
    let name_of = |container: &&Value| {
        container
            .get("name")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let mut matching = containers
        .iter()
        .enumerate()
        .filter(|(_, container)| name.is_none() || name_of(container).as_deref() == name);
    let first = matching.next();
    let names = template.container_names();
    match (first, matching.next(), name) {
        (Some((index, container)), None, _) => Ok(Target {
            index,
            name: name_of(container).ok_or_else(invalid)?,
            container,
            change: ContainerChange::new(),
        }),
        (_, _, None) => Err(Error::new(
            ErrorKind::InvalidArgument,
            format!(
                "the task definition has {} containers ({}); name the one to change",
                containers.len(),
                names.join(", ")
            ),
        )
        .with_details(json!({ "containers": names }))),
        (None, _, Some(name)) => Err(Error::new(
            ErrorKind::ContainerNotFound,
            format!(
                "container {name:?} is not in the task definition; it has {}",
                names.join(", ")
            ),
        )
        .with_details(json!({ "container": name, "containers": names }))),
        (Some((index, _)), Some((other, _)), Some(name)) => Err(Error::new(
            ErrorKind::InvalidTaskDefinition,
            format!(
                "container name {name:?} stands at /containerDefinitions/{index} and at \
                 /containerDefinitions/{other}; give each container a name of its own"
            ),
        )),
    }
}

fn twice(name: &str, what: &str) -> Error {
    Error::new(
        ErrorKind::InvalidArgument,
        format!("container {name:?} is {what} twice; say once what it gets"),
    )
}
