//! Manifests and image configurations.

use artifact_deploy::image::{ImageConfig, Manifest};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use serde_json::json;

use crate::failure::{Outcome, outcome};
use crate::json;

/// A manifest as JSON, with the platforms that it names.
#[napi(catch_unwind)]
pub fn parse_manifest(bytes: Uint8Array, media_type: Option<String>) -> Outcome<String> {
    let manifest = Manifest::parse(&bytes, media_type.as_deref());
    outcome(manifest.and_then(|manifest| {
        json::write(&json!({ "manifest": manifest, "platforms": manifest.platforms() }))
    }))
}

/// An image configuration as JSON.
#[napi(catch_unwind)]
pub fn parse_image_config(bytes: Uint8Array) -> Outcome<String> {
    outcome(ImageConfig::parse(&bytes).and_then(|config| json::write(&config)))
}
