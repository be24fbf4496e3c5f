//! A git checkout without any CI system.

use super::super::draft::Draft;
use super::super::field::Field;
use super::super::scene::Scene;
use super::Reading;
use crate::Result;

pub(super) fn read(scene: &Scene<'_>) -> Result<Reading> {
    let mut draft = Draft::default();
    scene.copy_head(&mut draft)?;
    if let Some(git) = scene.git {
        if let Some(branch) = git.branch.as_deref() {
            draft.set(Field::Branch, branch, "git branch")?;
        }
        if let Some(tag) = git.tag.as_deref() {
            draft.set(Field::GitTag, tag, "git tag")?;
        }
        draft.source_url = git
            .remote_url
            .as_deref()
            .and_then(super::super::source::web_address);
    }
    Ok(Reading {
        draft,
        advice: "run in a git checkout that has a commit",
    })
}
