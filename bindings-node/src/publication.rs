//! Before a push: whether a version is still unpublished.

use std::sync::Arc;

use artifact_deploy::Result;
use artifact_deploy::gate;
use artifact_deploy::ports::ImageRegistry;
use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;

use crate::call::{block, promise};
use crate::cancellation::Cancellation;
use crate::failure::Outcome;
use crate::json;
use crate::registry::Registry;

/// Whether a tag is already published, as JSON.
#[napi(catch_unwind)]
pub fn publication<'env>(
    env: &'env Env,
    repository: String,
    tag: String,
    digest: Option<String>,
    registry: &Registry,
    cancellation: &Cancellation,
) -> napi::Result<PromiseRaw<'env, Outcome<String>>> {
    let registry = registry.inner();
    promise(env, cancellation, None, |_| {
        ask(repository, tag, digest, registry)
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn publication_sync(
    repository: String,
    tag: String,
    digest: Option<String>,
    registry: &Registry,
    cancellation: &Cancellation,
) -> Outcome<String> {
    let registry = registry.inner();
    block(cancellation, None, |_| {
        ask(repository, tag, digest, registry)
    })
}

async fn ask(
    repository: String,
    tag: String,
    digest: Option<String>,
    registry: Arc<dyn ImageRegistry>,
) -> Result<String> {
    let digest = digest.map(|digest| digest.parse()).transpose()?;
    let (repository, tag) = (repository.parse()?, tag.parse()?);
    let answer = gate::publication(registry.as_ref(), &repository, &tag, digest.as_ref());
    json::write(&answer.await?)
}
