//! The image says that it was built from the commit.

use super::platform::unusable_configuration;
use crate::ErrorKind;
use crate::gate::{
    Check, CheckName, ConfigEvidence, ConfigReading, Evidence, ImageQuery, Presence, subject,
};
use crate::image::ImageConfig;
use crate::metadata::Commit;

const NAME: CheckName = CheckName::RevisionLabel;

/// Source: OCI image-spec, "Pre-Defined Annotation Keys", here as a label of the configuration.
const LABEL: &str = "org.opencontainers.image.revision";

/// Every image that a task could run must carry the label: those for the platform asked for, else
/// those for all platforms.
pub(in crate::gate) fn judge(query: &ImageQuery, evidence: &Evidence) -> Check {
    let Some(commit) = query.revision() else {
        return Check::not_asked(NAME);
    };
    let Presence::Found(image) = &evidence.presence else {
        return Check::not_reached(NAME);
    };
    let Some(manifest) = image.sound_manifest() else {
        return Check::not_reached(NAME);
    };
    let platform_missing = query.platform().is_some()
        && !manifest.children().is_empty()
        && subject::runnable(query, manifest).is_empty();
    if platform_missing {
        return Check::not_reached(NAME);
    }
    if let Some(error) = evidence.configurations.error() {
        return Check::unread(NAME, "the configuration of the image", error);
    }
    let configurations = evidence
        .configurations
        .read()
        .map_or(&[][..], Vec::as_slice);
    if configurations.is_empty() {
        return Check::fail(
            NAME,
            ErrorKind::RevisionMismatch,
            "it has no image whose configuration could carry the label",
        )
        .expecting(commit);
    }
    // What is final is told before what may still be on its way.
    configurations
        .iter()
        .filter_map(|one| disagrees(commit, one))
        .min_by_key(Check::can_change)
        .unwrap_or_else(|| Check::pass(NAME, format!("it says that it was built from {commit}")))
}

fn disagrees(commit: &Commit, one: &ConfigEvidence) -> Option<Check> {
    let ConfigReading::Read(config) = &one.reading else {
        return Some(unusable_configuration(NAME, one));
    };
    let label = revision(config);
    let same = label
        .and_then(|label| label.parse::<Commit>().ok())
        .is_some_and(|built| built.matches(commit));
    if same {
        return None;
    }
    let whose = one.child.as_ref().map_or_else(
        || "it".to_owned(),
        |child| format!("its image for {}", subject::named(child)),
    );
    let reason = match label {
        Some(_) => format!("{whose} says that it was built from another commit"),
        None => format!("{whose} does not say what commit it was built from"),
    };
    Some(
        Check::fail(NAME, ErrorKind::RevisionMismatch, reason)
            .expecting(commit)
            .seeing(label.unwrap_or("no label"))
            .advising(format!(
                "build it with the label {LABEL} set to the commit, of a pull request its head and \
                 not the merge commit"
            )),
    )
}

fn revision(config: &ImageConfig) -> Option<&str> {
    config
        .labels()
        .get(LABEL)
        .map(|label| label.trim())
        .filter(|label| !label.is_empty())
}
