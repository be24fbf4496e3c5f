//! The proof for a terminal.

use std::fmt::Write as _;

use super::{ContainerVerdict, Proof, SeenImage, TaskProof, TaskVerdict};
use crate::harmless::escaped;

/// How many tasks that are not right are written out. The JSON form has all of them.
pub(super) const SHOWN: usize = 20;

impl Proof {
    /// The proof as plain text, for a terminal or a log: the verdict, what runs with counts, and the
    /// tasks that are not right.
    ///
    /// No colours, no control characters; lines end in `\n`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(
            out,
            "{:<10} {}",
            self.verdict().as_str().to_uppercase(),
            self.subject()
        );
        let _ = writeln!(out, "  {}", escaped(self.reason()));
        for image in self.images() {
            let _ = writeln!(
                out,
                "  {:<10} {:>4} × {}",
                word(image.verdict),
                image.tasks,
                escaped(&described(image))
            );
        }
        let wrong: Vec<&TaskProof> = self.not_right().collect();
        for task in wrong.iter().take(SHOWN) {
            let reason = task.reason.as_deref().unwrap_or_default();
            let _ = writeln!(
                out,
                "  task {} ({}): {}",
                escaped(short(&task.task_arn)),
                task.task_definition.short(),
                escaped(reason)
            );
        }
        if let Some(more) = wrong.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let _ = writeln!(out, "  and {more} more");
        }
        if let Some(order) = self.order() {
            let _ = writeln!(out, "  order      {}", escaped(&order.reason));
        }
        for (what, tasks) in [("starting", self.starting()), ("leaving", self.leaving())] {
            if !tasks.is_empty() {
                let _ = writeln!(out, "  {:<10} {:>4} tasks, not judged", what, tasks.len());
            }
        }
        out
    }

    pub(super) fn subject(&self) -> String {
        match self.service() {
            Some(service) => service.to_string(),
            None => "running tasks".to_owned(),
        }
    }

    /// The tasks that keep it from being verified by themselves.
    pub(crate) fn not_right(&self) -> impl Iterator<Item = &TaskProof> {
        self.tasks()
            .iter()
            .filter(|task| task.verdict != TaskVerdict::Right || task.reason.is_some())
    }
}

pub(super) fn word(verdict: ContainerVerdict) -> &'static str {
    match verdict {
        ContainerVerdict::Right => "right",
        ContainerVerdict::Wrong => "wrong",
        ContainerVerdict::Unknown => "unknown",
        ContainerVerdict::NotJudged => "not judged",
    }
}

fn described(image: &SeenImage) -> String {
    let digest = match &image.digest {
        Some(digest) => digest.as_str(),
        None => "digest not told",
    };
    match &image.version {
        Some(version) => format!("{} {digest} ({version})", image.container),
        None => format!("{} {digest}", image.container),
    }
}

/// The id of a task: the last part of its ARN.
pub(super) fn short(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
