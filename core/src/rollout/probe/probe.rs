//! What is asked of a running application.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::harmless::escaped;
use crate::image::Digest;
use crate::metadata::Commit;
use crate::version::Version;
use crate::{Error, ErrorKind, Result};

const TIMES: u32 = 3;
/// Enough for any number of tasks behind a load balancer; what is more is a mistake.
const MOST_TIMES: u32 = 10_000;

/// Where a running application is asked, and what it must answer so many times in a row.
///
/// By default the answer is read as [`RunningImage`](crate::metadata::RunningImage) is written:
/// `{"imageTag"?, "imageDigest"?, "commit"?, "buildTime"?}`; a text alone is taken as it is. Where
/// these stand deeper in the answer, a JSON pointer (RFC 6901) leads to them, or to one text.
///
/// JSON: `{"url", "version"?, "commit"?, "digest"?, "pointer"?, "times"?, "headers"?}`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Form")]
pub struct Probe {
    url: String,
    expected: Expected,
    pointer: Option<String>,
    times: u32,
    headers: BTreeMap<String, String>,
}

/// What the application must report: all that is set here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Expected {
    /// This version, written as its id or as its tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// This commit, of which an application may report the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<Commit>,
    /// This digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

impl Expected {
    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Probe {
    /// Asks `url`, `http://…` or `https://…`.
    ///
    /// # Errors
    /// `InvalidArgument` when it is neither, or carries a user name or password: those belong in a
    /// [`header`](Self::header).
    pub fn new(url: &str) -> Result<Self> {
        check_url(url)?;
        Ok(Self {
            url: url.to_owned(),
            expected: Expected::default(),
            pointer: None,
            times: TIMES,
            headers: BTreeMap::new(),
        })
    }

    /// It must report this version.
    pub fn version(mut self, version: Version) -> Self {
        self.expected.version = Some(version);
        self
    }

    /// It must report this commit.
    pub fn commit(mut self, commit: Commit) -> Self {
        self.expected.commit = Some(commit);
        self
    }

    /// It must report this digest.
    pub fn digest(mut self, digest: Digest) -> Self {
        self.expected.digest = Some(digest);
        self
    }

    /// It must report this version, unless something is expected already.
    pub fn or_version(self, version: &Version) -> Self {
        if self.expected.is_empty() {
            self.version(version.clone())
        } else {
            self
        }
    }

    /// Where in the answer it stands, as a JSON pointer.
    ///
    /// # Errors
    /// `InvalidArgument` when it is none.
    pub fn at(mut self, pointer: &str) -> Result<Self> {
        if !(pointer.is_empty() || pointer.starts_with('/')) {
            return Err(invalid(&format!(
                "pointer {pointer:?} does not begin with \"/\"; expected a JSON pointer such as /image"
            )));
        }
        self.pointer = Some(pointer.to_owned());
        Ok(self)
    }

    /// How many right answers in a row are enough. Default: 3. Behind a load balancer each task
    /// gives only some of the answers: take several times the number of tasks.
    ///
    /// # Errors
    /// `InvalidArgument` for none, or more than 10,000.
    pub fn times(mut self, times: u32) -> Result<Self> {
        if !(1..=MOST_TIMES).contains(&times) {
            return Err(invalid(&format!(
                "times is {times}; expected 1 to {MOST_TIMES} answers in a row"
            )));
        }
        self.times = times;
        Ok(self)
    }

    /// Sends a header. Its value is repeated in no message.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument`, `InvalidVersion`, `InvalidCommit`, `InvalidDigest`.
    pub fn from_json(json: &Value) -> Result<Self> {
        if !json.is_object() {
            return Err(invalid("it is not an object"));
        }
        Form::deserialize(json)
            .map_err(|error| invalid(&error.to_string()))?
            .try_into()
    }

    /// The whole address. For people: [`shown`](Self::shown).
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address without its query, which may hold a secret.
    pub fn shown(&self) -> String {
        let end = self.url.find(['?', '#']).unwrap_or(self.url.len());
        escaped(self.url.get(..end).unwrap_or_default())
    }

    /// What must be reported.
    pub fn expected(&self) -> &Expected {
        &self.expected
    }

    /// The JSON pointer into the answer.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    /// How many right answers in a row are enough.
    pub fn needed(&self) -> u32 {
        self.times
    }

    /// What is sent with each request.
    pub fn headers(&self) -> &BTreeMap<String, String> {
        &self.headers
    }
}

/// Leaves out the query and the values of headers.
impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Probe")
            .field("url", &self.shown())
            .field("expected", &self.expected)
            .field("pointer", &self.pointer)
            .field("times", &self.times)
            .field("headers", &self.headers.keys())
            .finish()
    }
}

/// Says nothing of the address beyond what is wrong with it.
fn check_url(url: &str) -> Result<()> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let (head, rest) = url.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    let Some(rest) = rest else {
        return Err(invalid("its url does not begin with https:// or http://"));
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    if authority.contains('@') {
        return Err(invalid(
            "its url carries a user name or password; send them in a header",
        ));
    }
    let broken = url.chars().any(|c| c.is_whitespace() || c.is_control());
    if authority.is_empty() || broken {
        return Err(invalid("its url names no host, or has a space in it"));
    }
    Ok(())
}

fn invalid(why: &str) -> Error {
    let message = format!("the probe of the application cannot be used: {why}");
    Error::new(ErrorKind::InvalidArgument, message)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Form {
    url: String,
    version: Option<String>,
    commit: Option<String>,
    digest: Option<String>,
    pointer: Option<String>,
    times: Option<u32>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

impl TryFrom<Form> for Probe {
    type Error = Error;

    fn try_from(form: Form) -> Result<Self> {
        let mut probe = Self::new(&form.url)?.times(form.times.unwrap_or(TIMES))?;
        if let Some(pointer) = &form.pointer {
            probe = probe.at(pointer)?;
        }
        probe.expected = Expected {
            version: form.version.map(|text| text.parse()).transpose()?,
            commit: form.commit.map(|text| text.parse()).transpose()?,
            digest: form.digest.map(|text| text.parse()).transpose()?,
        };
        probe.headers = form.headers;
        Ok(probe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_address_that_is_no_web_address_or_carries_a_password_is_refused_and_not_repeated() {
        for bad in [
            "",
            "app.example/version",
            "ftp://app.example/",
            "https://",
            "https:///version",
            "https://me:secret@app.example/",
            "https://app.example/a secret",
        ] {
            let error = Probe::new(bad).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{bad}");
            assert!(!error.message().contains("secret"), "{error}");
        }
    }

    #[test]
    fn no_secret_of_a_probe_is_shown() {
        let probe = Probe::from_json(&json!({
            "url": "https://app.example/version?token=secret",
            "commit": "622d2103",
            "headers": {"authorization": "Bearer secret"},
        }))
        .unwrap();
        assert_eq!(probe.shown(), "https://app.example/version");
        assert!(!format!("{probe:?}").contains("secret"));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for bad in [
            json!([]),
            json!({"url": "https://app.example/", "times": 0}),
            json!({"url": "https://app.example/", "pointer": "image"}),
            json!({"url": "https://app.example/", "retries": 1}),
            json!({"version": "pr-51/622d2103-20250820-124500"}),
        ] {
            let error = Probe::from_json(&bad).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{bad}");
        }
    }
}
