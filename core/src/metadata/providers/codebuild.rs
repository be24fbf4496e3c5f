//! AWS `CodeBuild`.
//!
//! `CODEBUILD_RESOLVED_SOURCE_VERSION` is a commit once the source is downloaded, and something else
//! or nothing for sources in S3. Source: `CodeBuild`, "Environment variables in build environments" and
//! "Source version sample".

use super::super::Commit;
use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::{Reading, is_number, pull_of_ref, set_ref};
use crate::Result;

const ADVICE: &str = "CODEBUILD_RESOLVED_SOURCE_VERSION is not a commit (the source is not git, or not downloaded \
    yet) or is the merge of a pull request; run in a git checkout, build refs/pull/…/head, or set ARTIFACT_DEPLOY_COMMIT to the commit that is built";

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    match scene.get("CODEBUILD_RESOLVED_SOURCE_VERSION") {
        Some(text) if text.parse::<Commit>().is_ok() => {
            draft.set(Field::Commit, text, "CODEBUILD_RESOLVED_SOURCE_VERSION")?;
        }
        _ => scene.copy_head(&mut draft)?,
    }
    if let Some(full_ref) = scene.get("CODEBUILD_WEBHOOK_HEAD_REF") {
        set_ref(&mut draft, full_ref, "CODEBUILD_WEBHOOK_HEAD_REF")?;
    }
    trigger(scene, &mut draft)?;
    source_version(scene, &mut draft)?;
    scene.copy(&mut draft, Field::RunId, "CODEBUILD_BUILD_ID")?;
    scene.copy(&mut draft, Field::RunNumber, "CODEBUILD_BUILD_NUMBER")?;
    scene.copy_source(&mut draft, &["CODEBUILD_SOURCE_REPO_URL"]);
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}

/// `branch/main`, `pr/51` or `tag/v1`.
fn trigger(scene: &Scene<'_>, draft: &mut Draft) -> Result<()> {
    const ORIGIN: &str = "CODEBUILD_WEBHOOK_TRIGGER";
    match scene.get(ORIGIN).and_then(|text| text.split_once('/')) {
        Some(("pr", number)) => draft.set(Field::PrNumber, number, ORIGIN),
        Some(("branch", branch)) if draft.branch.is_none() => {
            draft.set(Field::Branch, branch, ORIGIN)
        }
        Some(("tag", tag)) if draft.git_tag.is_none() => draft.set(Field::GitTag, tag, ORIGIN),
        _ => Ok(()),
    }
}

/// What a person or a webhook asked to be built: `pr/51`, a whole ref, both perhaps with a commit as
/// in `refs/heads/main^{622d…}`. Anything else may be a branch, a tag or a commit alike.
fn source_version(scene: &Scene<'_>, draft: &mut Draft) -> Result<()> {
    const ORIGIN: &str = "CODEBUILD_SOURCE_VERSION";
    let Some(text) = scene.get(ORIGIN) else {
        return Ok(());
    };
    let text = text.split_once("^{").map_or(text, |(before, _)| before);
    let of_pull = text.strip_prefix("pr/").filter(|number| is_number(number));
    if let Some(number) = of_pull.or_else(|| pull_of_ref(text)) {
        draft.set(Field::PrNumber, number, ORIGIN)?;
        if text.ends_with("/merge") {
            draft.merge_commit = draft.commit.take();
        }
        return Ok(());
    }
    if draft.branch.is_some() || draft.git_tag.is_some() {
        return Ok(());
    }
    set_ref(draft, text, ORIGIN)
}
