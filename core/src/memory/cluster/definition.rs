//! Task definitions: families and their revisions.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::refusal::{Aws, refuse};
use super::world::Place;
use crate::image::{ImageReference, Platform};
use crate::ports::RegisteredTaskDefinition;
use crate::service::TaskDefinitionArn;
use crate::task_definition::TaskDefinition;
use crate::{ErrorKind, Result};

/// A revision, with what tasks need of it.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) arn: TaskDefinitionArn,
    pub(super) containers: Vec<ContainerSpec>,
    pub(super) platform: Platform,
    document: TaskDefinition,
}

/// A container as a task definition describes it.
#[derive(Debug)]
pub(super) struct ContainerSpec {
    pub(super) name: String,
    pub(super) image: String,
    pub(super) reference: Option<ImageReference>,
    pub(super) essential: bool,
    /// Whether it has a health check.
    pub(super) checked: bool,
    /// Whether ECS resolves its tag once for all tasks (`versionConsistency`).
    pub(super) consistent: bool,
}

/// All families.
#[derive(Debug, Default, Clone)]
pub(super) struct Definitions(BTreeMap<String, Vec<Registered>>);

#[derive(Debug, Clone)]
struct Registered {
    definition: Arc<Definition>,
    active: bool,
}

impl Definitions {
    /// Makes the next revision of the family.
    pub(super) fn register(
        &mut self,
        place: &Place,
        document: &TaskDefinition,
    ) -> Result<RegisteredTaskDefinition> {
        let value = document.as_value();
        let Some(family) = document.family().filter(|family| !family.is_empty()) else {
            return Err(client("Family should not be null or empty."));
        };
        let containers = containers_of(value)?;
        if let Some(problem) = document.validate().first() {
            return Err(client(&problem.to_string()));
        }
        let family_revisions = self.0.entry(family.to_owned()).or_default();
        let number = family_revisions.len() + 1;
        let arn = place.arn(&format!("task-definition/{family}:{number}"));
        let definition = Arc::new(Definition {
            arn: arn.parse()?,
            containers,
            platform: platform_of(value)?,
            document: document.clone(),
        });
        let registered = Registered {
            definition,
            active: true,
        };
        let answer = registered.answer();
        family_revisions.push(registered);
        Ok(answer)
    }

    /// A family (its latest active revision), `family:revision`, or an ARN.
    pub(super) fn describe(&self, name: &str) -> Result<RegisteredTaskDefinition> {
        self.find(name)
            .map(Registered::answer)
            .ok_or_else(|| client_of(ErrorKind::TaskDefinitionNotFound, UNKNOWN))
    }

    /// What a service can run.
    pub(super) fn active(&self, name: &str) -> Result<Arc<Definition>> {
        match self.find(name) {
            Some(found) if found.active => Ok(Arc::clone(&found.definition)),
            Some(_) => Err(client_of(
                ErrorKind::TaskDefinitionNotFound,
                "TaskDefinition is inactive",
            )),
            None => Err(client_of(
                ErrorKind::TaskDefinitionNotFound,
                "TaskDefinition not found.",
            )),
        }
    }

    /// Makes a revision INACTIVE.
    pub(super) fn deregister(&mut self, name: &str) -> Result<()> {
        let arn = self.describe(name)?.arn;
        for registered in self.0.get_mut(arn.family()).into_iter().flatten() {
            if registered.definition.arn == arn {
                registered.active = false;
            }
        }
        Ok(())
    }

    /// The active revisions of a family, newest first.
    pub(super) fn list(&self, family: &str) -> Vec<TaskDefinitionArn> {
        self.those(family, true)
    }

    /// The inactive ones, newest first.
    pub(super) fn inactive(&self, family: &str) -> Vec<TaskDefinitionArn> {
        self.those(family, false)
    }

    fn those(&self, family: &str, active: bool) -> Vec<TaskDefinitionArn> {
        let revisions = self.0.get(family).into_iter().flatten().rev();
        revisions
            .filter(|registered| registered.active == active)
            .map(|registered| registered.definition.arn.clone())
            .collect()
    }

    fn find(&self, name: &str) -> Option<&Registered> {
        let name = match name.strip_prefix("arn:") {
            Some(arn) => arn.split_once(":task-definition/")?.1,
            None => name,
        };
        match name.split_once(':') {
            Some((family, revision)) => {
                let index = revision.parse::<usize>().ok()?.checked_sub(1)?;
                self.0.get(family)?.get(index)
            }
            None => self.0.get(name)?.iter().rev().find(|one| one.active),
        }
    }
}

const UNKNOWN: &str = "Unable to describe task definition.";

impl Registered {
    fn answer(&self) -> RegisteredTaskDefinition {
        RegisteredTaskDefinition {
            arn: self.definition.arn.clone(),
            status: if self.active { "ACTIVE" } else { "INACTIVE" }.to_owned(),
            task_definition: self.definition.document.clone(),
        }
    }
}

fn containers_of(document: &Value) -> Result<Vec<ContainerSpec>> {
    let containers = document["containerDefinitions"].as_array();
    let containers = containers
        .filter(|containers| !containers.is_empty())
        .ok_or_else(|| client("Container list cannot be empty."))?;
    containers.iter().map(container_of).collect()
}

fn container_of(container: &Value) -> Result<ContainerSpec> {
    let text = |member: &str| container[member].as_str().filter(|text| !text.is_empty());
    let name = text("name").ok_or_else(|| client("Container.name should not be null or empty."))?;
    let image =
        text("image").ok_or_else(|| client("Container.image should not be null or empty."))?;
    if image.bytes().any(|byte| byte.is_ascii_whitespace()) {
        return Err(client("Container.image contains invalid characters."));
    }
    Ok(ContainerSpec {
        name: name.to_owned(),
        image: image.to_owned(),
        reference: image.parse().ok(),
        essential: container["essential"].as_bool().unwrap_or(true),
        checked: container["healthCheck"].is_object(),
        consistent: text("versionConsistency") != Some("disabled"),
    })
}

/// Source: ECS: `RuntimePlatform`; without it Linux on `X86_64`, as on Fargate.
fn platform_of(document: &Value) -> Result<Platform> {
    let platform = &document["runtimePlatform"];
    let windows = platform["operatingSystemFamily"]
        .as_str()
        .is_some_and(|family| family.starts_with("WINDOWS"));
    let os = if windows { "windows" } else { "linux" };
    let architecture = match platform["cpuArchitecture"].as_str() {
        Some("ARM64") => "arm64",
        _ => "amd64",
    };
    Platform::new(os, architecture, None)
}

fn client(words: &str) -> crate::Error {
    client_of(ErrorKind::RequestRejected, words)
}

fn client_of(kind: ErrorKind, words: &str) -> crate::Error {
    refuse(kind, Aws::Client, words)
}
