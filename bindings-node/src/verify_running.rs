//! Proving what runs.

use std::sync::Arc;

use artifact_deploy::ports::ServiceControl;
use artifact_deploy::{Result, rollout};
use napi::bindgen_prelude::{ClassInstance, Env, PromiseRaw};
use napi_derive::napi;

use crate::call::{block, promise};
use crate::cancellation::Cancellation;
use crate::control::Control;
use crate::failure::{Outcome, outcome};
use crate::json;
use crate::proof::Proof;
use crate::render_task_definition::RenderedTaskDefinition;
use crate::verified_image::VerifiedImage;

/// What tasks are meant to run.
#[napi]
pub struct Meant(Option<rollout::Meant>);

/// What the service's own task definition names.
#[napi(catch_unwind)]
pub fn meant_by_service() -> Meant {
    Meant(None)
}

/// What a rendered task definition names.
#[napi(catch_unwind)]
pub fn meant_by_rendered(rendered: &RenderedTaskDefinition) -> Meant {
    Meant(Some(rollout::Meant::of(rendered.inner())))
}

/// The image of each container.
#[napi(catch_unwind)]
pub fn meant_by_images(
    containers: Vec<String>,
    images: Vec<ClassInstance<VerifiedImage>>,
) -> Meant {
    let pairs = containers.iter().zip(&images);
    Meant(Some(
        pairs.fold(rollout::Meant::new(), |meant, (container, image)| {
            meant.with_image(container, image.inner())
        }),
    ))
}

/// What the JSON form says, which comes as text.
#[napi(catch_unwind)]
pub fn meant_by_json(text: String) -> Outcome<Meant> {
    let meant = json::read(&text).and_then(|value| rollout::Meant::from_json(&value));
    outcome(meant.map(|meant| Meant(Some(meant))))
}

/// Looks at every running task of a service.
#[napi(catch_unwind)]
pub fn verify_running<'env>(
    env: &'env Env,
    service: String,
    meant: &Meant,
    control: &Control,
    cancellation: &Cancellation,
) -> napi::Result<PromiseRaw<'env, Outcome<Proof>>> {
    let (meant, control) = (meant.0.clone(), control.inner());
    promise(env, cancellation, None, |_| verify(service, meant, control))
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn verify_running_sync(
    service: String,
    meant: &Meant,
    control: &Control,
    cancellation: &Cancellation,
) -> Outcome<Proof> {
    let (meant, control) = (meant.0.clone(), control.inner());
    block(cancellation, None, |_| verify(service, meant, control))
}

async fn verify(
    service: String,
    meant: Option<rollout::Meant>,
    control: Arc<dyn ServiceControl>,
) -> Result<Proof> {
    let service = service.parse()?;
    let proof = rollout::verify_running(&*control, &service, meant.as_ref()).await?;
    Ok(proof.into())
}
