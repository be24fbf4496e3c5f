//! Promotion: the same bytes under the version of another environment.

use std::sync::Arc;

use artifact_deploy::gate::{Gate, Policy, Wait};
use artifact_deploy::ports::{ImageRegistry, ImageTags};
use artifact_deploy::{Result, rollout};
use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::Value;

use crate::call::{block, promise};
use crate::cancellation::Cancellation;
use crate::failure::{Outcome, outcome};
use crate::json;
use crate::proof::Proof;
use crate::registry::Registry;
use crate::verified_image::VerifiedImage;

/// An image that has the version of another environment beside its own.
#[napi]
pub struct Promotion(rollout::Promotion);

#[napi]
impl Promotion {
    /// The JSON form.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> Outcome<String> {
        outcome(json::write(&self.0))
    }

    /// The image as the gate found it under the new tag.
    #[napi(catch_unwind)]
    pub fn image(&self) -> VerifiedImage {
        self.0.image().clone().into()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    to: String,
    policy: Option<Value>,
    wait: Option<Value>,
}

/// Gives an image the version of another environment; the request comes as JSON text.
#[napi(catch_unwind)]
pub fn promote<'env>(
    env: &'env Env,
    request: String,
    image: &VerifiedImage,
    registry: &Registry,
    cancellation: &Cancellation,
) -> napi::Result<PromiseRaw<'env, Outcome<Promotion>>> {
    let asked = Asked::read(&request, image, registry);
    promise(env, cancellation, None, |_| async move {
        asked?.promote().await
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn promote_sync(
    request: String,
    image: &VerifiedImage,
    registry: &Registry,
    cancellation: &Cancellation,
) -> Outcome<Promotion> {
    let asked = Asked::read(&request, image, registry);
    block(
        cancellation,
        None,
        |_| async move { asked?.promote().await },
    )
}

/// Lets the alias of the environment lead to a promoted image, and gives it.
#[napi(catch_unwind)]
pub fn move_alias<'env>(
    env: &'env Env,
    promotion: &Promotion,
    proof: &Proof,
    registry: &Registry,
    cancellation: &Cancellation,
) -> napi::Result<PromiseRaw<'env, Outcome<String>>> {
    let (promotion, proof) = (promotion.0.clone(), proof.inner().clone());
    let (registry, tags) = (registry.inner(), registry.tags());
    promise(env, cancellation, None, |_| async move {
        lead(promotion, proof, registry, tags?).await
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn move_alias_sync(
    promotion: &Promotion,
    proof: &Proof,
    registry: &Registry,
    cancellation: &Cancellation,
) -> Outcome<String> {
    let (promotion, proof) = (promotion.0.clone(), proof.inner().clone());
    let (registry, tags) = (registry.inner(), registry.tags());
    block(cancellation, None, |_| async move {
        lead(promotion, proof, registry, tags?).await
    })
}

async fn lead(
    promotion: rollout::Promotion,
    proof: rollout::Proof,
    registry: Arc<dyn ImageRegistry>,
    tags: Arc<dyn ImageTags>,
) -> Result<String> {
    let tag = promotion.move_alias(&*registry, &*tags, &proof).await?;
    Ok(tag.to_string())
}

struct Asked {
    gate: Gate,
    to: artifact_deploy::Environment,
    image: artifact_deploy::VerifiedImage,
    registry: Arc<dyn ImageRegistry>,
    tags: Arc<dyn ImageTags>,
}

impl Asked {
    fn read(text: &str, image: &VerifiedImage, registry: &Registry) -> Result<Self> {
        let request: Request = json::read(text)?;
        let policy = request.policy.as_ref().map(Policy::from_json).transpose()?;
        let mut gate = Gate::new(policy.unwrap_or_default());
        if let Some(wait) = &request.wait {
            gate = gate.waiting(Wait::from_json(wait)?);
        }
        Ok(Self {
            gate,
            to: request.to.parse()?,
            image: image.inner().clone(),
            registry: registry.inner(),
            tags: registry.tags()?,
        })
    }

    async fn promote(self) -> Result<Promotion> {
        let Self {
            gate,
            to,
            image,
            registry,
            tags,
        } = self;
        let promoted = rollout::promote(&*registry, &*tags, &gate, &image, to).await?;
        Ok(Promotion(promoted))
    }
}
