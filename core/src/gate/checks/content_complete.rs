//! Every manifest and layer that the image refers to is available.

use std::fmt::Write as _;

use crate::ErrorKind;
use crate::gate::{
    BlobEvidence, Check, CheckName, ChildEvidence, ChildReading, ContentPolicy, Evidence,
    ImageQuery, Policy, Presence, subject,
};
use crate::image::{ChildKind, Manifest};
use crate::ports::BlobState;

const NAME: CheckName = CheckName::ContentComplete;
const PUSH_AGAIN: &str = "push the image again, and look whether a clean-up or lifecycle rule takes \
                          parts of images away";

pub(in crate::gate) fn judge(policy: Policy, query: &ImageQuery, evidence: &Evidence) -> Check {
    let depth = policy.content_policy();
    if depth == ContentPolicy::Off {
        return Check::not_asked(NAME);
    }
    let Presence::Found(image) = &evidence.presence else {
        return Check::not_reached(NAME);
    };
    let Some(manifest) = image.sound_manifest() else {
        return Check::not_reached(NAME);
    };
    let concerned = subject::complete(query, manifest);
    if matches!(manifest, Manifest::Index(_)) && concerned.is_empty() {
        return Check::not_reached(NAME);
    }
    if let Some(error) = evidence.children.error() {
        return Check::unread(NAME, "the manifests that it refers to", error);
    }
    let children = evidence.children.read().map_or(&[][..], Vec::as_slice);
    let children = subject::read_of(children, &concerned);
    // What was not read is not complete.
    if children.len() < concerned.len() {
        return Check::fail(
            NAME,
            ErrorKind::ContentIncomplete,
            "not every manifest that it refers to was read",
        );
    }
    // What is final is told before what may still be on its way.
    children
        .iter()
        .filter_map(|child| unusable_child(child))
        .min_by_key(Check::can_change)
        .unwrap_or_else(|| judge_blobs(depth, children.len(), evidence))
}

fn unusable_child(evidence: &ChildEvidence) -> Option<Check> {
    let name = subject::named(&evidence.child);
    match &evidence.reading {
        ChildReading::Image(_) => None,
        ChildReading::Other { .. } if !evidence.child.is_runnable() => None,
        ChildReading::Other { .. } if evidence.child.kind() == ChildKind::Index => Some(
            Check::fail(
                NAME,
                ErrorKind::InvalidManifest,
                format!("it refers to another index, {name}, which is not followed"),
            )
            .advising("push one index that lists all platforms"),
        ),
        ChildReading::Other { reason } => Some(Check::fail(
            NAME,
            ErrorKind::InvalidManifest,
            format!("it refers to {name}: {reason}"),
        )),
        ChildReading::Missing => Some(
            Check::fail(
                NAME,
                ErrorKind::ContentIncomplete,
                format!("it refers to {name}, which the registry does not have"),
            )
            .advising(PUSH_AGAIN)
            .changing(true),
        ),
        ChildReading::Inactive { state } => Some(
            Check::fail(
                NAME,
                ErrorKind::ImageNotActive,
                format!("it refers to {name}, which cannot be pulled in the state {state}"),
            )
            .advising("restore it, or push the image again")
            .changing(state == "ACTIVATING"),
        ),
        ChildReading::Corrupt { actual } => {
            let check = Check::fail(
                NAME,
                ErrorKind::ContentCorrupt,
                format!("the manifest bytes of {name} are not the ones that its digest names"),
            )
            .expecting(evidence.child.digest())
            .advising("do not deploy it: push the image again");
            Some(match actual {
                Some(actual) => check.seeing(actual),
                None => check.seeing("no bytes"),
            })
        }
        ChildReading::Failed(error) => Some(Check::unread(NAME, &name, error)),
    }
}

fn judge_blobs(depth: ContentPolicy, children: usize, evidence: &Evidence) -> Check {
    if let Some(error) = evidence.blobs.error() {
        return Check::unread(NAME, "the state of its configuration and layers", error);
    }
    let Some(blobs) = evidence.blobs.read() else {
        return Check::fail(
            NAME,
            ErrorKind::ContentIncomplete,
            "the state of its configuration and layers was not read",
        );
    };
    let corrupt = in_state(blobs, BlobState::Corrupt);
    let missing = in_state(blobs, BlobState::Missing);
    let archived = in_state(blobs, BlobState::Archived);
    if !corrupt.is_empty() {
        return failed(
            ErrorKind::ContentCorrupt,
            &corrupt,
            blobs,
            "do not have the promised bytes",
        )
        .advising("do not deploy it: push the image again");
    }
    if !archived.is_empty() {
        return failed(ErrorKind::ImageNotActive, &archived, blobs, "are archived")
            .advising("restore the image, or push it again");
    }
    if !missing.is_empty() {
        return failed(
            ErrorKind::ContentIncomplete,
            &missing,
            blobs,
            "are not in the registry",
        )
        .advising(PUSH_AGAIN)
        .changing(true);
    }
    let made = if depth == ContentPolicy::Verified {
        "fetched and hashed"
    } else {
        "available"
    };
    let mut reason = format!("{} configurations and layers are {made}", blobs.len());
    if children > 0 {
        let _ = write!(reason, ", {children} manifests were fetched and hashed");
    }
    Check::pass(NAME, reason)
}

fn in_state(blobs: &[BlobEvidence], state: BlobState) -> Vec<&BlobEvidence> {
    blobs.iter().filter(|blob| blob.state == state).collect()
}

fn failed(kind: ErrorKind, bad: &[&BlobEvidence], all: &[BlobEvidence], how: &str) -> Check {
    let names: Vec<&str> = bad
        .iter()
        .take(3)
        .map(|blob| blob.descriptor.digest.as_str())
        .collect();
    let more = if bad.len() > names.len() { ", …" } else { "" };
    Check::fail(
        NAME,
        kind,
        format!(
            "{} of {} configurations and layers {how}: {}{more}",
            bad.len(),
            all.len(),
            names.join(", ")
        ),
    )
}
