//! One build for one environment.

use std::fmt;

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Environment, Release, Run};
use crate::image::Tag;
use crate::metadata::{BuildMetadata, Commit, compact};
use crate::{Error, ErrorKind};

/// One build for one environment: `pr-51/622d2103-20250820-124500`.
///
/// Printed as the version id; [`tag`](Self::tag) gives the same as a legal image tag. Read from
/// either form with `parse`, which fails with `InvalidVersion`. The order is by time, then run,
/// then attempt, never by text.
///
/// As JSON: `{"id", "tag", "environment", "commit", "time", "release"?, "run"?: {"id", "attempt"}}`,
/// where `commit` has eight digits and `time` is RFC 3339 in UTC.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Version {
    environment: Environment,
    commit: Commit,
    time: DateTime<Utc>,
    release: Option<Release>,
    run: Option<Run>,
    // Made of the rest, once: so every version has a tag, and asking for it cannot fail.
    tag: Tag,
}

impl Version {
    /// The version of a build for an environment: the first eight digits of the commit and the
    /// build time, cut to whole seconds. Neither release nor run.
    ///
    /// Fails with `InvalidVersion` when the year of the build is not in 0000 to 9999, which four
    /// digits cannot write.
    pub fn new(environment: Environment, build: &BuildMetadata) -> Result<Self, Error> {
        let commit = build.commit().short().parse()?;
        Self::from_parts(environment, None, commit, build.build_time(), None)
    }

    /// The same with a release in front of the commit: `production/v1.4.2-622d2103-…`.
    ///
    /// Fails with `InvalidVersion`, with the arithmetic, when the tag would pass 128 characters.
    pub fn with_release(self, release: Release) -> Result<Self, Error> {
        Self::from_parts(
            self.environment,
            Some(release),
            self.commit,
            self.time,
            self.run,
        )
    }

    /// The same with a run at the end: `…-124500-r17039281234.2`, for where two runs can share a
    /// second.
    ///
    /// Fails with `InvalidVersion`, with the arithmetic, when the tag would pass 128 characters.
    pub fn with_run(self, run: Run) -> Result<Self, Error> {
        Self::from_parts(
            self.environment,
            self.release,
            self.commit,
            self.time,
            Some(run),
        )
    }

    /// The same with the run of the build: [`Run::of`].
    ///
    /// Fails with `MetadataNotFound` when the build has no run with a number, and as
    /// [`with_run`](Self::with_run) does.
    pub fn with_run_of(self, build: &BuildMetadata) -> Result<Self, Error> {
        self.with_run(Run::of(build)?)
    }

    /// The same build for another environment: what a promotion deploys.
    ///
    /// Fails with `InvalidVersion`, with the arithmetic, when the tag would pass 128 characters.
    pub fn in_environment(&self, environment: Environment) -> Result<Self, Error> {
        Self::from_parts(
            environment,
            self.release.clone(),
            self.commit.clone(),
            self.time,
            self.run,
        )
    }

    /// Where it is deployed.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The first eight digits of the commit that was built.
    pub fn commit(&self) -> &Commit {
        &self.commit
    }

    /// When it was built, UTC, whole seconds.
    pub fn time(&self) -> DateTime<Utc> {
        self.time
    }

    /// The release, where it carries one.
    pub fn release(&self) -> Option<&Release> {
        self.release.as_ref()
    }

    /// The CI run, where it carries one.
    pub fn run(&self) -> Option<Run> {
        self.run
    }

    /// The image tag, for one repository that all environments share:
    /// `pr-51-622d2103-20250820-124500`. The other layout is
    /// [`RepositoryLayout::PerEnvironment`](super::RepositoryLayout::PerEnvironment).
    pub fn tag(&self) -> Tag {
        self.tag.clone()
    }

    /// The image tag in a repository of the environment's own: `622d2103-20250820-124500`.
    pub(super) fn tag_in_own_repository(&self) -> Tag {
        Tag::from_checked(build_text(
            self.release.as_ref().map(Release::to_tag_text),
            &self.commit,
            self.time,
            self.run,
        ))
    }

    /// The one place where versions are made, and so where their tags are proved legal.
    pub(super) fn from_parts(
        environment: Environment,
        release: Option<Release>,
        commit: Commit,
        time: DateTime<Utc>,
        run: Option<Run>,
    ) -> Result<Self, Error> {
        let whole_seconds = DateTime::from_timestamp(time.timestamp(), 0)
            .filter(|time| (0..=9999).contains(&time.year()));
        let Some(time) = whole_seconds else {
            return Err(Error::new(
                ErrorKind::InvalidVersion,
                format!(
                    "a version of {environment} cannot be built at {time}: \
                     its year has four digits, from 0000 to 9999; check the build time"
                ),
            ));
        };
        let in_tag = release.as_ref().map(Release::to_tag_text);
        let tag = format!("{environment}-{}", build_text(in_tag, &commit, time, run));
        if tag.len() > Tag::MAX_LENGTH {
            return Err(too_long(&environment, release.as_ref(), run, tag.len()));
        }
        Ok(Self {
            environment,
            commit,
            time,
            release,
            run,
            tag: Tag::from_checked(tag),
        })
    }
}

/// `[{release}-]{commit8}-{time}[-{run}]`: what comes after the environment in every form.
fn build_text(
    release: Option<String>,
    commit: &Commit,
    time: DateTime<Utc>,
    run: Option<Run>,
) -> String {
    let time = compact(time);
    [
        release,
        Some(commit.short().to_owned()),
        Some(time),
        run.map(|run| run.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join("-")
}

fn too_long(
    environment: &Environment,
    release: Option<&Release>,
    run: Option<Run>,
    length: usize,
) -> Error {
    let release = release.map_or(0, |release| release.to_string().len() + 1);
    let run = run.map_or(0, |run| run.to_string().len() + 1);
    Error::new(
        ErrorKind::InvalidVersion,
        format!(
            "the tag of a version of {environment} would have {} (environment) + {release} (release) \
             + {} (commit and time) + {run} (run) = {length} characters; at most {} are allowed: \
             shorten the release or the environment by {}",
            environment.as_str().len(),
            length - environment.as_str().len() - release - run,
            Tag::MAX_LENGTH,
            length - Tag::MAX_LENGTH
        ),
    )
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let release = self.release.as_ref().map(Release::to_string);
        let build = build_text(release, &self.commit, self.time, self.run);
        write!(f, "{}/{build}", self.environment)
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Version({self})")
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let optional = usize::from(self.release.is_some()) + usize::from(self.run.is_some());
        let mut fields = serializer.serialize_struct("Version", 5 + optional)?;
        fields.serialize_field("id", &self.to_string())?;
        fields.serialize_field("tag", &self.tag)?;
        fields.serialize_field("environment", &self.environment)?;
        fields.serialize_field("commit", self.commit.short())?;
        let time = self.time.to_rfc3339_opts(SecondsFormat::Secs, true);
        fields.serialize_field("time", &time)?;
        if let Some(release) = &self.release {
            fields.serialize_field("release", release)?;
        }
        if let Some(run) = &self.run {
            fields.serialize_field("run", run)?;
        }
        fields.end()
    }
}
