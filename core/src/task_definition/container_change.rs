//! What a render changes in one container.

use std::fmt;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::assignments::{Assignments, text_map};
use crate::gate::VerifiedImage;

/// The changes to one container. What is not mentioned stays as it is; each input works alone.
///
/// JSON, every member optional:
/// `{"environment": {"NAME": "value"} | ["NAME=value"], "removeEnvironment": [name],
/// "secrets": {"NAME": valueFrom}, "removeSecrets": [name], "metadataEnvironment": bool,
/// "dockerLabels": {label: value}, "logConfiguration": {"logDriver", "options": {name: value}},
/// "portMappings": […], "command": […], "entryPoint": […], "healthCheck": {…},
/// "cpu": units, "memory": MiB, "memoryReservation": MiB}`.
/// The image has no JSON form: only the gate makes a [`VerifiedImage`].
///
/// ```
/// use artifact_deploy::task_definition::ContainerChange;
///
/// let change = ContainerChange::new()
///     .environment("LOG_LEVEL", "debug")
///     .remove_environment("LEGACY")
///     .command(["node", "server.js"]);
/// ```
///
/// An image that has not passed the gate cannot be put in:
/// ```compile_fail
/// # use artifact_deploy::task_definition::ContainerChange;
/// ContainerChange::new().image("registry.example/app:latest");
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ContainerChange {
    #[serde(skip)]
    pub(super) image: Option<VerifiedImage>,
    pub(super) environment: Assignments,
    pub(super) remove_environment: Vec<String>,
    #[serde(deserialize_with = "text_map")]
    pub(super) secrets: IndexMap<String, String>,
    pub(super) remove_secrets: Vec<String>,
    pub(super) metadata_environment: Option<bool>,
    #[serde(deserialize_with = "text_map")]
    pub(super) docker_labels: IndexMap<String, String>,
    pub(super) log_configuration: Option<LogChange>,
    pub(super) port_mappings: Option<Vec<Map<String, Value>>>,
    pub(super) command: Option<Vec<String>>,
    pub(super) entry_point: Option<Vec<String>>,
    pub(super) health_check: Option<Map<String, Value>>,
    pub(super) cpu: Option<u32>,
    pub(super) memory: Option<u32>,
    pub(super) memory_reservation: Option<u32>,
}

/// The changes to a log configuration.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct LogChange {
    pub(super) log_driver: Option<String>,
    #[serde(deserialize_with = "text_map")]
    pub(super) options: IndexMap<String, String>,
}

/// The names of the options alone: a value may be a secret.
impl fmt::Debug for LogChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogChange")
            .field("log_driver", &self.log_driver)
            .field("options", &self.options.keys())
            .finish()
    }
}

impl ContainerChange {
    /// No change yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Pins the image, `repository@sha256:…`, and tells the container about it in its environment:
    /// `IMAGE_TAG`, `IMAGE_DIGEST`, and what is known of the build
    /// ([`container_environment`](crate::metadata::BuildMetadata::container_environment)), unless
    /// [`metadata_environment`](Self::metadata_environment) is off.
    ///
    /// These variables change together: what an earlier image left and is not known of this one is
    /// removed. What the caller sets or removes wins.
    pub fn image(mut self, image: VerifiedImage) -> Self {
        self.image = Some(image);
        self
    }

    /// Sets an environment variable: in place where it stands already, else as the last one.
    pub fn environment(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.set(name.into(), value.into());
        self
    }

    /// Sets an environment variable out of `NAME=value`, split at the first `=`.
    ///
    /// # Errors
    /// `InvalidArgument` when there is no `=` or no name.
    pub fn environment_assignment(mut self, text: &str) -> crate::Result<Self> {
        let (name, value) = super::assignments::split_assignment(text)?;
        self.environment.set(name, value);
        Ok(self)
    }

    /// Removes an environment variable, if it is there. Also keeps the build metadata from setting it.
    pub fn remove_environment(mut self, name: impl Into<String>) -> Self {
        self.remove_environment.push(name.into());
        self
    }

    /// Sets a secret: the ARN of a Secrets Manager secret or SSM parameter.
    pub fn secret(mut self, name: impl Into<String>, value_from: impl Into<String>) -> Self {
        self.secrets.insert(name.into(), value_from.into());
        self
    }

    /// Removes a secret, if it is there.
    pub fn remove_secret(mut self, name: impl Into<String>) -> Self {
        self.remove_secrets.push(name.into());
        self
    }

    /// Whether image and build are written to the environment when the image is set (default: yes).
    pub fn metadata_environment(mut self, written: bool) -> Self {
        self.metadata_environment = Some(written);
        self
    }

    /// Sets a docker label. Image labels do not show in ECS; these do.
    pub fn docker_label(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.docker_labels.insert(name.into(), value.into());
        self
    }

    /// Sets the log driver. Another driver than before takes none of its options over.
    pub fn log_driver(mut self, driver: impl Into<String>) -> Self {
        self.log_change().log_driver = Some(driver.into());
        self
    }

    /// Sets an option of the log driver.
    pub fn log_option(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.log_change().options.insert(name.into(), value.into());
        self
    }

    /// Replaces the port mappings, each written as ECS writes it: `{"containerPort": 3000}`.
    pub fn port_mappings(mut self, mappings: impl IntoIterator<Item = Map<String, Value>>) -> Self {
        self.port_mappings = Some(mappings.into_iter().collect());
        self
    }

    /// Replaces the command: a list of words, which no shell splits.
    pub fn command<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.command = Some(words.into_iter().map(Into::into).collect());
        self
    }

    /// Replaces the entry point: a list of words, which no shell splits.
    pub fn entry_point<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.entry_point = Some(words.into_iter().map(Into::into).collect());
        self
    }

    /// Replaces the health check, written as ECS writes it: `{"command": ["CMD-SHELL", "…"]}`.
    pub fn health_check(mut self, check: Map<String, Value>) -> Self {
        self.health_check = Some(check);
        self
    }

    /// Sets the CPU units of the container.
    pub fn cpu(mut self, units: u32) -> Self {
        self.cpu = Some(units);
        self
    }

    /// Sets the hard memory limit of the container, in MiB.
    pub fn memory(mut self, mib: u32) -> Self {
        self.memory = Some(mib);
        self
    }

    /// Sets the memory reservation of the container, in MiB.
    pub fn memory_reservation(mut self, mib: u32) -> Self {
        self.memory_reservation = Some(mib);
        self
    }

    fn log_change(&mut self) -> &mut LogChange {
        self.log_configuration.get_or_insert_default()
    }
}
