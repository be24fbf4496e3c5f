//! The registry has the tag or digest.

use crate::ErrorKind;
use crate::gate::{Check, CheckName, Evidence, ImageQuery, Presence};

pub(in crate::gate) fn judge(query: &ImageQuery, evidence: &Evidence) -> Check {
    match &evidence.presence {
        Presence::Missing { reason } => Check::fail(
            CheckName::Exists,
            ErrorKind::ImageNotFound,
            format!("the registry does not have it: {reason}"),
        )
        .advising(
            "push it first; if the push may still be on its way, wait for it with a deadline; else \
             compare repository, account, Region and tag with what the build pushed",
        )
        .changing(true),
        Presence::Inactive { .. } => Check::pass(CheckName::Exists, "the registry has it"),
        Presence::Found(image) => {
            let answered = &image.found.repository;
            let same_name = answered.name() == query.repository().name();
            let same = query
                .repository()
                .repository()
                .is_none_or(|asked| asked.is_same_as(answered));
            if !(same && same_name) {
                return answered_for_another("repository")
                    .expecting(query.repository())
                    .seeing(answered);
            }
            // In a batch, an answer out of its order is somebody else's image.
            if let (Some(asked), Some(tag)) = (query.selector().tag(), &image.found.tag)
                && asked != tag
            {
                return answered_for_another("tag").expecting(asked).seeing(tag);
            }
            Check::pass(CheckName::Exists, "the registry has it")
        }
    }
}

fn answered_for_another(what: &str) -> Check {
    Check::fail(
        CheckName::Exists,
        ErrorKind::UnexpectedResponse,
        format!("the registry answered for another {what}"),
    )
    .advising("look at the endpoint and proxy settings: something answers in its place")
}
