//! Where our deployment stands.

use std::fmt;

use serde::Serialize;

use crate::harmless::escaped;
use crate::rollout::Outcome;
use crate::service::{Deployment, LifecycleHook};

/// Where a deployment stands at one moment.
///
/// JSON: `{"standing": "under-way", …}`. `ended` and `replaced` are final.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "standing",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Standing {
    /// ECS does not show it yet. Its answers may lag behind a write.
    NotVisibleYet,
    /// It goes on. A status that this library does not know counts as that.
    UnderWay {
        /// The status, as ECS writes it.
        status: String,
        /// The stage, as ECS writes it.
        #[serde(skip_serializing_if = "Option::is_none")]
        stage: Option<String>,
    },
    /// It waits for somebody in these hooks.
    Paused {
        /// The hooks.
        hooks: Vec<LifecycleHook>,
    },
    /// ECS takes it back.
    RollingBack {
        /// Why, in the words of ECS.
        reason: String,
    },
    /// It came to its end: `Completed`, `RolledBack` or `Failed`.
    Ended {
        /// What came of it.
        outcome: Outcome,
        /// Why, in the words of ECS where it gave some.
        reason: String,
    },
    /// A later deployment took its place. Whose that is, and whether it is newer, is not judged here.
    Replaced {
        /// The later one.
        by: Box<Deployment>,
    },
}

impl Standing {
    /// Whether it will not change any more.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Ended { .. } | Self::Replaced { .. })
    }

    pub(super) fn failed(reason: impl Into<String>) -> Self {
        Self::ended(Outcome::Failed, reason)
    }

    pub(super) fn ended(outcome: Outcome, reason: impl Into<String>) -> Self {
        Self::Ended {
            outcome,
            reason: reason.into(),
        }
    }
}

/// One line, harmless in a log.
impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotVisibleYet => f.write_str("ECS does not show the deployment yet"),
            Self::UnderWay { status, stage } => {
                write!(f, "under way: {}", escaped(status))?;
                match stage {
                    Some(stage) => write!(f, ", {}", escaped(stage)),
                    None => Ok(()),
                }
            }
            Self::Paused { hooks } => {
                f.write_str("waits to be continued or rolled back in hook ")?;
                for (number, hook) in hooks.iter().enumerate() {
                    let before = if number == 0 { "" } else { ", " };
                    write!(f, "{before}{}", escaped(&hook.hook_id))?;
                }
                Ok(())
            }
            Self::RollingBack { reason } => write!(f, "being rolled back: {}", escaped(reason)),
            Self::Ended { outcome, reason } => write!(f, "{outcome}: {}", escaped(reason)),
            Self::Replaced { by } => write!(
                f,
                "replaced by {} ({})",
                escaped(&by.id),
                by.task_definition.short()
            ),
        }
    }
}
