//! Fetches what the asked checks need, and nothing else.

mod retention;
mod scans;

use indexmap::IndexSet;

use super::batch::PER_CALL;
use super::subject::{self, complete, needs_configurations, runnable};
use super::{
    BlobEvidence, ChildEvidence, ChildReading, ConfigEvidence, ConfigReading, ContentPolicy,
    Evidence, ImageEvidence, ImageQuery, Policy, Presence, Reading, TagImmutablePolicy,
};
use crate::image::{
    Descriptor, Digest, ImageConfig, ImageManifest, ImageSelector, IndexChild, Manifest,
    Repository, RepositoryAddress,
};
use crate::ports::{BlobDepth, ImageRegistry, Lookup, LookupDepth};
use crate::{Error, ErrorKind, Result};

/// The evidence on an image, given what a look-up said of it.
pub(super) async fn collect(
    registry: &dyn ImageRegistry,
    policy: Policy,
    query: &ImageQuery,
    presence: Presence,
) -> Evidence {
    let mut evidence = Evidence::new(presence);
    let Presence::Found(image) = evidence.presence.clone() else {
        return evidence;
    };
    let repository = &image.found.repository;
    if policy.tag_immutable_policy() != TagImmutablePolicy::Off && query.selector().tag().is_some()
    {
        evidence.mutability = registry.tag_mutability(repository).await.into();
    }
    if let Some(manifest) = image.sound_manifest() {
        evidence.children = children(registry, policy, query, &image).await;
        evidence.configurations =
            configurations(registry, query, repository, manifest, &evidence).await;
        evidence.blobs = blobs(registry, policy, query, repository, manifest, &evidence).await;
    }
    evidence.scans = scans::scans(registry, policy, query, &image).await;
    let digest = &image.found.digest;
    evidence.retention = retention::retention(registry, policy, repository, digest).await;
    evidence
}

/// The manifests of an index that the label or the content is asked of.
async fn children(
    registry: &dyn ImageRegistry,
    policy: Policy,
    query: &ImageQuery,
    image: &ImageEvidence,
) -> Reading<Vec<ChildEvidence>> {
    let Some(manifest @ Manifest::Index(_)) = image.sound_manifest() else {
        return Reading::NotAsked;
    };
    let needed = if policy.content_policy() != ContentPolicy::Off {
        complete(query, manifest)
    } else if query.revision().is_some() {
        runnable(query, manifest)
    } else {
        return Reading::NotAsked;
    };
    read_children(registry, &image.found.repository, &needed)
        .await
        .into()
}

async fn read_children(
    registry: &dyn ImageRegistry,
    repository: &Repository,
    needed: &[&IndexChild],
) -> Result<Vec<ChildEvidence>> {
    let address = RepositoryAddress::from(repository.clone());
    let mut all = Vec::with_capacity(needed.len());
    for chunk in needed.chunks(PER_CALL) {
        let selectors: Vec<ImageSelector> = chunk
            .iter()
            .map(|child| ImageSelector::Digest(child.digest().clone()))
            .collect();
        let answers = registry
            .look_up(&address, &selectors, LookupDepth::Manifest)
            .await?;
        if answers.len() != chunk.len() {
            return Err(Error::new(
                ErrorKind::UnexpectedResponse,
                format!(
                    "the registry gave {} answers for {} manifests of {repository}",
                    answers.len(),
                    chunk.len()
                ),
            ));
        }
        all.extend(
            chunk
                .iter()
                .zip(answers)
                .map(|(child, answer)| ChildEvidence {
                    child: (*child).clone(),
                    reading: child_reading(child, answer),
                }),
        );
    }
    Ok(all)
}

fn child_reading(child: &IndexChild, answer: Lookup) -> ChildReading {
    let found = match answer {
        Lookup::Found(found) => found,
        Lookup::Missing { .. } => return ChildReading::Missing,
        Lookup::Inactive { state, .. } => return ChildReading::Inactive { state },
        Lookup::Failed(error) => return ChildReading::Failed(error),
    };
    let Some(bytes) = found.manifest else {
        return ChildReading::Corrupt { actual: None };
    };
    let actual = Digest::of(&bytes);
    if actual != *child.digest() {
        return ChildReading::Corrupt {
            actual: Some(actual),
        };
    }
    // Container runtimes refuse to pull what is longer or shorter than its descriptor says.
    let promised = child.descriptor().size;
    if u64::try_from(bytes.len()) != Ok(promised) {
        return ChildReading::Other {
            reason: format!(
                "it has {} bytes, and the index says {promised}",
                bytes.len()
            ),
        };
    }
    match Manifest::parse(&bytes, Some(&child.descriptor().media_type)) {
        Ok(Manifest::Image(manifest)) => ChildReading::Image(Box::new(manifest)),
        Ok(Manifest::Index(_)) => ChildReading::Other {
            reason: "it is another index".to_owned(),
        },
        Err(error) => ChildReading::Other {
            reason: error.message().to_owned(),
        },
    }
}

/// The configurations of the images that a task could run.
async fn configurations(
    registry: &dyn ImageRegistry,
    query: &ImageQuery,
    repository: &Repository,
    manifest: &Manifest,
    evidence: &Evidence,
) -> Reading<Vec<ConfigEvidence>> {
    if !needs_configurations(query, manifest) {
        return Reading::NotAsked;
    }
    let mut all = Vec::new();
    match manifest {
        Manifest::Image(image) => all.push(ConfigEvidence {
            child: None,
            reading: read_configuration(registry, repository, image).await,
        }),
        Manifest::Index(_) => {
            let children = match &evidence.children {
                Reading::Read(children) => children,
                Reading::Failed(error) => return Reading::Failed(error.clone()),
                Reading::NotAsked => return Reading::NotAsked,
            };
            let concerned = runnable(query, manifest);
            for child in subject::read_of(children, &concerned) {
                all.push(ConfigEvidence {
                    child: Some(child.child.clone()),
                    reading: child_configuration(registry, repository, child).await,
                });
            }
        }
    }
    Reading::Read(all)
}

async fn child_configuration(
    registry: &dyn ImageRegistry,
    repository: &Repository,
    child: &ChildEvidence,
) -> ConfigReading {
    let name = subject::named(&child.child);
    let failed = |kind, why: String| ConfigReading::Failed(Error::new(kind, why));
    match &child.reading {
        ChildReading::Image(image) => read_configuration(registry, repository, image).await,
        ChildReading::Other { reason } => ConfigReading::Unreadable {
            reason: reason.clone(),
        },
        ChildReading::Missing => failed(
            ErrorKind::ContentIncomplete,
            format!("the registry does not have the manifest of {name}"),
        ),
        ChildReading::Inactive { state } => failed(
            ErrorKind::ImageNotActive,
            format!("the manifest of {name} cannot be pulled in the state {state}"),
        ),
        ChildReading::Corrupt {
            actual: Some(actual),
        } => ConfigReading::Corrupt {
            expected: child.child.digest().clone(),
            actual: actual.clone(),
        },
        ChildReading::Corrupt { actual: None } => failed(
            ErrorKind::UnexpectedResponse,
            format!("the registry did not give the manifest of {name}"),
        ),
        ChildReading::Failed(error) => ConfigReading::Failed(error.clone()),
    }
}

async fn read_configuration(
    registry: &dyn ImageRegistry,
    repository: &Repository,
    image: &ImageManifest,
) -> ConfigReading {
    let descriptor = image.config();
    if usize::try_from(descriptor.size).map_or(true, |size| size > ImageConfig::MAX_BYTES) {
        return ConfigReading::Unreadable {
            reason: format!(
                "it is said to have {} bytes; at most {} are read",
                descriptor.size,
                ImageConfig::MAX_BYTES
            ),
        };
    }
    let bytes = match registry.read_blob(repository, descriptor).await {
        Ok(bytes) => bytes,
        Err(error) => return ConfigReading::Failed(error),
    };
    let actual = Digest::of(&bytes);
    if actual != descriptor.digest {
        return ConfigReading::Corrupt {
            expected: descriptor.digest.clone(),
            actual,
        };
    }
    match ImageConfig::parse(&bytes) {
        Ok(config) => ConfigReading::Read(Box::new(config)),
        Err(error) => ConfigReading::Unreadable {
            reason: error.message().to_owned(),
        },
    }
}

/// The states of all configurations and layers, each asked for once.
async fn blobs(
    registry: &dyn ImageRegistry,
    policy: Policy,
    query: &ImageQuery,
    repository: &Repository,
    manifest: &Manifest,
    evidence: &Evidence,
) -> Reading<Vec<BlobEvidence>> {
    let depth = match policy.content_policy() {
        ContentPolicy::Off => return Reading::NotAsked,
        ContentPolicy::Available => BlobDepth::Presence,
        ContentPolicy::Verified => BlobDepth::Bytes,
    };
    let wanted: IndexSet<Descriptor> = images(query, manifest, evidence)
        .into_iter()
        .flat_map(ImageManifest::blobs)
        .cloned()
        .collect();
    let wanted: Vec<Descriptor> = wanted.into_iter().collect();
    if wanted.is_empty() {
        return Reading::Read(Vec::new());
    }
    match registry.blob_states(repository, &wanted, depth).await {
        Ok(states) if states.len() == wanted.len() => Reading::Read(
            wanted
                .into_iter()
                .zip(states)
                .map(|(descriptor, state)| BlobEvidence { descriptor, state })
                .collect(),
        ),
        Ok(states) => Reading::from(Err(Error::new(
            ErrorKind::UnexpectedResponse,
            format!(
                "the registry gave {} answers for {} blobs of {repository}",
                states.len(),
                wanted.len()
            ),
        ))),
        Err(error) => Reading::from(Err(error)),
    }
}

fn images<'a>(
    query: &ImageQuery,
    manifest: &'a Manifest,
    evidence: &'a Evidence,
) -> Vec<&'a ImageManifest> {
    if let Manifest::Image(image) = manifest {
        return vec![image];
    }
    let concerned = complete(query, manifest);
    let children = evidence.children.read().map_or(&[][..], Vec::as_slice);
    subject::read_of(children, &concerned)
        .into_iter()
        .filter_map(|one| match &one.reading {
            ChildReading::Image(image) => Some(&**image),
            _ => None,
        })
        .collect()
}
