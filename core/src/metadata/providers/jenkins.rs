//! Jenkins.
//!
//! What is set depends on plugins: multibranch (`CHANGE_…`), ghprb and the GitLab plugin. In a
//! multibranch build of a pull request `BRANCH_NAME` is `PR-51`, which is no branch. Where a plugin
//! names the head commit, it wins over `GIT_COMMIT`, which may be a local merge.

use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::Reading;
use crate::Result;

const ADVICE: &str = "GIT_COMMIT is not set (a pipeline sets it only after checkout, and only for what runs in the \
    same withEnv); run in the checkout with git installed, or set ARTIFACT_DEPLOY_COMMIT to the commit that is built";

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    let commit = [
        "ghprbActualCommit",
        "gitlabMergeRequestLastCommit",
        "GIT_COMMIT",
    ];
    scene.copy_first(&mut draft, Field::Commit, &commit)?;
    let number = ["CHANGE_ID", "ghprbPullId", "gitlabMergeRequestIid"];
    scene.copy_first(&mut draft, Field::PrNumber, &number)?;
    // In a pull request what is checked out may be a merge that Jenkins made.
    if draft.commit.is_none() && draft.pr_number.is_none() {
        scene.copy_head(&mut draft)?;
    }
    scene.copy(&mut draft, Field::GitTag, "TAG_NAME")?;
    branch(scene, &mut draft)?;
    scene.copy(&mut draft, Field::RunId, "BUILD_TAG")?;
    scene.copy(&mut draft, Field::RunNumber, "BUILD_NUMBER")?;
    scene.copy_source(&mut draft, &["GIT_URL", "GIT_URL_1"]);
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}

fn branch(scene: &Scene<'_>, draft: &mut Draft) -> Result<()> {
    let of_pull = ["CHANGE_BRANCH", "ghprbSourceBranch", "gitlabSourceBranch"];
    scene.copy_first(draft, Field::Branch, &of_pull)?;
    if draft.branch.is_some() || draft.pr_number.is_some() || draft.git_tag.is_some() {
        return Ok(());
    }
    let named = ["BRANCH_NAME", "GIT_BRANCH"];
    let Some((text, origin)) = named
        .into_iter()
        .find_map(|name| Some((scene.get(name)?, name)))
    else {
        return Ok(());
    };
    let text = text.strip_prefix("refs/remotes/").unwrap_or(text);
    let text = text.strip_prefix("refs/heads/").unwrap_or(text);
    let text = if origin == "GIT_BRANCH" {
        text.strip_prefix("origin/").unwrap_or(text)
    } else {
        text
    };
    match text {
        "detached" | "HEAD" => Ok(()),
        branch => draft.set(Field::Branch, branch, origin),
    }
}
