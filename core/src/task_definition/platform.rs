//! Whether an image runs where the task runs.

use serde_json::Value;

use crate::document::Node;
use crate::gate::VerifiedImage;
use crate::image::Platform;
use crate::{Error, ErrorKind, Result};

/// What the task runs on, in the words of images; nothing where the document does not tell.
#[derive(Debug, Default)]
struct TaskPlatform {
    os: Option<&'static str>,
    architecture: Option<&'static str>,
}

/// Refuses an image that has no platform of the task, where both are known.
///
/// # Errors
/// `PlatformMismatch`.
pub(super) fn check(document: &Value, container: &str, image: &VerifiedImage) -> Result<()> {
    let task = TaskPlatform::of(&Node::root(document));
    let platforms = image.platforms();
    if platforms.is_empty() || platforms.iter().any(|platform| task.runs(platform)) {
        return Ok(());
    }
    let has: Vec<_> = platforms.iter().map(Platform::to_string).collect();
    Err(Error::new(
        ErrorKind::PlatformMismatch,
        format!(
            "image {} of container {container:?} is for {}, but the task runs on {}; build it for \
             that platform, or change \"runtimePlatform\"",
            image.reference(),
            has.join(", "),
            task.in_words()
        ),
    ))
}

impl TaskPlatform {
    /// Source: ECS: `RuntimePlatform`. On Fargate its absence means Linux on `X86_64`; elsewhere it
    /// depends on the instance.
    fn of(root: &Node<'_>) -> Self {
        let platform = root.get("runtimePlatform");
        let compatibilities = root.get("requiresCompatibilities");
        let fargate = compatibilities.len() > 0
            && compatibilities
                .items()
                .all(|item| item.text() == Some("FARGATE"));
        let os = match platform.get("operatingSystemFamily").text() {
            Some("LINUX") => Some("linux"),
            Some(family) if family.starts_with("WINDOWS") => Some("windows"),
            None if fargate => Some("linux"),
            _ => None,
        };
        let architecture = match platform.get("cpuArchitecture").text() {
            Some("X86_64") => Some("amd64"),
            Some("ARM64") => Some("arm64"),
            None if fargate => Some("amd64"),
            _ => None,
        };
        Self { os, architecture }
    }

    fn runs(&self, platform: &Platform) -> bool {
        self.os.is_none_or(|os| os == platform.os())
            && self
                .architecture
                .is_none_or(|architecture| architecture == platform.architecture())
    }

    fn in_words(&self) -> String {
        format!(
            "{}/{}",
            self.os.unwrap_or("*"),
            self.architecture.unwrap_or("*")
        )
    }
}
