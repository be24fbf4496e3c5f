//! Digests, tags and platforms.

use artifact_deploy::image::{Digest, Platform, Tag, TagMutability};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// Checks a digest and prints it in its one form.
#[napi(catch_unwind)]
pub fn parse_digest(text: String) -> Outcome<String> {
    outcome(text.parse().map(|digest: Digest| digest.to_string()))
}

/// The digest of bytes.
#[napi(catch_unwind)]
pub fn digest_of(bytes: Uint8Array) -> String {
    Digest::of(&bytes).to_string()
}

/// Checks an image tag.
#[napi(catch_unwind)]
pub fn parse_tag(text: String) -> Outcome<String> {
    outcome(text.parse().map(|tag: Tag| tag.to_string()))
}

/// Checks a platform and prints it in its one form.
#[napi(catch_unwind)]
pub fn parse_platform(text: String) -> Outcome<String> {
    outcome(text.parse().map(|platform: Platform| platform.to_string()))
}

/// Whether an image for a platform runs where another one is wanted, as JSON.
#[napi(catch_unwind)]
pub fn platform_matches(platform: String, wanted: String) -> Outcome<String> {
    let matches = || {
        let platform: Platform = platform.parse()?;
        json::write(&platform.matches(&wanted.parse()?))
    };
    outcome(matches())
}

/// Whether a repository protects a tag, as JSON (`null` when that is not known); the mutability
/// comes as JSON text.
#[napi(catch_unwind)]
pub fn tag_mutability_protects(mutability: String, tag: String) -> Outcome<String> {
    let protects = || {
        let mutability: TagMutability = json::read(&mutability)?;
        json::write(&mutability.protects(&tag.parse()?))
    };
    outcome(protects())
}
