//! GitHub Actions.
//!
//! | event | commit | branch, number |
//! |---|---|---|
//! | `pull_request`, `pull_request_review…` | head of the pull request; `GITHUB_SHA` is the merge commit, kept apart | `GITHUB_HEAD_REF`, number |
//! | `pull_request_target` | head of the pull request; `GITHUB_SHA` is the base branch's | the same |
//! | `merge_group` | head of the group | the queue's branch, no number: a group may hold several |
//! | `workflow_run` | head of the run that triggered this one; `GITHUB_SHA` is the default branch's | its branch, if not of a fork; number where there is exactly one |
//! | any other (`push`, `schedule`, `workflow_dispatch`, `release`) | `GITHUB_SHA` | `GITHUB_REF`: a branch or a tag |
//!
//! Source: GitHub, "Events that trigger workflows" and "Variables reference". Default variables
//! cannot be overridden, but an action may run with an empty payload: then the head of a pull request
//! cannot be known, and the merge commit is not offered in its place.

use serde_json::Value;

use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::{Reading, pull_of_ref, set_ref};
use crate::{Error, ErrorKind, Result};

const ADVICE: &str = "GITHUB_SHA is not set, or is not the commit that this event is about, and the event payload \
    does not name that one; run where GITHUB_EVENT_PATH is the workflow's own event file, or set \
    ARTIFACT_DEPLOY_COMMIT to the commit that is built (of a pull request: \
    github.event.pull_request.head.sha)";

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    let event = scene.get("GITHUB_EVENT_NAME").unwrap_or_default();
    let full_ref = scene.get("GITHUB_REF").unwrap_or_default();
    if event.starts_with("pull_request") || pull_of_ref(full_ref).is_some() {
        pull_request(scene, full_ref, &mut draft)?;
    } else if event == "workflow_run" {
        workflow_run(scene, &mut draft)?;
    } else {
        match scene.event_text("/merge_group/head_sha")? {
            Some(head) if event == "merge_group" => {
                draft.set(
                    Field::Commit,
                    head,
                    "merge_group.head_sha of the event payload",
                )?;
            }
            _ => scene.copy(&mut draft, Field::Commit, "GITHUB_SHA")?,
        }
        set_ref(&mut draft, full_ref, "GITHUB_REF")?;
    }
    scene.copy(&mut draft, Field::RunId, "GITHUB_RUN_ID")?;
    scene.copy(&mut draft, Field::RunNumber, "GITHUB_RUN_NUMBER")?;
    scene.copy(&mut draft, Field::RunAttempt, "GITHUB_RUN_ATTEMPT")?;
    if let (Some(server), Some(name)) = (
        scene.get("GITHUB_SERVER_URL"),
        scene.get("GITHUB_REPOSITORY"),
    ) {
        draft.source_url = super::super::source::web_address(&format!("{server}/{name}"));
    }
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}

fn pull_request(scene: &Scene<'_>, full_ref: &str, draft: &mut Draft) -> Result<()> {
    if let Some(head) = scene.event_text("/pull_request/head/sha")? {
        draft.set(
            Field::Commit,
            head,
            "pull_request.head.sha of the event payload",
        )?;
    }
    match scene.get("GITHUB_HEAD_REF") {
        Some(branch) => draft.set(Field::Branch, branch, "GITHUB_HEAD_REF")?,
        None => {
            if let Some(branch) = scene.event_text("/pull_request/head/ref")? {
                draft.set(
                    Field::Branch,
                    branch,
                    "pull_request.head.ref of the event payload",
                )?;
            }
        }
    }
    draft.pr_number = scene.event_number("/pull_request/number")?;
    let Some(number) = pull_of_ref(full_ref) else {
        return Ok(());
    };
    let told = draft.pr_number;
    draft.set(Field::PrNumber, number, "GITHUB_REF")?;
    if told.is_some_and(|told| Some(told) != draft.pr_number) {
        return Err(Error::new(
            ErrorKind::InvalidMetadata,
            format!(
                "the event payload is of pull request {}, GITHUB_REF of {number}; \
                 give the payload of this run's own event",
                told.unwrap_or_default()
            ),
        ));
    }
    if full_ref.ends_with("/merge") {
        scene.copy(draft, Field::MergeCommit, "GITHUB_SHA")?;
    }
    Ok(())
}

fn workflow_run(scene: &Scene<'_>, draft: &mut Draft) -> Result<()> {
    if let Some(head) = scene.event_text("/workflow_run/head_sha")? {
        draft.set(
            Field::Commit,
            head,
            "workflow_run.head_sha of the event payload",
        )?;
    }
    if let Some(branch) = scene.event_text("/workflow_run/head_branch")?
        && !is_of_fork(scene)?
    {
        draft.set(
            Field::Branch,
            branch,
            "workflow_run.head_branch of the event payload",
        )?;
    }
    let pulls = scene
        .event
        .and_then(|event| event.pointer("/workflow_run/pull_requests"));
    if pulls
        .and_then(Value::as_array)
        .is_some_and(|pulls| pulls.len() == 1)
    {
        draft.pr_number = scene.event_number("/workflow_run/pull_requests/0/number")?;
    }
    Ok(())
}

/// Whether the run that triggered this one was of a fork. GitHub then names no pull request, and the
/// branch, which anyone may call `main`, would be taken for the one of that name here.
fn is_of_fork(scene: &Scene<'_>) -> Result<bool> {
    let at = |pointer| scene.event.and_then(|event| event.pointer(pointer));
    let here = match scene.get("GITHUB_REPOSITORY") {
        Some(here) => Some(here),
        None => scene.event_text("/repository/full_name")?,
    };
    let head = scene.event_text("/workflow_run/head_repository/full_name")?;
    let deleted = at("/workflow_run/head_repository").is_some_and(Value::is_null);
    Ok(match (head, here) {
        (Some(head), Some(here)) => !head.eq_ignore_ascii_case(here),
        _ => deleted,
    })
}
