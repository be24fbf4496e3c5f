//! What a render changes.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::assignments::text_map;
use super::container_change::ContainerChange;
use crate::document::{Node, kind_of};
use crate::gate::VerifiedImage;
use crate::metadata::BuildMetadata;
use crate::{Error, ErrorKind, Result};

/// The changes to a task definition. What is not mentioned stays as it is.
///
/// JSON, every member optional:
/// `{"family", "cpu", "memory", "runtimePlatform": {"cpuArchitecture", "operatingSystemFamily"},
/// "tags": {key: value}, "removeTags": [key], "metadata": build metadata,
/// "container": change, "containers": {name: change}}`, where a change is that of
/// [`ContainerChange`] and `container` stands for the only one. Images are supplied apart, with
/// [`with_image`](Self::with_image).
///
/// ```
/// use artifact_deploy::task_definition::{ContainerChange, RenderSpec};
///
/// let spec = RenderSpec::new()
///     .cpu("512")
///     .memory("1024")
///     .tag("team", "web")
///     .container("app", ContainerChange::new().environment("LOG_LEVEL", "debug"));
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RenderSpec {
    pub(super) family: Option<String>,
    #[serde(deserialize_with = "text_or_whole")]
    pub(super) cpu: Option<String>,
    #[serde(deserialize_with = "text_or_whole")]
    pub(super) memory: Option<String>,
    pub(super) runtime_platform: RuntimePlatform,
    #[serde(deserialize_with = "text_map")]
    pub(super) tags: IndexMap<String, String>,
    pub(super) remove_tags: Vec<String>,
    pub(super) metadata: Option<BuildMetadata>,
    pub(super) container: Option<ContainerChange>,
    pub(super) containers: IndexMap<String, ContainerChange>,
    #[serde(skip)]
    pub(super) images: Vec<(Option<String>, VerifiedImage)>,
}

/// The members of `runtimePlatform` to set.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct RuntimePlatform {
    pub(super) cpu_architecture: Option<String>,
    pub(super) operating_system_family: Option<String>,
}

impl RenderSpec {
    /// No change yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the JSON form. Images are never part of it.
    ///
    /// # Errors
    /// `InvalidArgument` for members that do not exist and values of the wrong type.
    pub fn from_value(json: Value) -> Result<Self> {
        objects_only(&json)?;
        serde_json::from_value(json)
            .map_err(|error| invalid(format!("the changes to render cannot be used: {error}")))
    }

    /// Sets the family.
    pub fn family(mut self, family: impl Into<String>) -> Self {
        self.family = Some(family.into());
        self
    }

    /// Sets the CPU of the task: units (`"256"`) or vCPUs (`".25 vCPU"`).
    pub fn cpu(mut self, cpu: impl Into<String>) -> Self {
        self.cpu = Some(cpu.into());
        self
    }

    /// Sets the memory of the task: MiB (`"512"`) or GB (`"1 GB"`).
    pub fn memory(mut self, memory: impl Into<String>) -> Self {
        self.memory = Some(memory.into());
        self
    }

    /// Sets `runtimePlatform.cpuArchitecture`: `X86_64`, `ARM64`.
    pub fn cpu_architecture(mut self, architecture: impl Into<String>) -> Self {
        self.runtime_platform.cpu_architecture = Some(architecture.into());
        self
    }

    /// Sets `runtimePlatform.operatingSystemFamily`: `LINUX`, `WINDOWS_SERVER_2022_CORE`.
    pub fn operating_system_family(mut self, family: impl Into<String>) -> Self {
        self.runtime_platform.operating_system_family = Some(family.into());
        self
    }

    /// Sets a tag of the task definition.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.insert(key.into(), value.into());
        self
    }

    /// Removes a tag, if it is there.
    pub fn remove_tag(mut self, key: impl Into<String>) -> Self {
        self.remove_tags.push(key.into());
        self
    }

    /// What is known of the build, for the environment of the containers that get an image.
    /// Without it, what the labels of the image say.
    pub fn metadata(mut self, metadata: BuildMetadata) -> Self {
        self.metadata = Some(metadata);
        self
    }

    /// Changes the container `name`; a later call for the same name replaces an earlier one.
    pub fn container(mut self, name: impl Into<String>, change: ContainerChange) -> Self {
        self.containers.insert(name.into(), change);
        self
    }

    /// Changes the only container, whatever its name. Refused where there are several.
    pub fn only_container(mut self, change: ContainerChange) -> Self {
        self.container = Some(change);
        self
    }

    /// Pins the image of the container `name`; without a name, of the only one.
    ///
    /// The same as [`ContainerChange::image`], for changes that came as JSON.
    pub fn with_image(mut self, name: Option<&str>, image: VerifiedImage) -> Self {
        self.images.push((name.map(str::to_owned), image));
        self
    }
}

/// Refuses lists where objects belong (they would be read member by member), and images.
fn objects_only(json: &Value) -> Result<()> {
    let root = Node::root(json);
    let containers = root.get("containers");
    let mut objects = vec![
        root.clone(),
        root.get("runtimePlatform"),
        root.get("metadata"),
        containers.clone(),
    ];
    let changes = containers.members().map(|(_, change)| change);
    for change in changes.chain([root.get("container")]) {
        if change.get("image").value().is_some() {
            return Err(invalid(format!(
                "{} is in the changes to render; images are given apart from them, as verified \
                 images that passed the gate",
                change.get("image").pointer()
            )));
        }
        objects.extend([change.get("logConfiguration"), change]);
    }
    for object in objects {
        if let Some(other) = object.value().filter(|value| !value.is_object()) {
            return Err(invalid(format!(
                "{:?} of the changes to render is {}; expected an object",
                object.pointer(),
                kind_of(other)
            )));
        }
    }
    Ok(())
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidArgument, message)
}

/// A size as ECS has it, a string; a whole number is accepted for it.
fn text_or_whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a size: a string or a whole number")]
    enum Size {
        Text(String),
        Whole(u32),
    }
    Ok(
        Option::<Size>::deserialize(deserializer)?.map(|size| match size {
            Size::Text(text) => text,
            Size::Whole(number) => number.to_string(),
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(json: Value) -> String {
        let error = RenderSpec::from_value(json).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        error.message().to_owned()
    }

    #[test]
    fn a_size_may_be_given_as_a_number() {
        let spec = RenderSpec::from_value(json!({"cpu": 512, "memory": "1 GB"})).unwrap();
        assert_eq!(spec.cpu.as_deref(), Some("512"));
        assert_eq!(spec.memory.as_deref(), Some("1 GB"));
    }

    #[test]
    fn an_image_in_the_json_is_refused_with_what_to_do() {
        let change = json!({"image": "registry.example/app:latest"});
        assert!(refused(json!({"containers": {"app": change}})).contains("verified"));
        assert!(refused(json!({"container": change})).contains("verified"));
    }

    #[test]
    fn trap_a_command_is_a_list_and_not_a_string() {
        refused(json!({"containers": {"app": {"command": "node server.js"}}}));
    }

    #[test]
    fn a_misspelt_member_is_refused_by_its_name() {
        assert!(refused(json!({"containers": {"app": {"enviroment": {}}}})).contains("enviroment"));
        assert!(refused(json!({"contianers": {}})).contains("contianers"));
    }

    #[test]
    fn a_value_of_the_wrong_type_is_refused() {
        refused(json!({"cpu": 0.5}));
        refused(json!({"containers": {"app": {"cpu": "256"}}}));
        refused(json!({"containers": {"app": {"portMappings": [3000]}}}));
        refused(json!([]));
        refused(json!({"containers": {"app": []}}));
        refused(json!({"container": {"logConfiguration": ["awslogs"]}}));
    }
}
