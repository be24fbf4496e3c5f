//! Looking at the tasks of a service.

use std::collections::HashMap;

use crate::ports::{ServiceControl, TaskState};
use crate::service::{ServiceAddress, Task};
use crate::{Error, ErrorKind, Result};

/// How many tasks one call describes. Source: ECS `DescribeTasks`, `tasks`: up to 100.
pub(crate) const TASKS_PER_CALL: usize = 100;
/// More pages than any list of ECS has. A list that never ends is an error, not a proof.
pub(crate) const MAX_PAGES: usize = 10_000;

/// The tasks of a service that run or are to run.
pub(in crate::rollout) struct Look {
    pub(in crate::rollout) tasks: Vec<Task>,
    /// Tasks that are listed, and of which ECS tells nothing.
    pub(in crate::rollout) unseen: Vec<String>,
