//! Members in the wrong letter case, which other programs would read.
//!
//! Programs in Go, and so every common runtime, read `Digest` as `digest`, and of both the one that
//! stands last. What is judged here must be what they run, so such a member is refused wherever it
//! would decide. Source: Go, `encoding/json`: keys match by simple Unicode case folding, in which `ſ`
//! is an `s` and the Kelvin sign a `k`.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::invalid;
use super::raw::read_json;
use crate::Error;
use crate::text::quoted;

/// Refuses `Layers` for `layers`, in the document and in what it refers to.
pub(super) fn check(bytes: &[u8]) -> Result<(), Error> {
    let Checked(confusing) = read_json(bytes)?;
    confusing.map_or(Ok(()), |member| {
        Err(invalid(&format!(
            "has a member {}, in the wrong letter case, that some programs would read; push the \
             image again",
            quoted(&member)
        )))
    })
}

/// What an object is, and so which of its members decide.
#[derive(Clone, Copy)]
enum Place {
    Document,
    Descriptor,
    Platform,
    Elsewhere,
}

impl Place {
    fn deciding(self) -> &'static [&'static str] {
        match self {
            Self::Document => &[
                "schemaVersion",
                "mediaType",
                "artifactType",
                "config",
                "layers",
                "manifests",
                "fsLayers",
                "blobs",
            ],
            Self::Descriptor => &[
                "mediaType",
                "artifactType",
                "digest",
                "size",
                "urls",
                "data",
                "platform",
                "annotations",
            ],
            Self::Platform => &["os", "architecture", "variant", "os.version"],
            Self::Elsewhere => &[],
        }
    }

    fn below(self, member: &str) -> Self {
        match (self, member) {
            (Self::Document, "config" | "layers" | "manifests") => Self::Descriptor,
            (Self::Descriptor, "platform") => Self::Platform,
            _ => Self::Elsewhere,
        }
    }

    fn is_confusing(self, member: &str) -> bool {
        let folded = member.replace('\u{17f}', "s").replace('\u{212a}', "k");
        self.deciding()
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&folded) && *known != member)
    }
}

/// The first member in the wrong letter case.
struct Checked(Option<String>);

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Place::Document.deserialize(deserializer).map(Self)
    }
}

impl<'de> DeserializeSeed<'de> for Place {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self {
            Self::Elsewhere => IgnoredAny::deserialize(deserializer).map(|_| None),
            _ => deserializer.deserialize_any(self),
        }
    }
}

/// Objects, and lists of them; other values have been refused before, or have no members.
impl<'de> Visitor<'de> for Place {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list of objects, or nothing")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut confusing = None;
        while let Some(member) = map.next_key::<String>()? {
            let below = map.next_value_seed(self.below(&member))?;
            let own = self.is_confusing(&member).then_some(member);
            confusing = confusing.or(own).or(below);
        }
        Ok(confusing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut confusing = None;
        while let Some(found) = list.next_element_seed(self)? {
            confusing = confusing.or(found);
        }
        Ok(confusing)
    }
}
