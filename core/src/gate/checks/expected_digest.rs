//! The image is what the build reported, and what the query names by digest.

use crate::ErrorKind;
use crate::gate::{Check, CheckName, Evidence, ImageEvidence, ImageQuery, Presence, subject};
use crate::image::Digest;

const NAME: CheckName = CheckName::ExpectedDigest;

const ADVICE: &str = "another build has the tag, or the push of this one did not arrive: take the \
                      digest from the build (buildx: containerimage.digest), and a tag that no other \
                      build uses";

/// A digest in the query itself must be that of the image. The digest that the build reported may
/// also be that of one of its platforms: registries and tools report one or the other. With a platform
/// in the query it must then be the image for that one; without, the others of the index are believed,
/// so that the digest of the index is the better one to expect.
///
/// A mismatch is final, though a moving tag could still come to lead to the expected image: who
/// deploys by a moving tag must not be kept waiting by somebody else's build.
pub(in crate::gate) fn judge(query: &ImageQuery, evidence: &Evidence) -> Check {
    let asked = query.selector().digest();
    if asked.is_none() && query.expected_digest().is_none() {
        return Check::not_asked(NAME);
    }
    let Presence::Found(image) = &evidence.presence else {
        return Check::not_reached(NAME);
    };
    if let Some(asked) = asked.filter(|asked| **asked != image.found.digest) {
        return other(image, asked, "the registry has another image there");
    }
    let Some(expected) = query.expected_digest() else {
        return Check::pass(NAME, "it has the digest that was asked for");
    };
    if *expected == image.found.digest {
        return Check::pass(NAME, "it has the digest that the build reported");
    }
    let Some(manifest) = image.sound_manifest() else {
        return other(
            image,
            expected,
            "it has another digest, and which platforms it consists of could not be read",
        );
    };
    let child = manifest
        .children()
        .iter()
        .find(|child| child.is_runnable() && child.digest() == expected);
    let Some(child) = child else {
        return other(
            image,
            expected,
            "it is not the image that the build reported",
        );
    };
    let run = subject::runnable(query, manifest);
    if !run.is_empty() && run.iter().all(|one| one.digest() != expected) {
        // The task would run an image that no build reported.
        let why = format!(
            "the build reported its image for another platform than that of the task, {}",
            subject::named(child)
        );
        return other(image, expected, &why);
    }
    match child.platform() {
        Some(platform) => Check::pass(
            NAME,
            format!("the digest that the build reported is its image for {platform}"),
        ),
        None => Check::pass(
            NAME,
            "the digest that the build reported is one of its images",
        ),
    }
}

fn other(image: &ImageEvidence, expected: &Digest, why: &str) -> Check {
    Check::fail(NAME, ErrorKind::UnexpectedDigest, why)
        .expecting(expected)
        .seeing(&image.found.digest)
        .advising(ADVICE)
}
