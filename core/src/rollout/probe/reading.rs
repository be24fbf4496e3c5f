//! Reading one answer of an application.

use serde::Serialize;
use serde_json::Value;

use super::Expected;
use crate::harmless::escaped;
use crate::metadata::{Commit, parse_time};
use crate::version::Version;

/// How much of a text that an application reports is kept, in characters.
const KEPT: usize = 200;

/// What an application says that it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image_tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image_digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) commit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) build_time: Option<String>,
    /// A text that stands alone and may be any of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}

/// Reads an answer, or says in a few words why nothing can be read from it.
pub(super) fn read(body: &str, pointer: Option<&str>) -> Result<Told, &'static str> {
    let json: Option<Value> = serde_json::from_str(body).ok();
    let value = match (json, pointer) {
        (Some(json), pointer) => json
            .pointer(pointer.unwrap_or_default())
            .cloned()
            .ok_or("the pointer leads to nothing in it")?,
        (None, Some(_)) => return Err("it is not JSON, and the pointer leads to nothing in it"),
        (None, None) => Value::String(body.trim().to_owned()),
    };
    let told = match value {
        Value::Object(members) => {
            let text = |name: &str| members.get(name).and_then(Value::as_str).map(kept);
            Told {
                image_tag: text("imageTag"),
                image_digest: text("imageDigest"),
                commit: text("commit"),
                build_time: text("buildTime"),
                text: None,
            }
        }
        Value::String(text) => Told {
            text: Some(kept(&text)).filter(|text| !text.is_empty()),
            ..Told::default()
        },
        // A commit of digits, or of digits and one `e`, reads as a number; as one it may be written
        // otherwise than it came.
        Value::Number(number) => Told {
            text: Some(match pointer {
                None | Some("") => kept(body.trim()),
                Some(_) => kept(&number.to_string()),
            }),
            ..Told::default()
        },
        _ => return Err("it is neither an object nor a text"),
    };
    if told == Told::default() {
        return Err("it does not tell version, commit or digest");
    }
    Ok(told)
}

fn kept(text: &str) -> String {
    escaped(&text.chars().take(KEPT).collect::<String>())
}

impl Told {
    /// Whether it is all that was expected. What it does not tell is not confirmed.
    pub(super) fn is(&self, expected: &Expected) -> bool {
        let version = expected.version.as_ref();
        let commit = expected.commit.as_ref();
        let digest = expected.digest.as_ref();
        version.is_none_or(|version| self.is_version(version))
            && commit.is_none_or(|commit| self.is_commit(commit))
            && digest.is_none_or(|digest| {
                [&self.image_digest, &self.text]
                    .into_iter()
                    .flatten()
                    .any(|told| told.eq_ignore_ascii_case(digest.as_str()))
            })
    }

    /// Id, tag, or the tag in a repository of the environment's own; without either, commit and
    /// build time, which are what a version is made of.
    fn is_version(&self, version: &Version) -> bool {
        let prefix = format!("{}-", version.environment());
        let tag = version.tag();
        let named = [&self.image_tag, &self.text].into_iter().flatten().next();
        if let Some(named) = named {
            if let Ok(told) = named.parse::<Version>() {
                return told == *version;
            }
            if Some(named.as_str()) == tag.as_str().strip_prefix(&prefix) {
                return true;
            }
        }
        let time = self.build_time.as_deref().map(parse_time);
        matches!(time, Some(Ok(time)) if time == version.time()) && self.is_commit(version.commit())
    }

    fn is_commit(&self, commit: &Commit) -> bool {
        let told = [&self.commit, &self.text].into_iter().flatten().next();
        if let Some(told) = told.and_then(|told| told.parse::<Commit>().ok()) {
            return told.matches(commit);
        }
        let tag = [&self.image_tag, &self.text].into_iter().flatten().next();
        tag.and_then(|tag| tag.parse::<Version>().ok())
            .is_some_and(|version| version.commit().matches(commit))
    }

    /// In a few words.
    pub(super) fn short(&self) -> String {
        [
            &self.image_tag,
            &self.text,
            &self.commit,
            &self.image_digest,
        ]
        .into_iter()
        .flatten()
        .next()
        .cloned()
        .unwrap_or_default()
    }
}
