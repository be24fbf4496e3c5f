//! Counting what tasks run, one task at a time, without keeping the tasks.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::proof::version_id;
use super::{ContainerVerdict, Meant, TaskProof, TaskVerdict, Verdict};
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
    pub(crate) starting: u32,
    seen: BTreeMap<Key, u32>,
}

/// Container, digest, version id (for the order of the map) and verdict.
type Key = (String, Option<Digest>, Option<String>, ContainerVerdict);

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

    /// The verdict and why. `desired` is how many tasks the service wants.
    pub(crate) fn verdict(&self, meant: &Meant, desired: Option<u32>) -> (Verdict, String) {
        let running = self.running();
        let wanted = desired.unwrap_or(running);
        if running == 0 {
            return (Verdict::Empty, nothing_runs(desired, self.starting));
        }
        if meant.is_empty() {
            let reason = "no container is meant to run anything: nothing can be judged";
            return (Verdict::Unknown, reason.to_owned());
        }
        if self.wrong > 0 {
            let verdict = if self.right > 0 || self.wrong_images_differ() {
                Verdict::Mixed
            } else {
                Verdict::Wrong
            };
            return (verdict, self.wrong_reason());
        }
        if let Some((container, count)) = self.disagreement(meant) {
            let reason = format!(
                "the running tasks run {count} different images in container {container}, which is \
                 not pinned"
            );
            return (Verdict::Mixed, reason);
        }
        if self.unknown > 0 {
            let reason = format!(
                "of {} of {running} running tasks ECS does not tell the digest",
                self.unknown
            );
            return (Verdict::Unknown, reason);
        }
        if self.elsewhere > 0 {
            let reason = format!(
                "{} of {running} running tasks are of another revision or deployment",
                self.elsewhere
            );
            return (Verdict::Incomplete, reason);
        }
        if running < wanted {
            let reason = format!("{running} tasks run, all right, but {wanted} are wanted");
            return (Verdict::Incomplete, reason);
        }
        (Verdict::Verified, verified(running, meant))
    }

    /// The first container whose tasks should agree and do not, with the number of its images.
    pub(crate) fn disagreement<'m>(&self, meant: &'m Meant) -> Option<(&'m str, usize)> {
        meant
            .agreeing()
            .map(|container| (container, self.digests(container).len()))
            .find(|(_, count)| *count > 1)
    }

    fn wrong_images_differ(&self) -> bool {
        let mut wrong: BTreeMap<&str, BTreeSet<&Digest>> = BTreeMap::new();
        for (name, digest, _, verdict) in self.seen.keys() {
            if let (Some(digest), ContainerVerdict::Wrong) = (digest, verdict) {
                wrong.entry(name).or_default().insert(digest);
            }
        }
        wrong.values().any(|digests| digests.len() > 1)
    }

    fn wrong_reason(&self) -> String {
        let running = self.running();
        let unknown = match self.unknown {
            0 => String::new(),
            unknown => format!("; of {unknown} more it is not known"),
        };
        if self.wrong == running {
            format!("none of {running} running tasks runs what was meant")
        } else {
            format!(
                "{} of {running} running tasks do not run what was meant{unknown}",
                self.wrong
            )
        }
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

fn nothing_runs(desired: Option<u32>, starting: u32) -> String {
    match (desired, starting) {
        (Some(0), _) => "the service wants no tasks, so that nothing is proved".to_owned(),
        (_, 0) => "no task runs".to_owned(),
        (_, starting) => format!("no task runs yet; {starting} are starting"),
    }
}

fn verified(running: u32, meant: &Meant) -> String {
    let unpinned: Vec<&str> = meant.agreeing().collect();
    let all = if running == 1 {
        "the one running task".to_owned()
    } else {
        format!("all {running} running tasks")
    };
    if meant.images().len() == 0 {
        format!(
            "{all} agree on one image; that it is the one that was meant cannot be shown, because \
             {} is not pinned",
            unpinned.join(", ")
        )
    } else if unpinned.is_empty() {
        format!("{all} run what was meant")
    } else {
        format!(
            "{all} run what was meant; of {}, not pinned, only that they agree can be shown",
            unpinned.join(", ")
        )
    }
}
