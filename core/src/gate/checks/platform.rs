//! The platform of the task is in the image.

use crate::ErrorKind;
use crate::gate::{
    Check, CheckName, ConfigEvidence, ConfigReading, Evidence, ImageQuery, Presence, subject,
};
use crate::image::{ImageConfig, Manifest, Platform};

const NAME: CheckName = CheckName::Platform;

pub(in crate::gate) fn judge(query: &ImageQuery, evidence: &Evidence) -> Check {
    let Some(wanted) = query.platform() else {
        return Check::not_asked(NAME);
    };
    let Presence::Found(image) = &evidence.presence else {
        return Check::not_reached(NAME);
    };
    let Some(manifest) = image.sound_manifest() else {
        return Check::not_reached(NAME);
    };
    match manifest {
        Manifest::Index(_) => in_index(query, wanted, manifest, evidence),
        Manifest::Image(_) => of_image(wanted, evidence),
    }
}

/// An index names its platforms; where the configurations were read too, they must not contradict.
fn in_index(
    query: &ImageQuery,
    wanted: &Platform,
    manifest: &Manifest,
    evidence: &Evidence,
) -> Check {
    let children = subject::runnable(query, manifest);
    if children.is_empty() {
        return mismatch(wanted, &list(&manifest.platforms()));
    }
    let liar = configurations(evidence)
        .filter_map(|(_, config)| config.platform())
        .find(|platform| !platform.matches(wanted));
    if let Some(liar) = liar {
        return Check::fail(
            NAME,
            ErrorKind::PlatformMismatch,
            "the index names the platform, but the configuration of its image names another",
        )
        .expecting(wanted)
        .seeing(liar)
        .advising("build the image again: it would not start on the CPU that it is listed for");
    }
    let digests: Vec<String> = children
        .iter()
        .map(|child| child.digest().to_string())
        .collect();
    Check::pass(
        NAME,
        format!("it has an image for {wanted}: {}", digests.join(", ")),
    )
}

/// A single image names its platform in its configuration only.
fn of_image(wanted: &Platform, evidence: &Evidence) -> Check {
    if let Some(error) = evidence.configurations.error() {
        return Check::unread(NAME, "the configuration of the image", error);
    }
    let Some(read) = evidence.configurations.read().and_then(|all| all.first()) else {
        return Check::fail(
            NAME,
            ErrorKind::UnexpectedResponse,
            "its configuration was not read",
        );
    };
    match &read.reading {
        ConfigReading::Read(config) => match config.platform() {
            Some(platform) if platform.matches(wanted) => {
                Check::pass(NAME, format!("it is an image for {platform}"))
            }
            Some(platform) => mismatch(wanted, &platform.to_string()),
            None => mismatch(wanted, "none named in its configuration"),
        },
        _ => unusable_configuration(NAME, read),
    }
}

fn mismatch(wanted: &Platform, actual: &str) -> Check {
    Check::fail(
        NAME,
        ErrorKind::PlatformMismatch,
        "it has no image for the platform of the task",
    )
    .expecting(wanted)
    .seeing(actual)
    .advising(format!(
        "build it for that platform (docker buildx build --platform {wanted}), or set the platform \
         of the task to one that it has"
    ))
}

fn list(platforms: &[Platform]) -> String {
    if platforms.is_empty() {
        return "no platform".to_owned();
    }
    let names: Vec<String> = platforms.iter().map(ToString::to_string).collect();
    names.join(", ")
}

/// The configurations that were read, each with where it belongs.
pub(in crate::gate) fn configurations(
    evidence: &Evidence,
) -> impl Iterator<Item = (&ConfigEvidence, &ImageConfig)> {
    let all = evidence
        .configurations
        .read()
        .map_or(&[][..], Vec::as_slice);
    all.iter().filter_map(|one| match &one.reading {
        ConfigReading::Read(config) => Some((one, &**config)),
        _ => None,
    })
}

/// A check that fails because a configuration cannot be used.
pub(in crate::gate) fn unusable_configuration(name: CheckName, config: &ConfigEvidence) -> Check {
    let whose = config.child.as_ref().map_or_else(
        || "its configuration".to_owned(),
        |child| format!("the configuration of {}", subject::named(child)),
    );
    match &config.reading {
        ConfigReading::Read(_) => Check::fail(
            name,
            ErrorKind::UnexpectedResponse,
            format!("{whose} does not decide it"),
        ),
        ConfigReading::Unreadable { reason } => Check::fail(
            name,
            ErrorKind::InvalidManifest,
            format!("{whose}: {reason}"),
        )
        .advising("push the image again with a current builder"),
        ConfigReading::Corrupt { expected, actual } => Check::fail(
            name,
            ErrorKind::ContentCorrupt,
            format!("the bytes of {whose} are not the ones that the manifest names"),
        )
        .expecting(expected)
        .seeing(actual)
        .advising("do not deploy it: push the image again"),
        ConfigReading::Failed(error) => Check::unread(name, &whose, error),
    }
}
