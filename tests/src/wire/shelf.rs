//! The registry in memory as ECR: what it keeps, and what `PutImage` puts there.

use std::borrow::Cow;

use artifact_deploy::ErrorKind;
use artifact_deploy::image::{Digest, Repository, ScanFindings, TagMutability};
use artifact_deploy::memory::{Inventory, MemoryImage, MemoryRegistry};
use artifact_deploy::ports::BlobState;
use serde_json::{Value, json};

use super::protocol::{Answer, Refusal, now};
use crate::ecr::{Blob, Kept, Repositories, Stored, answer, described, repository};

/// The registry in memory for the time of one request.
#[derive(Debug)]
pub(super) struct Shelf<'a> {
    registry: &'a MemoryRegistry,
    account: String,
    url: &'a str,
    batches: usize,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(registry: &'a MemoryRegistry, url: &'a str, batches: usize) -> Self {
        let own = Repository::new(registry.host(), "any/name".parse().expect("a name"));
        let host = own.ok().and_then(|repository| repository.ecr());
        let account = host.map_or("123456789012".to_owned(), |host| host.account().to_owned());
        Self {
            registry,
            account,
            url,
            batches,
        }
    }

    /// The answer of an operation to its `call`th call (from 0).
    pub(super) fn answer(&self, operation: &str, input: &Value, call: usize) -> Answer {
        match operation {
            "PutImage" => self.put_image(input),
            "GetDownloadUrlForLayer" => self.download_url(input),
            _ => answer(self, operation, input, call),
        }
    }

    fn put_image(&self, input: &Value) -> Answer {
        let name = input["repositoryName"].as_str().unwrap_or_default();
        repository(self, input, &input["repositoryName"], |kept| {
            let manifest = input["imageManifest"].as_str().unwrap_or_default();
            let digest = Digest::of(manifest.as_bytes());
            let tag = input["imageTag"].as_str();
            check_put(kept, input, manifest, &digest)?;
            let there = kept
                .images
                .iter()
                .any(|image| image.digest == digest.as_str());
            let put = match tag {
                Some(tag) if there => self.registry.tag(name, tag, &digest),
                _ => {
                    let media_type = input["imageManifestMediaType"].as_str();
                    let image = MemoryImage::from_manifest(manifest.to_owned(), media_type);
                    let tags: Vec<&str> = tag.into_iter().collect();
                    self.registry.push(name, &tags, &image).map(drop)
                }
            };
            put.map_err(|error| match error.kind() {
                ErrorKind::VersionConflict => immutable(tag.unwrap_or_default(), name),
                _ => Refusal::parameter(error.message()),
            })
        })?;
        repository(self, input, &input["repositoryName"], |kept| {
            let digest = Digest::of(
                input["imageManifest"]
                    .as_str()
                    .unwrap_or_default()
                    .as_bytes(),
            );
            let put = kept
                .images
                .iter()
                .find(|image| image.digest == digest.as_str());
            let put = put.ok_or_else(|| Refusal::with_status(500, "ServerException", ""))?;
            Ok(json!({ "image": described(self, input, put, input) }))
        })
    }

    fn download_url(&self, input: &Value) -> Answer {
        repository(self, input, &input["repositoryName"], |kept| {
            let digest = input["layerDigest"].as_str().unwrap_or_default();
            match kept.blobs.get(digest) {
                Some(blob) if blob.availability == "AVAILABLE" => Ok(json!({
                    "downloadUrl": format!(
                        "{}/_layers/{}/{digest}?X-Amz-Signature=signed",
                        self.url,
                        input["repositoryName"].as_str().unwrap_or_default(),
                    ),
                    "layerDigest": digest,
                })),
                _ => Err(Refusal::new(
                    "LayersNotFoundException",
                    format!("Layer with digest '{digest}' does not exist in the repository"),
                )),
            }
        })
    }
}

impl Repositories for Shelf<'_> {
    fn account(&self) -> &str {
        &self.account
    }

    fn names(&self) -> Vec<String> {
        let all = self.registry.repositories().into_iter();
        all.filter(|repository| repository.host() == self.registry.host())
            .map(|repository| repository.name().to_string())
            .collect()
    }

    fn repository(&self, name: &str) -> Option<Cow<'_, Kept>> {
        let inventory = self.registry.inventory(name).ok()?;
        Some(Cow::Owned(kept(inventory)))
    }

    fn batches(&self) -> usize {
        self.batches
    }

    fn url(&self) -> &str {
        self.url
    }

    fn token_lifetime(&self) -> i64 {
        12 * 60 * 60
    }
}

/// What ECR looks at before it takes an image.
fn check_put(kept: &Kept, input: &Value, manifest: &str, digest: &Digest) -> Result<(), Refusal> {
    let name = input["repositoryName"].as_str().unwrap_or_default();
    let Ok(content) = serde_json::from_str::<Value>(manifest) else {
        return Err(Refusal::parameter(
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
        ));
    };
    if input["imageDigest"]
        .as_str()
        .is_some_and(|said| said != digest.as_str())
    {
        return Err(Refusal::new(
            "ImageDigestDoesNotMatchException",
            "The specified image digest does not match the digest that Amazon ECR calculated",
        ));
    }
    if let Some(tag) = input["imageTag"].as_str() {
        let tagged = kept
            .images
            .iter()
            .find(|image| image.tags.iter().any(|one| one == tag));
        let locked = protected(kept, tag);
        match tagged {
            Some(_) if locked => return Err(immutable(tag, name)),
            Some(image) if image.digest == digest.as_str() => {
                return Err(Refusal::new(
                    "ImageAlreadyExistsException",
                    format!(
                        "Image with digest '{digest}' and tag '{tag}' already exists in the \
                         repository with name '{name}'"
                    ),
                ));
            }
            _ => {}
        }
    }
    let digests = |items: &Value| -> Vec<String> {
        let items = items.as_array().into_iter().flatten();
        items
            .filter_map(|item| item["digest"].as_str().map(str::to_owned))
            .collect()
    };
    let children = digests(&content["manifests"]);
    if let Some(absent) = children
        .iter()
        .find(|child| !kept.images.iter().any(|image| image.digest == **child))
    {
        return Err(Refusal::new(
            "ReferencedImagesNotFoundException",
            format!(
                "Images with digests '[{absent}]' required for pushing image into repository do not exist"
            ),
        ));
    }
    let mut layers = digests(&content["layers"]);
    layers.extend(content["config"]["digest"].as_str().map(str::to_owned));
    let there = |layer: &String| kept.blobs.contains_key(layer);
    match layers.iter().find(|layer| !there(layer)) {
        Some(absent) => Err(Refusal::new(
            "LayersNotFoundException",
            format!(
                "Layers with digests '[{absent}]' required for pushing image into repository do not exist"
            ),
        )),
        None => Ok(()),
    }
}

fn immutable(tag: &str, name: &str) -> Refusal {
    Refusal::new(
        "ImageTagAlreadyExistsException",
        format!(
            "The image tag '{tag}' already exists in the '{name}' repository and cannot be \
             overwritten because the tag is immutable."
        ),
    )
}

fn protected(kept: &Kept, tag: &str) -> bool {
    let filters = kept
        .filters
        .iter()
        .map(|filter| ("WILDCARD", filter.as_str()));
    let mutability = TagMutability::from_ecr(&kept.mutability, filters);
    tag.parse()
        .is_ok_and(|tag| mutability.protects(&tag) == Some(true))
}

fn kept(inventory: Inventory) -> Kept {
    let now = now();
    let (mode, filters) = match inventory.mutability {
        TagMutability::Immutable => ("IMMUTABLE", Vec::new()),
        TagMutability::ImmutableExcept(filters) => ("IMMUTABLE_WITH_EXCLUSION", filters),
        TagMutability::MutableExcept(filters) => ("MUTABLE_WITH_EXCLUSION", filters),
        TagMutability::Mutable | TagMutability::Unknown => ("MUTABLE", Vec::new()),
    };
    let images = inventory.images.into_iter().map(|image| Stored {
        tags: image.tags.iter().map(ToString::to_string).collect(),
        digest: image.digest.to_string(),
        manifest: String::from_utf8_lossy(&image.manifest).into_owned(),
        media_type: image.media_type.unwrap_or_default(),
        status: image.state,
        failure_code: None,
        appears_after: 0,
        pushed_at: image
            .pushed_at
            .map_or(now - image.age.as_secs_f64(), |time| {
                #[expect(clippy::cast_precision_loss, reason = "seconds of a few years at most")]
                let seconds = time.timestamp() as f64;
                seconds
            }),
        scan: image.scan.iter().map(scan).collect(),
    });
    let blobs = inventory.blobs.into_iter().map(|blob| {
        let availability = match blob.state {
            BlobState::Missing => "UNAVAILABLE",
            BlobState::Archived => "ARCHIVED",
            BlobState::Available | BlobState::Corrupt => "AVAILABLE",
        };
        let bytes = blob.bytes;
        (
            blob.digest.to_string(),
            Blob {
                bytes,
                availability,
            },
        )
    });
    Kept {
        mutability: mode.to_owned(),
        filters,
        lifecycle_policy: inventory.lifecycle_policy,
        images: images.collect(),
        blobs: blobs.collect(),
    }
}

/// What a scan found, as `DescribeImageScanFindings` is scripted.
fn scan(found: &ScanFindings) -> Value {
    let mut scan = json!({ "status": found.status, "description": found.description });
    if let Some(counts) = &found.counts {
        scan["findings"] = json!({ "findingSeverityCounts": counts });
    }
    scan
}
