//! AWS `CodeBuild`.
//!
//! `CODEBUILD_RESOLVED_SOURCE_VERSION` is a commit once the source is downloaded, and something else
//! or nothing for sources in S3. Source: `CodeBuild`, "Environment variables in build environments".

use super::super::Commit;
use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::{Reading, pull_of_ref, set_ref};
use crate::Result;

const ADVICE: &str = "CODEBUILD_RESOLVED_SOURCE_VERSION is not a commit (the source is not git, or not downloaded \
    yet); run in a git checkout, or set ARTIFACT_DEPLOY_COMMIT to the commit that is built";

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
    for origin in ["CODEBUILD_WEBHOOK_TRIGGER", "CODEBUILD_SOURCE_VERSION"] {
        let Some(text) = scene.get(origin) else {
            continue;
        };
        if let Some(number) = text.strip_prefix("pr/").or_else(|| pull_of_ref(text)) {
            draft.set(Field::PrNumber, number, origin)?;
        } else if let Some(branch) = text
            .strip_prefix("branch/")
            .filter(|_| draft.branch.is_none())
        {
            draft.set(Field::Branch, branch, origin)?;
        } else if let Some(tag) = text
            .strip_prefix("tag/")
            .filter(|_| draft.git_tag.is_none())
        {
            draft.set(Field::GitTag, tag, origin)?;
        } else if draft.branch.is_none() && draft.git_tag.is_none() {
            set_ref(&mut draft, text, origin)?;
        }
    }
    scene.copy(&mut draft, Field::RunId, "CODEBUILD_BUILD_ID")?;
    scene.copy(&mut draft, Field::RunNumber, "CODEBUILD_BUILD_NUMBER")?;
    scene.copy_source(&mut draft, &["CODEBUILD_SOURCE_REPO_URL"]);
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}
