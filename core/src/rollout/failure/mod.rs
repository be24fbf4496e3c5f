//! Why tasks failed, and what to do.

mod code;
mod exit;
mod explain;
mod logs;
mod pull;
mod setup;
mod tally;
#[cfg(test)]
mod tests;
mod words;

pub use code::FailureCode;
pub use explain::explain;
pub(super) use tally::{Tally, likeness};

use std::fmt;

use serde::Serialize;

use crate::harmless::escaped;

/// Why a task failed, in the words of ECS and in words that help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskFailure {
    task_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<String>,
    code: FailureCode,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    exit_code: Option<i32>,
    advice: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_hint: Option<String>,
    count: u32,
}

impl TaskFailure {
    /// The ARN of the task; of the first one, when several failed alike.
    pub fn task_arn(&self) -> &str {
        &self.task_arn
    }

    /// The container that it is about.
    pub fn container(&self) -> Option<&str> {
        self.container.as_deref()
    }

    /// What kind of failure it is.
    pub fn code(&self) -> FailureCode {
        self.code
    }

    /// Why, in the words of ECS.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What the container exited with.
    pub fn exit_code(&self) -> Option<i32> {
        self.exit_code
    }

    /// What to do.
    pub fn advice(&self) -> &str {
        &self.advice
    }

    /// Where the container's log is.
    pub fn log_hint(&self) -> Option<&str> {
        self.log_hint.as_deref()
    }

    /// How many tasks failed alike.
    pub fn count(&self) -> u32 {
        self.count
    }
}

/// One line, harmless in a log.
impl fmt::Display for TaskFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => write!(f, "1 task failed")?,
            count => write!(f, "{count} tasks failed")?,
        }
        if let Some(container) = &self.container {
            write!(f, " in container {}", escaped(container))?;
        }
        write!(
            f,
            ": {}: {}. {}",
            self.code,
            escaped(self.reason.trim_end_matches('.')),
            escaped(&self.advice)
        )
    }
}
