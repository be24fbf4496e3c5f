//! A registry in memory.

use std::sync::Arc;
use std::time::Duration;

use artifact_deploy::ErrorKind;
use artifact_deploy::image::{Digest, TagMutability};
use artifact_deploy::memory::{Calls, MemoryImage, MemoryRegistry};
use pyo3::prelude::*;

use super::Registry;
use crate::argument::{Span, Text, Texts, Variables};
use crate::failure::Result;
use crate::image::PyTagMutability;
use crate::json::{Object, ObjectArgument};

/// A registry in memory, for tests and demonstrations. It serves real manifests with real digests,
/// and misbehaves on request.
#[pyclass(frozen, name = "MemoryRegistry", module = "artifact_deploy")]
pub(crate) struct PyMemoryRegistry(Arc<MemoryRegistry>);

#[pymethods]
impl PyMemoryRegistry {
    /// An empty registry at `host`; without one, at a host of private ECR.
    #[new]
    #[pyo3(signature = (*, host=None))]
    fn new(host: Option<&str>) -> Result<Self> {
        let registry = match host {
            Some(host) => MemoryRegistry::with_host(host)?,
            None => MemoryRegistry::new(),
        };
        Ok(Self(Arc::new(registry)))
    }

    /// Reads a whole registry: `{"host"?, "repositories": {name: {"mutability"?, "images": […]}},
    /// "faults"?: […]}`.
    #[staticmethod]
    fn from_json(value: ObjectArgument) -> Result<Self> {
        let value = value.read(ErrorKind::InvalidArgument, "the registry fixture")?;
        Ok(Self(Arc::new(MemoryRegistry::from_json(&value)?)))
    }

    /// Makes a repository, or changes what it does when a tag is pushed again.
    #[pyo3(signature = (name, *, mutability=None))]
    fn create_repository(
        &self,
        name: &str,
        mutability: Option<PyRef<'_, PyTagMutability>>,
    ) -> Result<()> {
        let mutability = mutability.map_or(TagMutability::Mutable, |given| given.0.clone());
        Ok(self.0.create_repository(name, mutability)?)
    }

    /// Pushes an image and gives its digest.
    ///
    /// One of `platforms` makes a single image, several an index; all carry `labels`. With
    /// `manifest` these exact bytes are pushed instead. It can be seen `visible_after` seconds later.
    #[pyo3(signature = (
        repository, tags, *, platforms=None, labels=None, manifest=None, media_type=None,
        visible_after=None
    ))]
    #[allow(
        clippy::too_many_arguments,
        reason = "keyword arguments, all but two optional"
    )]
    fn push(
        &self,
        repository: &str,
        tags: Texts,
        platforms: Option<Texts>,
        labels: Option<Variables>,
        manifest: Option<Vec<u8>>,
        media_type: Option<&str>,
        visible_after: Option<Span>,
    ) -> Result<String> {
        let labels = labels.map(|labels| labels.0).unwrap_or_default();
        let platforms = platforms.map(|platforms| platforms.0).unwrap_or_default();
        let image = match (manifest, platforms.as_slice()) {
            (Some(bytes), _) => MemoryImage::from_manifest(bytes, media_type),
            (None, []) => MemoryImage::new("linux/amd64")?.labels(labels),
            (None, [platform]) => MemoryImage::new(platform)?.labels(labels),
            (None, platforms) => {
                let images: artifact_deploy::Result<Vec<MemoryImage>> = platforms
                    .iter()
                    .map(|platform| Ok(MemoryImage::new(platform)?.labels(labels.clone())))
                    .collect();
                MemoryImage::index(images?)
            }
        };
        let image = image.visible_after(visible_after.map_or(Duration::ZERO, |span| span.0));
        let tags: Vec<&str> = tags.0.iter().map(String::as_str).collect();
        Ok(self.0.push(repository, &tags, &image)?.to_string())
    }

    /// Moves a tag to an image that is there.
    fn tag(&self, repository: &str, tag: &str, digest: Text<Digest>) -> Result<()> {
        Ok(self.0.tag(repository, tag, &digest.0)?)
    }

    /// Puts an image into archive storage.
    fn archive(&self, repository: &str, digest: Text<Digest>) -> Result<()> {
        Ok(self.0.archive(repository, &digest.0)?)
    }

    /// Deletes an image.
    fn delete(&self, repository: &str, digest: Text<Digest>) -> Result<()> {
        Ok(self.0.delete(repository, &digest.0)?)
    }

    /// Makes calls misbehave: `{"operation", "fault", "times"?, "repository"?, "tag"?}`.
    fn inject(&self, fault: ObjectArgument) -> Result<()> {
        self.0
            .inject(fault.read(ErrorKind::InvalidArgument, "the fault")?);
        Ok(())
    }

    /// Takes all faults back.
    fn heal(&self) {
        self.0.heal();
    }

    /// How many calls were made, by operation.
    #[getter]
    fn calls(&self) -> Object<Calls> {
        Object(self.0.calls())
    }

    /// Starts to count calls from zero.
    fn reset_calls(&self) {
        self.0.reset_calls();
    }

    #[allow(clippy::unused_self, reason = "there is nothing short to show")]
    fn __repr__(&self) -> &'static str {
        "MemoryRegistry()"
    }
}

impl PyMemoryRegistry {
    /// The registry itself; clones share their contents.
    pub(crate) fn registry(&self) -> MemoryRegistry {
        MemoryRegistry::clone(&self.0)
    }

    pub(super) fn share(&self) -> Registry {
        Arc::<MemoryRegistry>::clone(&self.0)
    }
}
