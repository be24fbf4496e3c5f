//! Which images of an index a check concerns.

use std::collections::HashSet;

use super::{ChildEvidence, ContentPolicy, ImageQuery, Policy};
use crate::image::{ChildKind, Digest, IndexChild, Manifest};

/// The images of an index that a task could run: those for the platform asked for, else all.
///
/// Several can be for one platform (variants of a CPU, versions of Windows); which of them a task
/// pulls is not known here, so each of them must hold.
pub(super) fn runnable<'a>(query: &ImageQuery, manifest: &'a Manifest) -> Vec<&'a IndexChild> {
    manifest
        .children()
        .iter()
        .filter(|child| child.is_runnable() && serves(query, child))
        .collect()
}

/// The manifests of an index that must be complete: as [`runnable`], or without a platform in the
/// query everything that the index refers to, attestations too.
pub(super) fn complete<'a>(query: &ImageQuery, manifest: &'a Manifest) -> Vec<&'a IndexChild> {
    if query.platform().is_some() {
        return runnable(query, manifest);
    }
    manifest.children().iter().collect()
}

/// What was read of those `concerned`.
pub(super) fn read_of<'a>(
    children: &'a [ChildEvidence],
    concerned: &[&IndexChild],
) -> Vec<&'a ChildEvidence> {
    let concerned: HashSet<&Digest> = concerned.iter().map(|child| child.digest()).collect();
    children
        .iter()
        .filter(|one| concerned.contains(one.child.digest()))
        .collect()
}

fn serves(query: &ImageQuery, child: &IndexChild) -> bool {
    query.platform().is_none_or(|wanted| {
        child
            .platform()
            .is_some_and(|platform| platform.matches(wanted))
    })
}

/// Whether the configurations must be read: for a label, or for the platform of a single image.
pub(super) fn needs_configurations(query: &ImageQuery, manifest: &Manifest) -> bool {
    query.revision().is_some()
        || (query.platform().is_some() && matches!(manifest, Manifest::Image(_)))
}

/// Whether the manifest must be read whatever the policy believes.
pub(super) fn needs_manifest(policy: Policy, query: &ImageQuery) -> bool {
    policy.content_policy() != ContentPolicy::Off
        || policy.scan_policy().is_some()
        || query.platform().is_some()
        || query.revision().is_some()
}

/// How a report names a child: by its platform where it has one, and its digest.
pub(super) fn named(child: &IndexChild) -> String {
    match (child.platform(), child.kind()) {
        (Some(platform), _) => format!("{platform} ({})", child.digest()),
        (None, ChildKind::Attestation) => format!("an attestation ({})", child.digest()),
        (None, _) => child.digest().to_string(),
    }
}
