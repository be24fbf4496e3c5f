//! The tasks of one service, counted as they come.

use std::collections::{BTreeMap, BTreeSet};

use super::{RevisionCount, ServiceVerdict};
use crate::image::Digest;
use crate::rollout::proof::{
    Counts, Meant, MeantImage, Place, ProofSummary, Tally, TaskProof, TaskVerdict, Verdict,
    is_managed, judge_task, pinned_digest, place,
};
use crate::service::{ServiceAddress, ServiceSnapshot, Task, TaskDefinitionArn};
use crate::version::Version;

/// How many tasks that are not right are kept of one service.
pub(super) const SHOWN: usize = 10;

/// What is kept of a service while its tasks come. It grows with what different things run, not with
/// the tasks.
#[derive(Default)]
pub(super) struct Fold {
    tally: Tally,
    starting: u32,
    /// Each revision with its number of tasks and one of them.
    revisions: BTreeMap<TaskDefinitionArn, (u32, String)>,
    pinned: BTreeMap<String, Digest>,
    unpinned: BTreeSet<String>,
    shown: Vec<TaskProof>,
}

impl Fold {
    /// Counts one task: against what was meant or, where nothing is named, against the digest that
    /// its own image is pinned to, which ECS tells with each container.
    pub(super) fn add(&mut self, task: &Task, named: Option<&Meant>) {
        match place(task) {
            Place::Running => {}
            Place::Starting => {
                self.starting += 1;
                return;
            }
            Place::Leaving | Place::Gone => return,
        }
        let own;
        let meant = if let Some(meant) = named {
            meant
        } else {
            own = self.meaning_of(task);
            &own
        };
        let proof = judge_task(task, meant, None);
        self.tally.add(&proof, meant);
        let revision = self.revisions.entry(task.task_definition_arn.clone());
        revision.or_insert_with(|| (0, task.task_arn.clone())).0 += 1;
        if proof.verdict != TaskVerdict::Right && self.shown.len() < SHOWN {
            self.shown.push(proof);
        }
    }

    fn meaning_of(&mut self, task: &Task) -> Meant {
        let mut meant = Meant::new();
        for container in &task.containers {
            if is_managed(&container.name) {
                continue;
            }
            if let Some(digest) = container.image.as_deref().and_then(pinned_digest) {
                self.pinned.insert(container.name.clone(), digest.clone());
                meant = meant.with_digest(&container.name, MeantImage::new(digest));
            } else {
                self.unpinned.insert(container.name.clone());
                meant = meant.with_agreement(&container.name);
            }
        }
        meant
    }

    pub(super) fn running(&self) -> u32 {
        self.tally.running()
    }

    /// The revisions that run.
    pub(super) fn revisions(&self) -> impl Iterator<Item = &TaskDefinitionArn> {
        self.revisions.keys()
    }

    /// What the service comes to.
    pub(super) fn decide<'v>(
        mut self,
        service: ServiceAddress,
        snapshot: &ServiceSnapshot,
        named: Option<&Meant>,
        version: impl Fn(&TaskDefinitionArn) -> Option<&'v Version>,
    ) -> ServiceVerdict {
        let meant = match named {
            Some(meant) => meant.clone(),
            None => self.meaning(),
        };
        if let (None, Some(own)) = (named, &snapshot.task_definition) {
            let here = self.revisions.get(own).map_or(0, |(tasks, _)| *tasks);
            self.tally.elsewhere = self.running() - here;
        }
        let counts = Counts {
            desired: Some(snapshot.desired_count),
            counted: Some(snapshot.running_count),
            starting: self.starting,
            unseen: 0,
        };
        let (verdict, reason) = match self.several(named.is_some()) {
            Some(reason) => (Verdict::Mixed, reason),
            None => self.tally.verdict(&meant, counts),
        };
        ServiceVerdict {
            service,
            summary: ProofSummary {
                verdict,
                reason,
                desired: counts.desired,
                running: self.tally.running(),
                right: self.tally.right,
                wrong: self.tally.wrong,
                unknown: self.tally.unknown,
            },
            images: self.tally.images(),
            revisions: self
                .revisions
                .into_iter()
                .map(|(arn, (tasks, example))| RevisionCount {
                    version: version(&arn).cloned(),
                    task_definition: arn,
                    tasks,
                    example,
                })
                .collect(),
            agreement_only: meant.agreeing().map(str::to_owned).collect(),
            tasks: self.shown,
            order: None,
        }
    }

    /// What all of its tasks together say that is meant.
    fn meaning(&self) -> Meant {
        let unpinned = self.unpinned.iter();
        let agreeing = unpinned.fold(Meant::new(), |meant, name| meant.with_agreement(name));
        let pinned = self.pinned.iter();
        pinned.fold(agreeing, |meant, (name, digest)| {
            meant.with_digest(name, MeantImage::new(digest.clone()))
        })
    }

    /// Tasks that are each what their own revision says, and yet are not the same.
    fn several(&self, named: bool) -> Option<String> {
        if named || self.tally.wrong > 0 {
            return None;
        }
        let (container, count) = self
            .pinned
            .keys()
            .map(|container| (container, self.tally.digests(container).len()))
            .find(|(_, count)| *count > 1)?;
        Some(format!(
            "the running tasks are of {} revisions and run {count} different images in container \
             {container}",
            self.revisions.len()
        ))
    }
}
