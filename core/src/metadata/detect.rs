//! Which CI run is this? Decided from plain values.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::draft::Draft;
use super::field::Field;
use super::providers::{Reading, read, recognises};
use super::scene::Scene;
use super::text::known;
use super::{BuildMetadata, GitFacts, Provider, Variables};
use crate::{Error, ErrorKind, Result};

/// Names the commit where the CI system cannot, or names another one than it would.
///
/// The widespread `COMMIT_SHA` does not do that: workflows set it to `github.sha`, which in a pull
/// request is the merge commit.
const COMMIT_OVERRIDE: &str = "ARTIFACT_DEPLOY_COMMIT";
/// Names the build time, so that all jobs of a run make the same version.
///
/// `SOURCE_DATE_EPOCH` does not do that: it dates the content, is shared by all builds of a commit,
/// and versions are ordered by their time.
const TIME_OVERRIDE: &str = "BUILD_TIME";

const NOWHERE: &str = "no CI system is recognised by its variables and there is no git checkout; run in CI or in a \
    checkout with git installed, or set ARTIFACT_DEPLOY_COMMIT to the commit that is built";

/// Reads the build metadata of a CI run from its variables, its event payload and what git says.
///
/// A pure function. The systems are tried in the order of [`Provider::ALL`], so that with the
/// variables of several the same one always wins: the innermost. Git alone comes last; `git` also
/// answers for systems that leave the commit to it (`BUILDKITE_COMMIT=HEAD`).
///
/// `ARTIFACT_DEPLOY_COMMIT` overrides the commit in every system, and `BUILD_TIME` (either form of
/// [`parse_time`](super::parse_time)) the build time, which else is `now`; empty and `unknown` do not
/// count. Where no system is recognised, the override alone suffices. `SOURCE_DATE_EPOCH` and
/// `COMMIT_SHA` are not read.
///
/// # Errors
/// `MetadataNotFound` when no system is recognised or the commit is nowhere to be found: a wrong
/// commit, such as the merge commit of a pull request, is never given instead. `InvalidMetadata`,
/// `InvalidCommit` or `InvalidTime` when a variable or a member of the payload is unusable; the
/// message names it.
pub fn detect(
    variables: &Variables,
    event: Option<&Value>,
    git: Option<&GitFacts>,
    now: DateTime<Utc>,
) -> Result<BuildMetadata> {
    let scene = Scene {
        variables,
        event,
        git,
    };
    let provider = Provider::ALL
        .iter()
        .copied()
        .find(|provider| recognises(*provider, &scene));
    let Reading { mut draft, advice } = match provider {
        Some(provider) => read(provider, &scene)?,
        None => Reading {
            draft: Draft::default(),
            advice: NOWHERE,
        },
    };
    draft.provider = provider;
    draft.build_time = Some(now);
    for (field, name) in [
        (Field::Commit, COMMIT_OVERRIDE),
        (Field::BuildTime, TIME_OVERRIDE),
    ] {
        if let Some(text) = known(variables.get(name)) {
            draft.set(field, text, name)?;
        }
    }
    draft.into_metadata().ok_or_else(|| {
        let why = match provider {
            Some(provider) => format!("the commit of this {provider} run is not known: {advice}"),
            None => advice.to_owned(),
        };
        Error::new(ErrorKind::MetadataNotFound, why)
    })
}
