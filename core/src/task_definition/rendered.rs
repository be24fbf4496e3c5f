//! A task definition with verified images in it.

use std::fmt;

use indexmap::IndexMap;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::document::TaskDefinition;
use crate::gate::VerifiedImage;

/// A task definition that a render made, validated, with the images that were put in.
///
/// JSON: `{"taskDefinition": document, "images": {container: "repository@sha256:…"}}`.
#[derive(Clone)]
pub struct RenderedTaskDefinition {
    pub(super) task_definition: TaskDefinition,
    pub(super) images: IndexMap<String, VerifiedImage>,
}

impl RenderedTaskDefinition {
    /// The document.
    pub fn task_definition(&self) -> &TaskDefinition {
        &self.task_definition
    }

    /// The images that were put in, by container.
    pub fn images(&self) -> impl ExactSizeIterator<Item = (&str, &VerifiedImage)> {
        self.images
            .iter()
            .map(|(container, image)| (container.as_str(), image))
    }

    /// The image that was put into a container.
    pub fn image(&self, container: &str) -> Option<&VerifiedImage> {
        self.images.get(container)
    }

    /// The body of a `RegisterTaskDefinition` request, with every member that the document has.
    pub fn registration_json(&self) -> String {
        self.task_definition.to_json()
    }
}

impl Serialize for RenderedTaskDefinition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let images: IndexMap<_, _> = self
            .images()
            .map(|(container, image)| (container, image.reference()))
            .collect();
        let mut object = serializer.serialize_struct("RenderedTaskDefinition", 2)?;
        object.serialize_field("taskDefinition", &self.task_definition)?;
        object.serialize_field("images", &images)?;
        object.end()
    }
}

/// Leaves the content out, as that of [`TaskDefinition`] does.
impl fmt::Debug for RenderedTaskDefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenderedTaskDefinition")
            .field("task_definition", &self.task_definition)
            .field("images", &self.images)
            .finish()
    }
}
