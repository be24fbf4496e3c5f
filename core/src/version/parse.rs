//! Reading a version: its id, its tag, and its tag in a repository of the environment's own.

use std::str::FromStr;

use chrono::{DateTime, Utc};

use super::{Environment, Release, Run, Version};
use crate::metadata::{Commit, parse_time};
use crate::text::quoted;
use crate::{Error, ErrorKind};

impl Version {
    /// Reads the tag of a version in a repository of the environment's own:
    /// `622d2103-20250820-124500`, `v1.4.2-622d2103-20250820-124500-r17039281234.2`.
    ///
    /// Fails with `InvalidVersion` for anything else, also for a tag that names an environment.
    pub fn parse_tag_of(environment: &Environment, tag: &str) -> Result<Self, Error> {
        let refuse =
            |why: Refusal| why.into_error(&format!("tag {} of {environment}", quoted(tag)));
        let build = Build::from_right(tag).map_err(refuse)?;
        let release = build.head.map(Release::from_tag_text).transpose();
        let release = release.map_err(|cause| {
            let why = "has something before the commit that is not a release; \
                       in a repository of its own, a tag does not name the environment";
            refuse(Refusal::because(why, cause))
        })?;
        build.for_environment(environment.clone(), release)
    }
}

impl FromStr for Version {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parsed = match text.split_once('/') {
            Some((environment, build)) => from_id(environment, build),
            None => from_tag(text),
        };
        let (environment, release, build) =
            parsed.map_err(|why| why.into_error(&format!("version {}", quoted(text))))?;
        build.for_environment(environment, release)
    }
}

type Parsed<'a> = Result<(Environment, Option<Release>, Build<'a>), Refusal>;

fn from_id<'a>(environment: &str, build: &'a str) -> Parsed<'a> {
    let environment = environment.parse().map_err(Refusal::environment)?;
    let build = Build::from_right(build)?;
    let release = build.head.map(str::parse).transpose();
    Ok((environment, release.map_err(Refusal::release)?, build))
}

fn from_tag(tag: &str) -> Parsed<'_> {
    let build = Build::from_right(tag)?;
    let Some(head) = build.head else {
        return Err(Refusal::new(
            "names no environment; with one repository per environment, \
             read it together with the environment that the repository is for",
        ));
    };
    // An environment has no dot and a release has no hyphen before its first one.
    let (environment, release) = match head.split_once('.') {
        None => (head, None),
        Some((before, _)) => match before.rsplit_once('-') {
            Some((environment, _)) => (environment, head.get(environment.len() + 1..)),
            None => ("", Some(head)),
        },
    };
    let release = release.map(Release::from_tag_text).transpose();
    let release = release.map_err(Refusal::release)?;
    let environment = environment.parse().map_err(Refusal::environment)?;
    Ok((environment, release, build))
}

/// What stands to the right of environment and release, each part in its fixed form.
struct Build<'a> {
    /// What is left in front of the commit.
    head: Option<&'a str>,
    commit: Commit,
    time: DateTime<Utc>,
    run: Option<Run>,
}

impl<'a> Build<'a> {
    /// Takes the parts off from the right: that works whatever the environment is called.
    fn from_right(text: &'a str) -> Result<Self, Refusal> {
        if text == "latest" || text.ends_with("-latest") {
            return Err(Refusal::new(
                "is an alias, which moves; give the version itself",
            ));
        }
        let (rest, run) = match text.rsplit_once('-') {
            Some((rest, run)) if begins_like_a_run(run) => {
                let run = run.parse().map_err(|cause| {
                    Refusal::because("ends in a run that is not r{id}.{attempt}", cause)
                })?;
                (rest, Some(run))
            }
            _ => (text, None),
        };
        let mut parts = rest.rsplitn(4, '-');
        let (Some(clock), Some(date), Some(commit)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(Refusal::new("does not end in a commit and a time"));
        };
        // With its one hyphen, this cannot be a time in the other accepted form.
        let time = format!("{date}-{clock}");
        let time = parse_time(&time).map_err(|cause| {
            let why = "has no time of the calendar at its end, but";
            Refusal::because(format!("{why} {}", quoted(&time)), cause)
        })?;
        let lower_case = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if commit.len() != Commit::SHORT_LENGTH || !commit.bytes().all(lower_case) {
            return Err(Refusal::new(format!(
                "has {} where the first eight digits of a commit belong, \
                 hexadecimal in lower case",
                quoted(commit)
            )));
        }
        let commit = commit
            .parse()
            .map_err(|cause| Refusal::because("has no commit", cause))?;
        Ok(Self {
            head: parts.next(),
            commit,
            time,
            run,
        })
    }

    fn for_environment(
        self,
        environment: Environment,
        release: Option<Release>,
    ) -> Result<Version, Error> {
        Version::from_parts(environment, release, self.commit, self.time, self.run)
    }
}

/// `r7…`, which nothing else in a version is like; `release` and `rc1` are no attempt at a run.
fn begins_like_a_run(text: &str) -> bool {
    text.strip_prefix('r')
        .is_some_and(|number| !number.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Why a text is no version.
struct Refusal {
    why: String,
    cause: Option<Error>,
}

impl Refusal {
    fn new(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            cause: None,
        }
    }

    fn because(why: impl Into<String>, cause: Error) -> Self {
        Self {
            cause: Some(cause),
            ..Self::new(why)
        }
    }

    fn environment(cause: Error) -> Self {
        Self {
            why: format!("has no valid environment in front: {}", cause.message()),
            cause: Some(cause),
        }
    }

    fn release(cause: Error) -> Self {
        Self {
            why: format!(
                "has no valid release before the commit: {}",
                cause.message()
            ),
            cause: Some(cause),
        }
    }

    fn into_error(self, what: &str) -> Error {
        let error = Error::new(
            ErrorKind::InvalidVersion,
            format!(
                "{what} {}; expected the form of pr-51/622d2103-20250820-124500, \
                 or of its tag pr-51-622d2103-20250820-124500",
                self.why
            ),
        );
        match self.cause {
            Some(cause) => error.with_source(cause),
            None => error,
        }
    }
}

#[cfg(test)]
mod tests;
