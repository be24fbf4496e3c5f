//! Bitbucket Pipelines.
//!
//! The pipeline's UUID stands in braces, which are dropped. A re-run has a new build number.
//! Source: Bitbucket, "Variables and secrets".

use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::Reading;
use crate::Result;

const ADVICE: &str = "BITBUCKET_COMMIT is not set; pass it into the container that asks, or set \
    ARTIFACT_DEPLOY_COMMIT to the commit that is built";

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    scene.copy(&mut draft, Field::Commit, "BITBUCKET_COMMIT")?;
    scene.copy(&mut draft, Field::Branch, "BITBUCKET_BRANCH")?;
    scene.copy(&mut draft, Field::GitTag, "BITBUCKET_TAG")?;
    scene.copy(&mut draft, Field::PrNumber, "BITBUCKET_PR_ID")?;
    if let Some(uuid) = scene.get("BITBUCKET_PIPELINE_UUID") {
        let uuid = uuid.trim_start_matches('{').trim_end_matches('}');
        draft.set(Field::RunId, uuid, "BITBUCKET_PIPELINE_UUID")?;
    }
    scene.copy(&mut draft, Field::RunNumber, "BITBUCKET_BUILD_NUMBER")?;
    scene.copy_source(
        &mut draft,
        &["BITBUCKET_GIT_HTTP_ORIGIN", "BITBUCKET_GIT_SSH_ORIGIN"],
    );
    Ok(Reading {
        draft,
        advice: ADVICE,
    })
}
