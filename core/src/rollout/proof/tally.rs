//! Counting what tasks run, one task at a time, without keeping the tasks.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::proof::version_id;
use super::reading::is_managed;
use super::{ContainerVerdict, Meant, TaskProof, TaskVerdict};
use crate::image::Digest;
use crate::version::Version;

/// One image that running tasks run in one container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SeenImage {
    /// The container.
    pub container: String,
    /// The digest; absent where ECS does not tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The version of the task definition of these tasks, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "version_id")]
    pub version: Option<Version>,
    /// Whether it was meant.
    pub verdict: ContainerVerdict,
    /// How many running tasks run it.
    pub tasks: u32,
}

/// What decides on a service. It grows with the images that run, not with the tasks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) right: u32,
    pub(crate) wrong: u32,
    pub(crate) unknown: u32,
    /// Running tasks of another revision or deployment than the one that is meant.
    pub(crate) elsewhere: u32,
    pub(super) seen: BTreeMap<Key, u32>,
}

/// Container, digest, version id (for the order of the map) and verdict.
pub(super) type Key = (String, Option<Digest>, Option<String>, ContainerVerdict);

impl Tally {
    /// Counts one running task.
    pub(crate) fn add(&mut self, task: &TaskProof, meant: &Meant) {
        match task.verdict {
            TaskVerdict::Right => self.right += 1,
            TaskVerdict::Wrong => self.wrong += 1,
            TaskVerdict::Unknown => self.unknown += 1,
        }
        if is_elsewhere(task, meant) {
            self.elsewhere += 1;
        }
        let version = task.version.as_ref().map(ToString::to_string);
        for container in &task.containers {
            if container.verdict == ContainerVerdict::NotJudged && is_managed(&container.name) {
                continue;
            }
            let key = (
                container.name.clone(),
                container.digest.clone(),
                version.clone(),
                container.verdict,
            );
            *self.seen.entry(key).or_default() += 1;
        }
    }

    pub(crate) fn running(&self) -> u32 {
        self.right + self.wrong + self.unknown
    }

    /// The digests that tasks run in a container.
    pub(crate) fn digests(&self, container: &str) -> BTreeSet<&Digest> {
        self.seen
            .keys()
            .filter(|(name, ..)| name == container)
            .filter_map(|(_, digest, ..)| digest.as_ref())
            .collect()
    }

    /// What runs, in the order of containers, the most frequent first.
    pub(crate) fn images(&self) -> Vec<SeenImage> {
        let mut images: Vec<SeenImage> = self
            .seen
            .iter()
            .map(|((container, digest, version, verdict), tasks)| SeenImage {
                container: container.clone(),
                digest: digest.clone(),
                version: version.as_deref().and_then(|version| version.parse().ok()),
                verdict: *verdict,
                tasks: *tasks,
            })
            .collect();
        images.sort_by(|a, b| {
            (&a.container, a.verdict, b.tasks).cmp(&(&b.container, b.verdict, a.tasks))
        });
        images
    }

    /// The first container whose tasks should agree and do not, with the number of its images.
    pub(crate) fn disagreement<'m>(&self, meant: &'m Meant) -> Option<(&'m str, usize)> {
        meant
            .agreeing()
            .map(|container| (container, self.digests(container).len()))
            .find(|(_, count)| *count > 1)
    }
}

pub(crate) fn is_elsewhere(task: &TaskProof, meant: &Meant) -> bool {
    meant
        .task_definition()
        .is_some_and(|arn| *arn != task.task_definition)
        || meant
            .deployment()
            .is_some_and(|id| task.deployment_id.as_deref() != Some(id))
}
