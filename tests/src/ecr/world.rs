//! The script, played out: images and blobs.

use std::collections::BTreeMap;

use artifact_deploy::image::Digest;
use bytes::Bytes;
use serde_json::{Value, json};

use super::kept::{Blob, Kept, Stored};
use super::script::{ImageScript, RepositoryScript, Script};
use crate::image::{BuiltImage, OCI_MANIFEST};

/// 20 August 2025, in seconds since 1970.
const PUSHED_AT: f64 = 1_755_693_900.5;

pub(super) fn play(script: &Script) -> BTreeMap<String, Kept> {
    let played = script
        .repositories
        .iter()
        .map(|(name, repository)| (name.clone(), keep(repository)));
    played.collect()
}

fn keep(script: &RepositoryScript) -> Kept {
    let mut kept = Kept {
        mutability: script
            .mutability
            .clone()
            .unwrap_or_else(|| "MUTABLE".to_owned()),
        filters: script.filters.clone(),
        lifecycle_policy: script.lifecycle_policy.as_ref().map(as_text),
        ..Kept::default()
    };
    for image in &script.images {
        let built = image.build();
        kept.images.push(Stored {
            tags: image.tags.clone(),
            digest: image
                .digest
                .clone()
                .unwrap_or_else(|| built.digest().to_string()),
            manifest: text(&built.manifest),
            media_type: built.media_type.clone(),
            status: image.status.clone().unwrap_or_else(|| "ACTIVE".to_owned()),
            failure_code: image.failure_code.clone(),
            appears_after: image.appears_after,
            pushed_at: image.pushed_at.unwrap_or(PUSHED_AT),
            scan: image.scan.clone(),
        });
        for one in built.children.iter().chain([&built]) {
            kept.add_blobs(one, &image.blobs);
        }
        if !image.without_children {
            let children = built.children.iter();
            kept.images
                .extend(children.map(|child| untagged(child, image.scan_of(child))));
        }
    }
    kept
}

impl Kept {
    fn add_blobs(&mut self, image: &BuiltImage, states: &BTreeMap<String, String>) {
        for (role, bytes) in ["config", "layer"].into_iter().zip(&image.blobs) {
            let digest = Digest::of(bytes).to_string();
            let (bytes, availability) = match states.get(role).map(String::as_str) {
                None => (bytes.clone(), "AVAILABLE"),
                Some("missing") => (bytes.clone(), "UNAVAILABLE"),
                Some("archived") => (bytes.clone(), "ARCHIVED"),
                Some("corrupt") => (spoiled(bytes), "AVAILABLE"),
                Some(other) => panic!("script: no blob state {other:?}"),
            };
            self.blobs.insert(
                digest,
                Blob {
                    bytes,
                    availability,
                },
            );
        }
    }
}

impl ImageScript {
    /// The scan of an image of the index; an attestation has none.
    fn scan_of(&self, image: &BuiltImage) -> Vec<Value> {
        let child = self.index.iter().find(|child| {
            let built = BuiltImage::with_labels(&child.platform, &json!(child.labels));
            built.digest() == image.digest()
        });
        child.map(|child| child.scan.clone()).unwrap_or_default()
    }

    /// The image of this script.
    pub fn build(&self) -> BuiltImage {
        if let Some(manifest) = &self.manifest {
            let manifest = as_text(manifest);
            let media_type = self.media_type.clone();
            return BuiltImage {
                manifest: Bytes::from(manifest),
                media_type: media_type.unwrap_or_else(|| OCI_MANIFEST.to_owned()),
                blobs: Vec::new(),
                children: Vec::new(),
            };
        }
        if self.index.is_empty() {
            let platform = self.platform.as_deref().unwrap_or("linux/amd64");
            return BuiltImage::with_labels(platform, &json!(self.labels));
        }
        let children: Vec<(&str, BuiltImage)> = self
            .index
            .iter()
            .map(|child| {
                let image = BuiltImage::with_labels(&child.platform, &json!(child.labels));
                (child.platform.as_str(), image)
            })
            .collect();
        BuiltImage::index(&children, self.attested)
    }
}

fn untagged(image: &BuiltImage, scan: Vec<Value>) -> Stored {
    Stored {
        tags: Vec::new(),
        digest: image.digest().to_string(),
        manifest: text(&image.manifest),
        media_type: image.media_type.clone(),
        status: "ACTIVE".to_owned(),
        failure_code: None,
        appears_after: 0,
        pushed_at: PUSHED_AT,
        scan,
    }
}

fn text(bytes: &Bytes) -> String {
    String::from_utf8(bytes.to_vec()).expect("a manifest is text")
}

/// A text as it is, other JSON written out.
fn as_text(json: &Value) -> String {
    match json {
        Value::String(text) => text.clone(),
        json => json.to_string(),
    }
}

/// The same length with one byte flipped.
fn spoiled(bytes: &Bytes) -> Bytes {
    let mut bytes = bytes.to_vec();
    if let Some(byte) = bytes.last_mut() {
        *byte ^= 1;
    }
    Bytes::from(bytes)
}
