//! The verdict on a service, from counts alone.

use std::collections::{BTreeMap, BTreeSet};

use super::tally::Tally;
use super::{ContainerVerdict, Meant, Verdict};
use crate::image::Digest;

/// What is known of a service beside its running tasks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// How many tasks it wants.
    pub(crate) desired: Option<u32>,
    /// How many running tasks ECS counts.
    pub(crate) counted: Option<u32>,
    /// Tasks that do not run yet.
    pub(crate) starting: u32,
    /// Tasks that are listed, and of which ECS tells nothing.
    pub(crate) unseen: u32,
}

impl Tally {
    /// The verdict and why.
    pub(crate) fn verdict(&self, meant: &Meant, counts: Counts) -> (Verdict, String) {
        let running = self.running();
        let wanted = counts.desired.unwrap_or(running);
        if running == 0 {
            return (Verdict::Empty, nothing_runs(counts));
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
                "of {running} running tasks, {} without a digest that ECS tells",
                self.unknown
            );
            return (Verdict::Unknown, reason);
        }
        if counts.unseen > 0 {
            let reason = format!(
                "tasks of which ECS tells nothing, although it lists them: {}",
                counts.unseen
            );
            return (Verdict::Unknown, reason);
        }
        if self.elsewhere > 0 {
            let reason = format!(
                "of {running} running tasks, {} of another revision or deployment",
                self.elsewhere
            );
            return (Verdict::Incomplete, reason);
        }
        if running < wanted {
            let reason = format!("{running} of {wanted} wanted tasks run, all of them right");
            return (Verdict::Incomplete, reason);
        }
        if let Some(counted) = counts.counted.filter(|counted| *counted > running) {
            let reason = format!(
                "ECS counts {counted} running tasks, of which {running} to go on running: the others are \
                 still being stopped"
            );
            return (Verdict::Incomplete, reason);
        }
        (Verdict::Verified, verified(running, meant))
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
            unknown => format!(", {unknown} unknown"),
        };
        if self.wrong == running {
            match running {
                1 => "the one running task does not run what was meant".to_owned(),
                more => format!("none of {more} running tasks runs what was meant"),
            }
        } else {
            let do_not = if self.wrong == 1 {
                "does not"
            } else {
                "do not"
            };
            format!(
                "{} of {running} running tasks {do_not} run what was meant{unknown}",
                self.wrong
            )
        }
    }
}

fn nothing_runs(counts: Counts) -> String {
    match (counts.desired, counts.starting) {
        (Some(0), _) => "the service wants no tasks, so that nothing is proved".to_owned(),
        (_, 0) => "no task runs".to_owned(),
        (_, starting) => format!("no task runs yet; {starting} are starting"),
    }
}

fn verified(running: u32, meant: &Meant) -> String {
    let unpinned = meant.agreeing().collect::<Vec<_>>().join(", ");
    let all = match running {
        1 => "the one running task runs".to_owned(),
        more => format!("all {more} running tasks run"),
    };
    if unpinned.is_empty() {
        format!("{all} what was meant")
    } else if meant.images().len() == 0 {
        format!(
            "{all} the same image; that it is the one that was meant cannot be shown, because \
             {unpinned} is not pinned"
        )
    } else {
        format!(
            "{all} what was meant; of {unpinned}, not pinned, only that it is the same everywhere can be \
             shown"
        )
    }
}
