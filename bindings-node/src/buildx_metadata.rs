//! What `docker buildx` says that it built.

use artifact_deploy::metadata::BuildxMetadata;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// The image of a bake target, or the only image, in a file of `--metadata-file`, as JSON.
#[napi(catch_unwind)]
pub fn buildx_image(file: Uint8Array, target: Option<String>) -> Outcome<String> {
    let image = || json::write(&BuildxMetadata::parse(&file)?.image(target.as_deref())?);
    outcome(image())
}

/// The names of the bake targets, as JSON.
#[napi(catch_unwind)]
pub fn buildx_targets(file: Uint8Array) -> Outcome<String> {
    outcome(BuildxMetadata::parse(&file).and_then(|file| json::write(&file.targets())))
}
