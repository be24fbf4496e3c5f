//! Buildkite.
//!
//! `BUILDKITE_COMMIT` may be `HEAD` (or another name that only git can resolve) in builds that were
//! triggered through the API. `BUILDKITE_PULL_REQUEST` is a number or `false`; the retry count is
//! from 0. Source: Buildkite, "Environment variables".

use super::super::Commit;
use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::Reading;
use crate::Result;

const ADVICE: &str = "BUILDKITE_COMMIT is not set or is a name such as HEAD that only git can resolve; run in the \
    checkout with git installed, or set ARTIFACT_DEPLOY_COMMIT to the commit that is built";

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    match scene.get("BUILDKITE_COMMIT") {
        Some(text) if text.parse::<Commit>().is_ok() => {
            draft.set(Field::Commit, text, "BUILDKITE_COMMIT")?;
        }
        _ => scene.copy_head(&mut draft)?,
    }
    if scene
        .get("BUILDKITE_PULL_REQUEST")
        .is_some_and(|text| text != "false")
    {
        scene.copy(&mut draft, Field::PrNumber, "BUILDKITE_PULL_REQUEST")?;
    }
    // In a build of a tag the branch is the tag once more.
    if scene.get("BUILDKITE_BRANCH") != scene.get("BUILDKITE_TAG") {
        scene.copy(&mut draft, Field::Branch, "BUILDKITE_BRANCH")?;
    }
    scene.copy(&mut draft, Field::GitTag, "BUILDKITE_TAG")?;
    scene.copy(&mut draft, Field::RunId, "BUILDKITE_BUILD_ID")?;
    scene.copy(&mut draft, Field::RunNumber, "BUILDKITE_BUILD_NUMBER")?;
    if let Some(text) = scene.get("BUILDKITE_RETRY_COUNT") {
        let attempt = text
            .parse::<u32>()
            .ok()
            .and_then(|retries| retries.checked_add(1));
        let attempt = attempt.map_or_else(|| text.to_owned(), |attempt| attempt.to_string());
        draft.set(Field::RunAttempt, &attempt, "BUILDKITE_RETRY_COUNT")?;
    }
    scene.copy_source(&mut draft, &["BUILDKITE_REPO"]);
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}
