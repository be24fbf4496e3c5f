//! The manifest bytes hash to the digest that the registry names, and can be read.

use crate::ErrorKind;
use crate::gate::subject::needs_manifest;
use crate::gate::{Check, CheckName, Evidence, ImageEvidence, ImageQuery, Policy, Presence};

const NAME: CheckName = CheckName::ManifestDigest;

pub(in crate::gate) fn judge(policy: Policy, query: &ImageQuery, evidence: &Evidence) -> Check {
    let Presence::Found(image) = &evidence.presence else {
        return Check::not_reached(NAME);
    };
    match (&image.hashed, &image.manifest) {
        (Some(hashed), _) if *hashed != image.found.digest => Check::fail(
            NAME,
            ErrorKind::DigestMismatch,
            "the manifest bytes are not the ones that the digest names",
        )
        .expecting(&image.found.digest)
        .seeing(hashed)
        .advising(
            "do not deploy it: look for a proxy or cache that changes manifests, then push the \
             image again",
        ),
        (_, Some(Err(why))) => Check::fail(NAME, ErrorKind::InvalidManifest, why)
            .advising("push the image again with a current builder"),
        (Some(_), Some(Ok(_))) => Check::pass(
            NAME,
            "the manifest bytes hash to the digest that the registry names",
        ),
        _ => without_bytes(policy, query, image),
    }
}

fn without_bytes(policy: Policy, query: &ImageQuery, image: &ImageEvidence) -> Check {
    let check = Check::fail(
        NAME,
        ErrorKind::UnexpectedResponse,
        format!(
            "the registry named {} and did not give its manifest",
            image.found.digest
        ),
    )
    .advising("allow the manifest to be read (ECR: ecr:BatchGetImage)");
    // Another check that needs the manifest must not be passed over with it.
    if policy.believes_unverified_manifest() && !needs_manifest(policy, query) {
        check.into_warning()
    } else {
        check
    }
}
