//! What a proof comes to.

use std::fmt;

use serde::Serialize;

/// Whether a service runs what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every wanted task runs, and each runs what was meant.
    Verified,
    /// Each task that runs is right, but some are missing, or tasks of another revision of the task
    /// definition still run.
    Incomplete,
    /// The tasks run different images: some what was meant and some not, or several others.
    Mixed,
    /// No task runs what was meant.
    Wrong,
    /// Of some task it cannot be told what it runs, or nothing was meant.
    Unknown,
    /// No task runs, so that nothing is proved; also where none is wanted.
    Empty,
}

impl Verdict {
    /// The verdict as it stands in JSON: `verified`, `incomplete`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Incomplete => "incomplete",
            Self::Mixed => "mixed",
            Self::Wrong => "wrong",
            Self::Unknown => "unknown",
            Self::Empty => "empty",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether one task runs what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskVerdict {
    /// Each container that is meant runs its image.
    Right,
    /// At least one runs another one, or is missing.
    Wrong,
    /// None is wrong, but of at least one it cannot be told.
    Unknown,
}

/// Whether one container runs what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContainerVerdict {
    /// It runs the meant digest, or that of one of the images of the meant index.
    Right,
    /// It runs another digest.
    Wrong,
    /// ECS does not tell its digest, or the tasks disagree where only agreement can be shown.
    Unknown,
    /// Nothing is meant for it: a sidecar that is not pinned, or one that ECS itself adds.
    NotJudged,
}
