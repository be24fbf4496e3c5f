//! From an image to the bytes that a registry keeps.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::image::{Content, Damage, MemoryImage, MemoryScan};
use crate::image::{Digest, Platform};
use crate::ports::BlobState;

/// What is stored for one image.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) manifests: Vec<ManifestPart>,
    pub(super) blobs: Vec<BlobPart>,
}

#[derive(Debug)]
pub(super) struct ManifestPart {
    pub(super) digest: Digest,
    pub(super) size: usize,
    pub(super) media_type: Option<String>,
    /// The bytes as they are served; absent where they are gone.
    pub(super) served: Option<Bytes>,
    pub(super) state: String,
    pub(super) pushed_at: Option<DateTime<Utc>>,
    pub(super) scan: Option<MemoryScan>,
}

#[derive(Debug)]
pub(super) struct BlobPart {
    pub(super) digest: Digest,
    pub(super) served: Bytes,
    pub(super) state: BlobState,
}

struct Types {
    manifest: &'static str,
    index: &'static str,
    config: &'static str,
    layer: &'static str,
}

const OCI: Types = Types {
    manifest: "application/vnd.oci.image.manifest.v1+json",
    index: "application/vnd.oci.image.index.v1+json",
    config: "application/vnd.oci.image.config.v1+json",
    layer: "application/vnd.oci.image.layer.v1.tar",
};

const DOCKER: Types = Types {
    manifest: "application/vnd.docker.distribution.manifest.v2+json",
    index: "application/vnd.docker.distribution.manifest.list.v2+json",
    config: "application/vnd.docker.container.image.v1+json",
    layer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
};

/// Adds the parts of `image` and gives the digest of its manifest.
pub(super) fn assemble(image: &MemoryImage, parts: &mut Parts) -> Digest {
    let types = if image.docker { &DOCKER } else { &OCI };
    let (bytes, media_type) = match &image.content {
        Content::Single {
            platform,
            labels,
            layers,
        } => {
            let mut config = platform_members(platform);
            config.insert("config".to_owned(), json!({ "Labels": labels }));
            let diff_ids: Vec<Digest> = layers.iter().map(|layer| Digest::of(layer)).collect();
            config.insert(
                "rootfs".to_owned(),
                json!({ "type": "layers", "diff_ids": diff_ids }),
            );
            let config = Bytes::from(Value::Object(config).to_string());
            let manifest = single(types, types.layer, &config, layers, image, parts);
            (manifest, Some(types.manifest.to_owned()))
        }
        Content::Index {
            children,
            attestations,
        } => (
            index(types, children, *attestations, parts),
            Some(types.index.to_owned()),
        ),
        Content::Manifest { bytes, media_type } => (bytes.clone(), media_type.clone()),
    };
    keep(image, bytes, media_type, parts)
}

fn keep(
    image: &MemoryImage,
    bytes: Bytes,
    media_type: Option<String>,
    parts: &mut Parts,
) -> Digest {
    let digest = Digest::of(&bytes);
    let size = bytes.len();
    let served = if image.damage.contains(&Damage::ManifestMissing) {
        None
    } else if image.damage.contains(&Damage::ManifestCorrupt) {
        Some(changed(&bytes))
    } else {
        Some(bytes)
    };
    parts.manifests.push(ManifestPart {
        digest: digest.clone(),
        size,
        media_type,
        served,
        state: image.state.clone(),
        pushed_at: image.pushed_at,
        scan: image.scan.clone(),
    });
    digest
}

fn single(
    types: &Types,
    layer_type: &str,
    config: &Bytes,
    layers: &[Bytes],
    image: &MemoryImage,
    parts: &mut Parts,
) -> Bytes {
    let has = |damage| image.damage.contains(&damage);
    parts.blobs.push(blob(
        config,
        has(Damage::ConfigMissing),
        has(Damage::ConfigCorrupt),
        false,
    ));
    for (index, layer) in layers.iter().enumerate() {
        let first = index == 0;
        parts.blobs.push(blob(
            layer,
            first && has(Damage::LayerMissing),
            first && has(Damage::LayerCorrupt),
            first && has(Damage::LayerArchived),
        ));
    }
    let layers: Vec<Value> = layers
        .iter()
        .map(|layer| Value::Object(descriptor(layer_type, &Digest::of(layer), layer.len())))
        .collect();
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": types.manifest,
        "config": descriptor(types.config, &Digest::of(config), config.len()),
        "layers": layers,
    });
    Bytes::from(manifest.to_string())
}

fn index(types: &Types, children: &[MemoryImage], attestations: bool, parts: &mut Parts) -> Bytes {
    let mut entries = Vec::new();
    for child in children {
        let digest = assemble(child, parts);
        let mut entry = entry_of(&digest, parts);
        if let Content::Single { platform, .. } = &child.content {
            entry.insert(
                "platform".to_owned(),
                Value::Object(platform_members(platform)),
            );
        }
        entries.push((digest, entry));
    }
    let mut manifests: Vec<Value> = entries
        .iter()
        .map(|(_, entry)| Value::Object(entry.clone()))
        .collect();
    if attestations {
        for (of, _) in &entries {
            let digest = attestation(types, of, parts);
            let mut entry = entry_of(&digest, parts);
            entry.insert(
                "platform".to_owned(),
                json!({ "architecture": "unknown", "os": "unknown" }),
            );
            entry.insert(
                "annotations".to_owned(),
                json!({
                    "vnd.docker.reference.digest": of,
                    "vnd.docker.reference.type": "attestation-manifest",
                }),
            );
            manifests.push(Value::Object(entry));
        }
    }
    let index = json!({
        "schemaVersion": 2,
        "mediaType": types.index,
        "manifests": manifests,
    });
    Bytes::from(index.to_string())
}

/// A statement about an image, in the form in which `BuildKit` attaches it.
fn attestation(types: &Types, of: &Digest, parts: &mut Parts) -> Digest {
    let image = MemoryImage::from_manifest(Bytes::new(), None);
    let statement = json!({
        "_type": "https://in-toto.io/Statement/v0.1",
        "subject": [{ "digest": { "sha256": of.hex() } }],
    });
    let config = Bytes::from(json!({ "architecture": "unknown", "os": "unknown" }).to_string());
    let layers = [Bytes::from(statement.to_string())];
    let manifest = single(
        types,
        "application/vnd.in-toto+json",
        &config,
        &layers,
        &image,
        parts,
    );
    keep(&image, manifest, Some(types.manifest.to_owned()), parts)
}

fn entry_of(digest: &Digest, parts: &Parts) -> Map<String, Value> {
    let part = parts.manifests.iter().find(|part| part.digest == *digest);
    let media_type = part.and_then(|part| part.media_type.as_deref());
    descriptor(
        media_type.unwrap_or(OCI.manifest),
        digest,
        part.map_or(0, |part| part.size),
    )
}

fn descriptor(media_type: &str, digest: &Digest, size: usize) -> Map<String, Value> {
    Map::from_iter([
        ("mediaType".to_owned(), media_type.into()),
        ("digest".to_owned(), digest.as_str().into()),
        ("size".to_owned(), size.into()),
    ])
}

fn platform_members(platform: &Platform) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("architecture".to_owned(), platform.architecture().into());
    members.insert("os".to_owned(), platform.os().into());
    if let Some(variant) = platform.variant() {
        members.insert("variant".to_owned(), variant.into());
    }
    members
}

fn blob(bytes: &Bytes, missing: bool, corrupt: bool, archived: bool) -> BlobPart {
    BlobPart {
        digest: Digest::of(bytes),
        served: if corrupt {
            changed(bytes)
        } else {
            bytes.clone()
        },
        state: if missing {
            BlobState::Missing
        } else if archived {
            BlobState::Archived
        } else {
            BlobState::Available
        },
    }
}

/// Other bytes, of the same length where there are any, so that only a digest tells.
fn changed(bytes: &Bytes) -> Bytes {
    let mut bytes = bytes.to_vec();
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    } else {
        bytes.push(b' ');
    }
    Bytes::from(bytes)
}
