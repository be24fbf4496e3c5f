//! `CircleCI`.
//!
//! `CIRCLE_PR_NUMBER` is there for pull requests of forks only; else the number ends the URL in
//! `CIRCLE_PULL_REQUEST`. The branch of a fork's is given as `pull/51`, which is no branch.
//! Source: `CircleCI`, "Project values and variables".

use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::{Reading, is_number};
use crate::Result;

const ADVICE: &str = "CIRCLE_SHA1 is not set; pass it into the container that asks, or set ARTIFACT_DEPLOY_COMMIT \
    to the commit that is built";

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    scene.copy(&mut draft, Field::Commit, "CIRCLE_SHA1")?;
    let branch = scene.get("CIRCLE_BRANCH");
    let of_fork = branch
        .and_then(|branch| branch.strip_prefix("pull/"))
        .filter(|number| is_number(number));
    if of_fork.is_none() {
        scene.copy(&mut draft, Field::Branch, "CIRCLE_BRANCH")?;
    }
    if scene.has("CIRCLE_PR_NUMBER") {
        scene.copy(&mut draft, Field::PrNumber, "CIRCLE_PR_NUMBER")?;
    } else if let Some(url) = scene.get("CIRCLE_PULL_REQUEST") {
        let number = url
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        draft.set(Field::PrNumber, number, "CIRCLE_PULL_REQUEST")?;
    } else if let Some(number) = of_fork {
        draft.set(Field::PrNumber, number, "CIRCLE_BRANCH")?;
    }
    scene.copy(&mut draft, Field::GitTag, "CIRCLE_TAG")?;
    scene.copy(&mut draft, Field::RunId, "CIRCLE_WORKFLOW_ID")?;
    scene.copy(&mut draft, Field::RunNumber, "CIRCLE_BUILD_NUM")?;
    scene.copy_source(&mut draft, &["CIRCLE_REPOSITORY_URL"]);
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}
