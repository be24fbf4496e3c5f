//! GitLab CI.
//!
//! In merged-results pipelines and merge trains `CI_COMMIT_SHA` is a merge that GitLab made;
//! `CI_MERGE_REQUEST_SOURCE_BRANCH_SHA` is then the head. The number of a merge request is its IID;
//! its ID counts over the whole GitLab instance. Source: GitLab, "Predefined CI/CD variables".

use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::Reading;
use crate::Result;

const ADVICE: &str = "CI_COMMIT_SHA is not set, or is the merge that a merged-results pipeline or merge train tests \
    while CI_MERGE_REQUEST_SOURCE_BRANCH_SHA is empty; set ARTIFACT_DEPLOY_COMMIT to the commit that is built";

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    let head = [
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
        "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA",
    ];
    scene.copy_first(&mut draft, Field::Commit, &head)?;
    let kind = scene.get("CI_MERGE_REQUEST_EVENT_TYPE");
    let merged = matches!(kind, Some("merged_result" | "merge_train"));
    if draft.commit.is_some() || merged {
        scene.copy(&mut draft, Field::MergeCommit, "CI_COMMIT_SHA")?;
    } else {
        scene.copy(&mut draft, Field::Commit, "CI_COMMIT_SHA")?;
    }
    let number = ["CI_MERGE_REQUEST_IID", "CI_EXTERNAL_PULL_REQUEST_IID"];
    scene.copy_first(&mut draft, Field::PrNumber, &number)?;
    let mut branches = vec![
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
        "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME",
        "CI_COMMIT_BRANCH",
    ];
    // In a merge request this is `refs/merge-requests/…` in some versions, and in a tag's it is the tag.
    if draft.pr_number.is_none() && !scene.has("CI_COMMIT_TAG") {
        branches.push("CI_COMMIT_REF_NAME");
    }
    scene.copy_first(&mut draft, Field::Branch, &branches)?;
    scene.copy(&mut draft, Field::GitTag, "CI_COMMIT_TAG")?;
    scene.copy(&mut draft, Field::RunId, "CI_PIPELINE_ID")?;
    scene.copy(&mut draft, Field::RunNumber, "CI_PIPELINE_IID")?;
    scene.copy_source(&mut draft, &["CI_PROJECT_URL"]);
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}
