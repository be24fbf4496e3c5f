//! Verified images put into task definitions.

use artifact_deploy::Result;
use artifact_deploy::task_definition::{self, RenderSpec};
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;
use crate::task_definition::TaskDefinition;
use crate::verified_image::VerifiedImage;

/// A task definition that a render made.
#[napi]
pub struct RenderedTaskDefinition(task_definition::RenderedTaskDefinition);

/// Puts `images` into the containers of the same places in `containers`, and makes the changes of
/// `spec`. Both come as JSON text; a container that is `null` is the only one.
#[napi(catch_unwind)]
pub fn render_task_definition(
    template: &TaskDefinition,
    spec: String,
    containers: String,
    images: Vec<ClassInstance<VerifiedImage>>,
) -> Outcome<RenderedTaskDefinition> {
    let render = || -> Result<_> {
        let containers: Vec<Option<String>> = json::read(&containers)?;
        let mut spec = RenderSpec::from_value(json::read(&spec)?)?;
        for (container, image) in containers.iter().zip(&images) {
            spec = spec.with_image(container.as_deref(), image.inner().clone());
        }
        template.inner().render(&spec).map(RenderedTaskDefinition)
    };
    outcome(render())
}

impl RenderedTaskDefinition {
    pub(crate) fn inner(&self) -> &task_definition::RenderedTaskDefinition {
        &self.0
    }
}

#[napi]
impl RenderedTaskDefinition {
    /// The document.
    #[napi(catch_unwind)]
    pub fn task_definition(&self) -> TaskDefinition {
        self.0.task_definition().clone().into()
    }

    /// The containers that were given an image.
    #[napi(catch_unwind)]
    pub fn containers(&self) -> Vec<&str> {
        self.0.images().map(|(container, _)| container).collect()
    }

    /// The image that was put into a container.
    #[napi(catch_unwind)]
    pub fn image(&self, container: String) -> Option<VerifiedImage> {
        self.0.image(&container).cloned().map(Into::into)
    }

    /// The body of a `RegisterTaskDefinition` request.
    #[napi(catch_unwind)]
    pub fn registration_json(&self) -> String {
        self.0.registration_json()
    }

    /// The JSON form.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> Outcome<String> {
        outcome(json::write(&self.0))
    }
}
