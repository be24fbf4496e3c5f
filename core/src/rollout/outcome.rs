//! What was asked of a rollout, and what can come of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::service::TaskDefinitionArn;
use crate::version::Version;

/// What came of a rollout. Only [`Completed`](Self::Completed) is success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It went as far as it was asked to go.
    Completed,
    /// ECS took it back: what was there before is in place.
    RolledBack,
    /// It failed and was not taken back.
    Failed,
    /// A newer version, or somebody's newer deployment, took its place.
    Superseded,
    /// It had not come to its end at the deadline. ECS goes on by itself.
    TimedOut,
}

impl Outcome {
    /// The outcome as it stands in records: `completed`, `rolled-back`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::RolledBack => "rolled-back",
            Self::Failed => "failed",
            Self::Superseded => "superseded",
            Self::TimedOut => "timed-out",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far a rollout goes before it is called complete. Each step has those before it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    /// The task definition is registered. The service is not touched.
    Registered,
    /// The service is told to run it.
    Deployed,
    /// ECS calls its deployment successful.
    Stable,
    /// Every running task is proven to run it.
    #[default]
    Verified,
}

impl Until {
    /// The step as it stands in records: `registered`, `deployed`, `stable` or `verified`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Deployed => "deployed",
            Self::Stable => "stable",
            Self::Verified => "verified",
        }
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a rollout is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intent {
    /// A version is to replace what runs, unless that is newer.
    #[default]
    Deploy,
    /// An older version is to come back.
    Rollback,
    /// A version that is proven elsewhere is to come here.
    Promote,
}

impl Intent {
    /// The intent as it stands in records: `deploy`, `rollback` or `promote`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Rollback => "rollback",
            Self::Promote => "promote",
        }
    }
}

impl fmt::Display for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a service runs or ran, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeployedVersion {
    /// The id of its deployment, `ecs-svc/…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_id: Option<String>,
    /// Its task definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<TaskDefinitionArn>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
}

/// The version, else the revision, else the deployment.
impl fmt::Display for DeployedVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.version, &self.task_definition, &self.deployment_id) {
            (Some(version), Some(revision), _) => write!(f, "{version} ({})", revision.short()),
            (Some(version), None, _) => version.fmt(f),
            (None, Some(revision), _) => f.write_str(&revision.short()),
            (None, None, Some(id)) => f.write_str(&crate::harmless::escaped(id)),
            (None, None, None) => f.write_str("something unknown"),
        }
    }
}

/// What a rollout that was cancelled, or ran out of time, left behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum LeftBehind {
    /// Nothing was changed.
    Unchanged,
    /// A revision was registered; the service was not touched.
    Registered {
        /// The revision.
        task_definition: TaskDefinitionArn,
    },
    /// The service was told to run it, and goes on by itself.
    Updating {
        /// The revision.
        task_definition: TaskDefinitionArn,
        /// Its deployment, where the answer told it.
        #[serde(skip_serializing_if = "Option::is_none")]
        deployment_id: Option<String>,
    },
    /// A request that changes something was under way: whether it was carried out is not known.
    Unknown {
        /// The revision, where it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        task_definition: Option<TaskDefinitionArn>,
    },
}

impl fmt::Display for LeftBehind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unchanged => f.write_str("nothing was changed"),
            Self::Registered { task_definition } => write!(
                f,
                "{} was registered, the service was not touched",
                task_definition.short()
            ),
            Self::Updating {
                task_definition, ..
            } => write!(
                f,
                "the service was told to run {} and goes on by itself",
                task_definition.short()
            ),
            Self::Unknown { task_definition } => {
                f.write_str("a request was under way")?;
                if let Some(task_definition) = task_definition {
                    write!(f, " for {}", task_definition.short())?;
                }
                f.write_str(" and whether it was carried out is not known")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_json_and_of_text_are_the_same() {
        let outcomes = [
            Outcome::Completed,
            Outcome::RolledBack,
            Outcome::Failed,
            Outcome::Superseded,
            Outcome::TimedOut,
        ];
        for outcome in outcomes {
            assert_eq!(serde_json::json!(outcome), outcome.as_str());
        }
        for until in [
            Until::Registered,
            Until::Deployed,
            Until::Stable,
            Until::Verified,
        ] {
            assert_eq!(serde_json::json!(until), until.as_str());
        }
        for intent in [Intent::Deploy, Intent::Rollback, Intent::Promote] {
            assert_eq!(serde_json::json!(intent), intent.as_str());
        }
    }

    #[test]
    fn each_step_comes_after_those_that_it_has() {
        assert!(Until::Registered < Until::Deployed);
        assert!(Until::Deployed < Until::Stable);
        assert!(Until::Stable < Until::default());
    }
}
