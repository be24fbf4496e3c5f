//! Azure Pipelines.
//!
//! In a pull request `BUILD_SOURCEVERSION` is the merge commit and
//! `SYSTEM_PULLREQUEST_SOURCECOMMITID` the head. A macro that names nothing stays as it was written,
//! `$(System.PullRequest.PullRequestId)`. Source: Azure Pipelines, "Use predefined variables".

use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::{Reading, pull_of_ref, set_ref};
use crate::Result;

const ADVICE: &str = "BUILD_SOURCEVERSION is not set, or is the merge commit of a pull request while \
    SYSTEM_PULLREQUEST_SOURCECOMMITID is empty; set ARTIFACT_DEPLOY_COMMIT to the commit that is built";

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    let get = |name| scene.get(name).filter(|text| !text.starts_with("$("));
    let full_ref = get("BUILD_SOURCEBRANCH").unwrap_or_default();
    let pull = pull_of_ref(full_ref);
    let number = [
        "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER",
        "SYSTEM_PULLREQUEST_PULLREQUESTID",
    ]
    .into_iter()
    .find_map(|name| Some((get(name)?, name)))
    .or(pull.map(|number| (number, "BUILD_SOURCEBRANCH")));
    if let Some((number, origin)) = number {
        draft.set(Field::PrNumber, number, origin)?;
    }
    let pull_request = number.is_some() || get("BUILD_REASON") == Some("PullRequest");
    if pull_request {
        if let Some(head) = get("SYSTEM_PULLREQUEST_SOURCECOMMITID") {
            draft.set(Field::Commit, head, "SYSTEM_PULLREQUEST_SOURCECOMMITID")?;
        }
        scene.copy(&mut draft, Field::MergeCommit, "BUILD_SOURCEVERSION")?;
        if let Some(branch) = get("SYSTEM_PULLREQUEST_SOURCEBRANCH") {
            let branch = branch.strip_prefix("refs/heads/").unwrap_or(branch);
            draft.set(Field::Branch, branch, "SYSTEM_PULLREQUEST_SOURCEBRANCH")?;
        }
    } else {
        scene.copy(&mut draft, Field::Commit, "BUILD_SOURCEVERSION")?;
        set_ref(&mut draft, full_ref, "BUILD_SOURCEBRANCH")?;
    }
    scene.copy(&mut draft, Field::RunId, "BUILD_BUILDID")?;
    scene.copy(&mut draft, Field::RunAttempt, "SYSTEM_JOBATTEMPT")?;
    scene.copy_source(&mut draft, &["BUILD_REPOSITORY_URI"]);
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}
