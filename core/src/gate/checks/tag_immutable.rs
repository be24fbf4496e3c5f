//! The mutability mode and filters of the repository protect the tag.

use crate::ErrorKind;
use crate::gate::{Check, CheckName, Evidence, ImageQuery, Policy, Presence, TagImmutablePolicy};

const NAME: CheckName = CheckName::TagImmutable;

pub(in crate::gate) fn judge(policy: Policy, query: &ImageQuery, evidence: &Evidence) -> Check {
    let strictness = policy.tag_immutable_policy();
    if strictness == TagImmutablePolicy::Off {
        return Check::not_asked(NAME);
    }
    let Some(tag) = query.selector().tag() else {
        return Check::skip(NAME, "it was asked for by digest, which nobody can move");
    };
    if !matches!(evidence.presence, Presence::Found(_)) {
        return Check::not_reached(NAME);
    }
    let check = if let Some(error) = evidence.mutability.error() {
        Check::unread(NAME, "the mutability of tags", error)
    } else {
        let protected = evidence
            .mutability
            .read()
            .and_then(|mutability| mutability.protects(tag));
        match protected {
            Some(true) => {
                return Check::pass(NAME, "the repository does not let the tag be moved");
            }
            Some(false) => Check::fail(
                NAME,
                ErrorKind::TagMutable,
                "the repository lets the tag be moved to another image",
            )
            .expecting("immutable")
            .seeing("mutable"),
            None => Check::fail(
                NAME,
                ErrorKind::TagMutable,
                "the registry does not say whether the tag can be moved",
            )
            .expecting("immutable")
            .seeing("unknown"),
        }
        .advising(
            "set the tag mutability of the repository to IMMUTABLE, with an exclusion for moving \
             aliases (ECR: PutImageTagMutability)",
        )
    };
    if strictness == TagImmutablePolicy::Warn {
        check.into_warning()
    } else {
        check
    }
}
