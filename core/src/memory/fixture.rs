//! A registry from JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::image::{Content, MemoryScan};
use super::{Damage, Fault, MemoryImage, MemoryRegistry};
use crate::image::{ScanFindings, TagMutability};
use crate::{Error, ErrorKind, Result};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RegistryForm {
    #[serde(default)]
    host: Option<String>,
    #[serde(default)]
    repositories: BTreeMap<String, RepositoryForm>,
    #[serde(default)]
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "a repository as an object"
)]
struct RepositoryForm {
    #[serde(default)]
    mutability: Option<TagMutability>,
    #[serde(default)]
    lifecycle_policy: Option<Value>,
    #[serde(default)]
    images: Vec<ImageForm>,
}

#[derive(Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "an image as an object"
)]
struct ImageForm {
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    platform: Option<String>,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    layers: Option<Vec<String>>,
    #[serde(default)]
    format: Format,
    #[serde(default)]
    index: Option<Vec<ImageForm>>,
    #[serde(default)]
    attestations: bool,
    #[serde(default)]
    manifest: Option<String>,
    #[serde(default)]
    media_type: Option<String>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    visible_after_seconds: f64,
    #[serde(default)]
    damage: Vec<Damage>,
    #[serde(default)]
    pushed_at: Option<DateTime<Utc>>,
    #[serde(default)]
    scan: Option<ScanForm>,
}

#[derive(Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "a scan as an object"
)]
struct ScanForm {
    status: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    counts: Option<BTreeMap<String, u32>>,
    #[serde(default)]
    started_after_seconds: f64,
    #[serde(default)]
    finished_after_seconds: f64,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Format {
    #[default]
    Oci,
    Docker,
}

pub(super) fn read(json: &Value) -> Result<MemoryRegistry> {
    // A list would be taken for the members in their order: an empty one for an empty registry.
    if !json.is_object() {
        return Err(invalid("cannot be read: it is not an object"));
    }
    let form = RegistryForm::deserialize(json)
        .map_err(|error| invalid(&format!("cannot be read: {error}")))?;
    let registry = match &form.host {
        Some(host) => MemoryRegistry::with_host(host)?,
        None => MemoryRegistry::new(),
    };
    for (name, repository) in form.repositories {
        // The images are pushed before the tags are locked: a fixture says what there is.
        registry.create_repository(&name, TagMutability::Mutable)?;
        for image in repository.images {
            let tags = image.tags.clone();
            let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
            registry.push(&name, &tags, &image.build()?)?;
        }
        if let Some(mutability) = repository.mutability {
            registry.create_repository(&name, mutability)?;
        }
        if let Some(policy) = repository.lifecycle_policy {
            let text = policy
                .as_str()
                .map_or_else(|| policy.to_string(), str::to_owned);
            registry.set_lifecycle_policy(&name, Some(&text))?;
        }
    }
    for fault in form.faults {
        registry.inject(fault);
    }
    Ok(registry)
}

/// One image, without its tags.
pub(super) fn image(json: &Value) -> Result<MemoryImage> {
    ImageForm::deserialize(json)
        .map_err(|error| invalid(&format!("cannot read an image: {error}")))?
        .build()
}

impl ImageForm {
    fn build(self) -> Result<MemoryImage> {
        let kinds = [
            self.platform.is_some(),
            self.index.is_some(),
            self.manifest.is_some(),
        ];
        if kinds.into_iter().filter(|is| *is).count() > 1 {
            return Err(invalid(
                "has an image with more than one of \"platform\", \"index\" and \"manifest\"; give one",
            ));
        }
        let mut image = match (self.index, self.manifest) {
            (Some(children), _) => {
                let children = children
                    .into_iter()
                    .map(Self::build)
                    .collect::<Result<Vec<_>>>()?;
                let index = MemoryImage::index(children);
                if self.attestations {
                    index.with_attestations()
                } else {
                    index
                }
            }
            (None, Some(text)) => {
                MemoryImage::from_manifest(text.into_bytes(), self.media_type.as_deref())
            }
            (None, None) => MemoryImage::new(self.platform.as_deref().unwrap_or("linux/amd64"))?
                .labels(self.labels),
        };
        if let (Some(texts), Content::Single { layers, .. }) = (self.layers, &mut image.content) {
            *layers = texts.into_iter().map(Bytes::from).collect();
        }
        image.docker = self.format == Format::Docker;
        image.damage = self.damage;
        image.visible_after = within_a_day("visibleAfterSeconds", self.visible_after_seconds)?;
        image.pushed_at = self.pushed_at;
        image.scan = self.scan.map(ScanForm::read).transpose()?;
        Ok(match self.state {
            Some(state) => image.in_state(state),
            None => image,
        })
    }
}

impl ScanForm {
    fn read(self) -> Result<MemoryScan> {
        Ok(MemoryScan {
            findings: ScanFindings {
                status: self.status,
                description: self.description,
                counts: self.counts,
            },
            started_after: within_a_day("startedAfterSeconds", self.started_after_seconds)?,
            finished_after: within_a_day("finishedAfterSeconds", self.finished_after_seconds)?,
        })
    }
}

fn within_a_day(name: &str, seconds: f64) -> Result<Duration> {
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|delay| *delay <= Duration::from_hours(24))
        .ok_or_else(|| invalid(&format!("has a {name:?} that is not within a day")))
}

fn invalid(why: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument, format!("memory registry {why}"))
}
