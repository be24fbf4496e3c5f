//! Judging running tasks.

use std::collections::HashMap;

use super::decide::Counts;
use super::proof::{ContainerProof, OtherTask, ProofSummary, TaskProof};
use super::reading::{running_digest, tagged_version};
use super::tally::{Tally, is_elsewhere};
use super::{ContainerVerdict, Meant, Proof, TaskVerdict};
use crate::service::{Container, ServiceAddress, Task, TaskDefinitionArn};
use crate::version::Version;

/// What `tasks` run, against what was meant.
///
/// Only tasks that run and are to go on running are judged; the others are listed apart, and
/// stopped ones passed over. More can be told with [`RunningTasks`].
pub fn judge(tasks: &[Task], meant: &Meant) -> Proof {
    RunningTasks::new(tasks).judge(meant)
}

/// The tasks of a service at one moment, with what else is known of it.
#[derive(Debug, Clone)]
pub struct RunningTasks<'a> {
    tasks: &'a [Task],
    service: Option<&'a ServiceAddress>,
    desired: Option<u32>,
    counted: Option<u32>,
    unseen: &'a [String],
    versions: HashMap<&'a TaskDefinitionArn, &'a Version>,
}

impl<'a> RunningTasks<'a> {
    /// These tasks, and nothing more known.
    pub fn new(tasks: &'a [Task]) -> Self {
        Self {
            tasks,
            service: None,
            desired: None,
            counted: None,
            unseen: &[],
            versions: HashMap::new(),
        }
    }

    /// The service that they are of.
    pub fn of(mut self, service: &'a ServiceAddress) -> Self {
        self.service = Some(service);
        self
    }

    /// How many tasks the service wants. With fewer that run, nothing is verified.
    pub fn desired(mut self, count: u32) -> Self {
        self.desired = Some(count);
        self
    }

    /// How many running tasks ECS counts in the service. With more than are judged, some are still
    /// being stopped, and nothing is verified.
    pub fn counted(mut self, count: u32) -> Self {
        self.counted = Some(count);
        self
    }

    /// Tasks that are listed, and of which ECS tells nothing. With one, nothing is verified.
    pub fn unseen(mut self, arns: &'a [String]) -> Self {
        self.unseen = arns;
        self
    }

    /// The version of a revision of the task definition. Without it, a version that the tag of an
    /// image names is taken.
    pub fn version(mut self, revision: &'a TaskDefinitionArn, version: &'a Version) -> Self {
        self.versions.insert(revision, version);
        self
    }

    /// What they run, against what was meant.
    pub fn judge(&self, meant: &Meant) -> Proof {
        let mut tally = Tally::default();
        let (mut tasks, mut starting, mut leaving) = (Vec::new(), Vec::new(), Vec::new());
        for task in self.tasks {
            match place(task) {
                Place::Running => {
                    let known = self.versions.get(&task.task_definition_arn).copied();
                    let known = known.or_else(|| {
                        let meant_revision = meant.task_definition()?;
                        meant
                            .version()
                            .filter(|_| *meant_revision == task.task_definition_arn)
                    });
                    let proof = judge_task(task, meant, known);
                    tally.add(&proof, meant);
                    tasks.push(proof);
                }
                Place::Starting => starting.push(other(task)),
                Place::Leaving => leaving.push(other(task)),
                Place::Gone => {}
            }
        }
        let disagreed = disagreed(&tally, meant);
        if !disagreed.is_empty() {
            tally = Tally::default();
            for task in &mut tasks {
                doubt(task, &disagreed);
                tally.add(task, meant);
            }
        }
        let (verdict, reason) = tally.verdict(
            meant,
            Counts {
                desired: self.desired,
                counted: self.counted,
                starting: count(starting.len()),
                unseen: count(self.unseen.len()),
            },
        );
        Proof {
            service: self.service.cloned(),
            summary: ProofSummary {
                verdict,
                reason,
                desired: self.desired,
                running: tally.running(),
                right: tally.right,
                wrong: tally.wrong,
                unknown: tally.unknown,
            },
            meant: meant.clone(),
            images: tally.images(),
            agreement_only: meant.agreeing().map(str::to_owned).collect(),
            tasks,
            starting,
            leaving,
            unseen: self.unseen.to_vec(),
            order: None,
        }
    }
}

/// Where a task is in its life.
pub(crate) enum Place {
    Starting,
    Running,
    /// Being stopped: it may still answer requests that it has begun.
    Leaving,
    Gone,
}

pub(crate) fn place(task: &Task) -> Place {
    if task.is_running() {
        Place::Running
    } else if task.last_status == "STOPPED" {
        Place::Gone
    } else if task.desired_status == "RUNNING"
        && matches!(
            task.last_status.as_str(),
            "PROVISIONING" | "PENDING" | "ACTIVATING"
        )
    {
        Place::Starting
    } else {
        Place::Leaving
    }
}

fn other(task: &Task) -> OtherTask {
    OtherTask {
        task_arn: task.task_arn.clone(),
        last_status: task.last_status.clone(),
        task_definition: task.task_definition_arn.clone(),
        deployment_id: task.started_by.clone(),
    }
}

/// What one running task runs. Where only agreement is asked for, a digest that is told counts as
/// right until the other tasks are known.
pub(crate) fn judge_task(task: &Task, meant: &Meant, version: Option<&Version>) -> TaskProof {
    let mut containers: Vec<ContainerProof> = task
        .containers
        .iter()
        .map(|container| judge_container(container, meant))
        .collect();
    for (name, image) in meant.images() {
        if !containers.iter().any(|container| container.name == name) {
            containers.push(ContainerProof {
                name: name.to_owned(),
                verdict: ContainerVerdict::Wrong,
                digest: None,
                expected: Some(image.digest().clone()),
                image: None,
            });
        }
    }
    let mut proof = TaskProof {
        task_arn: task.task_arn.clone(),
        verdict: TaskVerdict::Unknown,
        reason: None,
        version: version.cloned().or_else(|| {
            let mut images = task.containers.iter().filter_map(|c| c.image.as_deref());
            images.find_map(tagged_version)
        }),
        task_definition: task.task_definition_arn.clone(),
        deployment_id: task.started_by.clone(),
        containers,
    };
    settle(&mut proof);
    if proof.verdict == TaskVerdict::Right && is_elsewhere(&proof, meant) {
        proof.reason = Some("it is of another revision or deployment".to_owned());
    }
    proof
}

fn judge_container(container: &Container, meant: &Meant) -> ContainerProof {
    let digest = running_digest(container);
    let expected = meant.image(&container.name);
    let verdict = match (expected, &digest) {
        (Some(_), None) => ContainerVerdict::Unknown,
        (Some(image), Some(digest)) if image.has_digest(digest) => ContainerVerdict::Right,
        (Some(_), Some(_)) => ContainerVerdict::Wrong,
        (None, digest) if meant.must_agree(&container.name) => match digest {
            Some(_) => ContainerVerdict::Right,
            None => ContainerVerdict::Unknown,
        },
        (None, _) => ContainerVerdict::NotJudged,
    };
    ContainerProof {
        name: container.name.clone(),
        verdict,
        digest,
        expected: expected.map(|image| image.digest().clone()),
        image: container.image.clone(),
    }
}

/// The verdict on a task from those on its containers. One wrong container makes it wrong; a task
/// without a container that is judged is unknown.
fn settle(task: &mut TaskProof) {
    let first = |verdict: ContainerVerdict| {
        task.containers
            .iter()
            .find(|container| container.verdict == verdict)
    };
    let (verdict, reason) = if let Some(container) = first(ContainerVerdict::Wrong) {
        let name = &container.name;
        let reason = match (&container.digest, &container.expected) {
            (Some(digest), Some(expected)) => {
                format!("container {name} runs {digest}, meant was {expected}")
            }
            _ => format!("it has no container {name}"),
        };
        (TaskVerdict::Wrong, Some(reason))
    } else if let Some(container) = first(ContainerVerdict::Unknown) {
        let reason = match &container.digest {
            None => format!(
                "ECS does not tell the digest of container {}",
                container.name
            ),
            Some(digest) => format!(
                "container {} runs {digest}, other tasks run another image, and none is pinned",
                container.name
            ),
        };
        (TaskVerdict::Unknown, Some(reason))
    } else if first(ContainerVerdict::Right).is_some() {
        (TaskVerdict::Right, None)
    } else {
        let reason = "it has no container that is judged".to_owned();
        (TaskVerdict::Unknown, Some(reason))
    };
    task.verdict = verdict;
    task.reason = reason;
}

/// The containers whose tasks should agree and do not.
fn disagreed(tally: &Tally, meant: &Meant) -> Vec<String> {
    meant
        .agreeing()
        .filter(|container| tally.digests(container).len() > 1)
        .map(str::to_owned)
        .collect()
}

/// Of tasks that disagree, none can be said to be the right one.
fn doubt(task: &mut TaskProof, disagreed: &[String]) {
    for container in &mut task.containers {
        if disagreed.contains(&container.name) {
            container.verdict = ContainerVerdict::Unknown;
        }
    }
    settle(task);
}

fn count(tasks: usize) -> u32 {
    u32::try_from(tasks).unwrap_or(u32::MAX)
}
