//! What `docker buildx` says that it built.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::image::{Descriptor, Digest};
use crate::text::quoted;
use crate::{Error, ErrorKind, Result};

const DIGEST: &str = "containerimage.digest";
const CONFIG_DIGEST: &str = "containerimage.config.digest";
const DESCRIPTOR: &str = "containerimage.descriptor";
const NAMES: &str = "image.name";
const OWN_PREFIXES: [&str; 3] = ["containerimage.", "image.name", "buildx.build."];

/// The file that `docker buildx build --metadata-file` or `docker buildx bake --metadata-file` wrote.
///
/// Source: Docker, `buildx build` reference, "--metadata-file".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildxMetadata {
    targets: Vec<(Option<String>, Map<String, Value>)>,
}

/// One image that was built and pushed.
///
/// JSON: `{"digest","names","descriptor"?}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BuiltImage {
    digest: Digest,
    names: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    descriptor: Option<Descriptor>,
}

impl BuiltImage {
    /// The digest that the pushed tag leads to: of the index where there is one, else the manifest.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The names that it was pushed as, as buildx wrote them.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Media type, digest and size of what was pushed, where buildx tells them.
    pub fn descriptor(&self) -> Option<&Descriptor> {
        self.descriptor.as_ref()
    }
}

impl BuildxMetadata {
    /// Reads the bytes of the file.
    ///
    /// # Errors
    /// `InvalidMetadata` when it is not a JSON object of one build or of bake targets.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            invalid(format!(
                "is not JSON ({error}); give the file of --metadata-file"
            ))
        })?;
        let Value::Object(object) = value else {
            return Err(invalid(
                "is not an object; give the file of --metadata-file",
            ));
        };
        let own = |name: &String| OWN_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        // Bake writes its warnings beside the targets.
        let of_one_build = |name: &String| own(name) && name != "buildx.build.warnings";
        if object.is_empty() || object.keys().any(of_one_build) {
            return Ok(Self {
                targets: vec![(None, object)],
            });
        }
        let mut targets = Vec::new();
        for (name, value) in object.into_iter().filter(|(name, _)| !own(name)) {
            let Value::Object(target) = value else {
                return Err(invalid(format!(
                    "has target {} that is no object",
                    quoted(&name)
                )));
            };
            targets.push((Some(name), target));
        }
        Ok(Self { targets })
    }

    /// The names of the bake targets; empty for the file of a single build.
    pub fn targets(&self) -> Vec<&str> {
        self.targets
            .iter()
            .filter_map(|(name, _)| name.as_deref())
            .collect()
    }

    /// The image of a bake target, or without a name the only image there is.
    ///
    /// # Errors
    /// `InvalidArgument` when the target is not in the file, or none is named and there are several.
    /// `MetadataNotFound` when the build did not push (`--load`, or no output at all): such an image
    /// has no digest in a registry. `InvalidMetadata` when members contradict each other or the
    /// digest is the image id, which no registry knows.
    pub fn image(&self, target: Option<&str>) -> Result<BuiltImage> {
        let members = self.members(target)?;
        let digest = digest_member(members, DIGEST)?;
        let descriptor = members.get(DESCRIPTOR).filter(|value| !value.is_null());
        let descriptor = descriptor
            .map(|value| {
                serde_json::from_value::<Descriptor>(value.clone())
                    .map_err(|error| invalid(format!("has an unusable {DESCRIPTOR}: {error}")))
            })
            .transpose()?;
        let digest = match (digest, &descriptor) {
            (Some(digest), Some(descriptor)) if descriptor.digest != digest => {
                return Err(invalid(format!(
                    "contradicts itself: {DIGEST} is {digest}, {DESCRIPTOR} has {}; build again",
                    descriptor.digest
                )));
            }
            (Some(digest), _) => digest,
            (None, Some(descriptor)) => descriptor.digest.clone(),
            (None, None) => {
                return Err(Error::new(
                    ErrorKind::MetadataNotFound,
                    format!(
                        "the buildx metadata file has no {DIGEST}: the image was not pushed; build with --push \
                         ({CONFIG_DIGEST} is the image id, which no registry knows)"
                    ),
                ));
            }
        };
        if digest_member(members, CONFIG_DIGEST)?.as_ref() == Some(&digest) {
            return Err(invalid(format!(
                "gives the image id {digest} as {DIGEST}, as the docker driver does without a push; build with --push"
            )));
        }
        Ok(BuiltImage {
            digest,
            names: names(members)?,
            descriptor,
        })
    }

    fn members(&self, target: Option<&str>) -> Result<&Map<String, Value>> {
        let argument = |why: String| Error::new(ErrorKind::InvalidArgument, why);
        let known = self.targets().join(", ");
        match (target, self.targets.as_slice()) {
            (None, [(_, members)]) => Ok(members),
            (None, []) => Err(argument(
                "the buildx metadata file has no target; build at least one".into(),
            )),
            (None, _) => Err(argument(format!(
                "the buildx metadata file has several targets; name one of {known}"
            ))),
            (Some(wanted), targets) => targets
                .iter()
                .find(|(name, _)| name.as_deref() == Some(wanted))
                .map(|(_, members)| members)
                .ok_or_else(|| {
                    let known = if known.is_empty() {
                        "it is of a single build: name no target".to_owned()
                    } else {
                        format!("it has {known}")
                    };
                    argument(format!(
                        "the buildx metadata file has no target {}; {known}",
                        quoted(wanted)
                    ))
                }),
        }
    }
}

fn digest_member(members: &Map<String, Value>, name: &str) -> Result<Option<Digest>> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => {
            let digest = text.parse().map_err(|error: Error| {
                Error::new(
                    error.kind(),
                    format!("{name} of the buildx metadata file: {}", error.message()),
                )
            })?;
            Ok(Some(digest))
        }
        Some(_) => Err(invalid(format!("has a {name} that is no text"))),
    }
}

fn names(members: &Map<String, Value>) -> Result<Vec<String>> {
    match members.get(NAMES) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => {
            let names = text
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            Ok(names.map(str::to_owned).collect())
        }
        Some(_) => Err(invalid(format!("has an {NAMES} that is no text"))),
    }
}

fn invalid(why: impl std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::InvalidMetadata,
        format!("the buildx metadata file {why}"),
    )
}
