//! Images built from nothing: real layers, configurations and manifests.

use artifact_deploy::image::Digest;
use bytes::Bytes;
use serde_json::{Value, json};

/// `application/vnd.oci.image.manifest.v1+json`
pub const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
/// `application/vnd.oci.image.index.v1+json`
pub const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
/// `application/vnd.docker.distribution.manifest.v2+json`
pub const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";

/// An image or index with everything that it refers to.
#[derive(Debug, Clone)]
pub struct BuiltImage {
    /// The exact manifest bytes.
    pub manifest: Bytes,
    /// Their media type.
    pub media_type: String,
    /// Layers and configurations.
    pub blobs: Vec<Bytes>,
    /// The images of an index.
    pub children: Vec<Self>,
}

impl BuiltImage {
    /// An image for one platform, such as `linux/arm64/v8`, with these labels.
    pub fn single(platform: &str, labels: &[(&str, &str)]) -> Self {
        let labels = labels
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)));
        Self::with_labels(platform, &Value::Object(labels.collect()))
    }

    /// An image for one platform, with labels from a JSON object.
    pub fn with_labels(platform: &str, labels: &Value) -> Self {
        Self::in_format(platform, labels, false)
    }

    /// The same with the media types of Docker's schema 2.
    pub fn docker(platform: &str, labels: &[(&str, &str)]) -> Self {
        let labels = labels
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)));
        Self::in_format(platform, &Value::Object(labels.collect()), true)
    }

    fn in_format(platform: &str, labels: &Value, docker: bool) -> Self {
        let layer = layer(&format!("built for {platform} with {labels}\n"));
        let platform = platform_json(platform);
        let mut config = json!({
            "created": "2025-08-20T12:45:00Z",
            "config": { "Env": ["PATH=/bin"], "Labels": labels },
            "rootfs": { "type": "layers", "diff_ids": [Digest::of(&layer)] },
            "history": [{ "created": "2025-08-20T12:45:00Z", "created_by": "COPY app /app" }],
        });
        merge(&mut config, &platform);
        let config = bytes(&config);
        let (manifest_type, config_type, layer_type) = if docker {
            (
                DOCKER_MANIFEST,
                "application/vnd.docker.container.image.v1+json",
                "application/vnd.docker.image.rootfs.diff.tar",
            )
        } else {
            (
                OCI_MANIFEST,
                "application/vnd.oci.image.config.v1+json",
                "application/vnd.oci.image.layer.v1.tar",
            )
        };
        let manifest = bytes(&json!({
            "schemaVersion": 2,
            "mediaType": manifest_type,
            "config": descriptor(config_type, &config),
            "layers": [descriptor(layer_type, &layer)],
        }));
        Self {
            manifest,
            media_type: manifest_type.to_owned(),
            blobs: vec![config, layer],
            children: Vec::new(),
        }
    }

    /// An index of images, each with its platform. With `attested`, each has an attestation beside
    /// it, as buildx makes them.
    pub fn index(images: &[(&str, Self)], attested: bool) -> Self {
        let mut entries = Vec::new();
        let mut children = Vec::new();
        for (platform, image) in images {
            let mut entry = descriptor(&image.media_type, &image.manifest);
            entry["platform"] = platform_json(platform);
            entries.push(entry);
            children.push(image.clone());
            if attested {
                let attestation = Self::with_labels("unknown/unknown", &json!({}));
                let mut entry = descriptor(&attestation.media_type, &attestation.manifest);
                entry["platform"] = json!({ "architecture": "unknown", "os": "unknown" });
                entry["annotations"] = json!({
                    "vnd.docker.reference.type": "attestation-manifest",
                    "vnd.docker.reference.digest": Digest::of(&image.manifest),
                });
                entries.push(entry);
                children.push(attestation);
            }
        }
        Self {
            manifest: bytes(&json!({
                "schemaVersion": 2,
                "mediaType": OCI_INDEX,
                "manifests": entries,
            })),
            media_type: OCI_INDEX.to_owned(),
            blobs: Vec::new(),
            children,
        }
    }

    /// The digest of the manifest.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.manifest)
    }

    /// The digest of the configuration of a single image.
    pub fn config_digest(&self) -> Digest {
        Digest::of(&self.blobs[0])
    }

    /// The digest of the layer of a single image.
    pub fn layer_digest(&self) -> Digest {
        Digest::of(&self.blobs[1])
    }

    /// Every blob of it and of the images it refers to.
    pub fn all_blobs(&self) -> Vec<Bytes> {
        let below = self.children.iter().flat_map(Self::all_blobs);
        self.blobs.iter().cloned().chain(below).collect()
    }
}

/// A descriptor of these bytes.
pub fn descriptor(media_type: &str, bytes: &[u8]) -> Value {
    json!({ "mediaType": media_type, "digest": Digest::of(bytes), "size": bytes.len() })
}

fn platform_json(platform: &str) -> Value {
    let mut parts = platform.split('/');
    let mut json = json!({ "os": parts.next(), "architecture": parts.next() });
    if let Some(variant) = parts.next() {
        json["variant"] = json!(variant);
    }
    json
}

fn merge(into: &mut Value, from: &Value) {
    let members = from.as_object().expect("an object");
    for (name, value) in members {
        into[name] = value.clone();
    }
}

fn bytes(json: &Value) -> Bytes {
    Bytes::from(serde_json::to_vec_pretty(json).expect("it is JSON"))
}

/// A tar archive of one file, `/app`.
fn layer(content: &str) -> Bytes {
    let mut header = [0_u8; 512];
    let mut put =
        |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, "app");
    put(100, "0000755");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{:011o}", content.len()));
    put(136, "00000000000");
    put(148, "        ");
    put(156, "0");
    put(257, "ustar");
    put(263, "00");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut archive = header.to_vec();
    archive.extend_from_slice(content.as_bytes());
    // Files and the two empty blocks at the end fill whole blocks of 512 bytes.
    archive.resize(archive.len().next_multiple_of(512) + 1024, 0);
    Bytes::from(archive)
}
