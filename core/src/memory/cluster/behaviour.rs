//! How images behave once tasks run them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::pull::PullFailure;
use crate::image::Digest;

/// What becomes of tasks that run an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Behaviour {
    /// It starts, and passes all checks.
    #[default]
    Healthy,
    /// It is healthy, but takes this much longer to start.
    SlowStart(Duration),
    /// It exits, again and again.
    CrashLoop {
        /// With this code.
        exit_code: i32,
        /// After it has been `RUNNING` for so long: ECS then does not count it as a failure.
        /// Without: before it is `RUNNING`.
        after: Option<Duration>,
    },
    /// It is killed for its memory as it starts.
    OutOfMemory,
    /// It runs, but never passes a check of this kind, where there is one.
    NeverHealthy(Check),
    /// Its secrets cannot be read.
    SecretsUnreadable,
    /// It cannot be pulled.
    CannotPull(PullFailure),
    /// Its command is not in the image.
    CannotStart,
}

/// What checks a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The health check of a container.
    Container,
    /// The health check of a target group.
    Target,
}

/// A behaviour with what it is the behaviour of.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// A digest, an image as a task definition names it, or a tag.
    pub(super) image: String,
    pub(super) behaviour: Behaviour,
    pub(super) tasks: Option<u32>,
}

/// All rules; the one that was given last goes first.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules(Vec<Rule>);

impl Rules {
    pub(super) fn add(&mut self, rule: Rule) {
        self.0
            .retain(|old| old.image != rule.image || rule.tasks.is_some());
        self.0.push(rule);
    }

    /// How the next task behaves that runs `image`, and resolved it to `digest`; uses the rule up by
    /// one. `of` says which behaviours are in question.
    pub(super) fn next(
        &mut self,
        image: &str,
        tag: Option<&str>,
        digest: Option<&Digest>,
        of: impl Fn(Behaviour) -> bool,
    ) -> Behaviour {
        let digest = digest.map(Digest::as_str);
        let rule = self.0.iter_mut().rev().find(|rule| {
            let named = rule.image == image
                || Some(rule.image.as_str()) == tag
                || Some(rule.image.as_str()) == digest;
            named && rule.tasks != Some(0)
        });
        match rule {
            Some(rule) if of(rule.behaviour) => {
                rule.tasks = rule.tasks.map(|tasks| tasks.saturating_sub(1));
                rule.behaviour
            }
            _ => Behaviour::Healthy,
        }
    }
}

impl Behaviour {
    /// Whether it shows before there is an image.
    pub(super) fn is_of_pull(self) -> bool {
        matches!(self, Self::CannotPull(_) | Self::SecretsUnreadable)
    }
}
