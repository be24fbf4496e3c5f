//! What a rollout tells while it runs.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{DeployedVersion, LeftBehind, Outcome, ProofSummary, TaskFailure};
use crate::harmless::escaped;
use crate::service::TaskDefinitionArn;
use crate::version::Version;

/// What happened in a rollout.
///
/// JSON: `{"event": "task-failed", …}` with the members in camel case; [`to_json`](Self::to_json)
/// adds when it was told. [`Display`](fmt::Display) is one line, harmless in a log.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Event {
    /// The task definition is registered.
    Registered {
        /// The revision.
        task_definition: TaskDefinitionArn,
        /// Whether the same content was registered before, so that nothing was done.
        reused: bool,
    },
    /// The service was told to run it.
    Updated {
        /// The id of the deployment that began.
        deployment_id: String,
        /// What it puts in place.
        task_definition: TaskDefinitionArn,
        /// What it replaces.
        replaced: Vec<DeployedVersion>,
    },
    /// How far the deployment is. Told when it changes.
    Progress {
        /// Tasks that are wanted.
        desired: u32,
        /// Tasks that run.
        running: u32,
        /// Tasks that are not running yet.
        pending: u32,
        /// Tasks that failed so far. ECS counts from 0 again once a task runs; here they are added up.
        failed: u32,
        /// The stage, as ECS writes it.
        #[serde(skip_serializing_if = "Option::is_none")]
        stage: Option<String>,
        /// The status, as ECS writes it.
        status: String,
    },
    /// ECS wrote something that matters into the events of the service.
    ServiceMessage {
        /// When ECS wrote it.
        created_at: DateTime<Utc>,
        /// The words of ECS.
        message: String,
    },
    /// A task failed.
    TaskFailed(TaskFailure),
    /// The deployment waits for somebody in a hook.
    Paused {
        /// What `continue_service_deployment` names it by.
        hook_id: String,
        /// The stage, as ECS writes it.
        #[serde(skip_serializing_if = "Option::is_none")]
        stage: Option<String>,
        /// When it ends by itself.
        #[serde(skip_serializing_if = "Option::is_none")]
        expires_at: Option<DateTime<Utc>>,
        /// What happens then: `ROLLBACK` or `CONTINUE`.
        #[serde(skip_serializing_if = "Option::is_none")]
        timeout_action: Option<String>,
    },
    /// ECS takes the deployment back.
    RollingBack {
        /// Why, in the words of ECS.
        reason: String,
    },
    /// Something else took the place of the deployment.
    Superseded {
        /// What did.
        by: DeployedVersion,
    },
    /// A newer version that this rollout had replaced was put back.
    Healed {
        /// What was put back.
        restored: DeployedVersion,
    },
    /// Somebody put this version back; the rollout goes on with that deployment.
    Adopted {
        /// The id of that deployment.
        deployment_id: String,
        /// The version.
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<Version>,
    },
    /// Whether the version is newer than what it replaces cannot be told.
    OrderUnknown {
        /// Why not.
        reason: String,
    },
    /// The running tasks were looked at.
    Proved(ProofSummary),
    /// The running application was asked for its version.
    Asked {
        /// Where.
        url: String,
        /// What it answered.
        answer: String,
        /// Whether that is what was meant.
        right: bool,
        /// How many right answers in a row that makes.
        in_a_row: u32,
    },
    /// A request failed and is made again.
    Retrying {
        /// The code of the error.
        code: String,
        /// What happened.
        message: String,
        /// How long it waits before that.
        #[serde(rename = "nextDelaySeconds", serialize_with = "seconds")]
        next_delay: Duration,
    },
    /// The rollout came to its end.
    Finished {
        /// What came of it.
        outcome: Outcome,
        /// Why.
        reason: String,
    },
    /// The caller gave the rollout up.
    Cancelled {
        /// What it left behind.
        left: LeftBehind,
    },
}

impl Event {
    /// The event as JSON with the member `at`: when it was told.
    pub fn to_json(&self, at: DateTime<Utc>) -> Value {
        let mut json = serde_json::to_value(self).unwrap_or_default();
        if let Some(object) = json.as_object_mut() {
            let at = at.to_rfc3339_opts(SecondsFormat::Millis, true);
            object.shift_insert(1, "at".to_owned(), at.into());
        }
        json
    }
}

fn seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Registered {
                task_definition,
                reused: false,
            } => write!(f, "registered {}", task_definition.short()),
            Self::Registered {
                task_definition,
                reused: true,
            } => write!(f, "{} has this content already", task_definition.short()),
            Self::Updated {
                deployment_id,
                task_definition,
                replaced,
            } => {
                let short = task_definition.short();
                write!(f, "deploying {short} as {}", escaped(deployment_id))?;
                for (number, old) in replaced.iter().enumerate() {
                    let before = if number == 0 { "; replaces " } else { ", " };
                    write!(f, "{before}{old}")?;
                }
                Ok(())
            }
            Self::Progress {
                desired,
                running,
                pending,
                failed,
                stage,
                status,
            } => {
                write!(f, "{running} of {desired} tasks run, {pending} pending, ")?;
                write!(f, "{failed} failed; {}", escaped(status))?;
                match stage {
                    Some(stage) => write!(f, ", {}", escaped(stage)),
                    None => Ok(()),
                }
            }
            Self::ServiceMessage { message, .. } => write!(f, "ECS: {}", escaped(message)),
            Self::TaskFailed(failure) => failure.fmt(f),
            Self::Paused { hook_id, stage, .. } => {
                f.write_str("paused")?;
                if let Some(stage) = stage {
                    write!(f, " at {}", escaped(stage))?;
                }
                let hook = escaped(hook_id);
                write!(f, ": hook {hook} waits to be continued or rolled back")
            }
            Self::RollingBack { reason } => {
                write!(f, "ECS takes the deployment back: {}", escaped(reason))
            }
            Self::Superseded { by } => write!(f, "superseded by {by}"),
            Self::Healed { restored } => {
                write!(f, "put the newer {restored} back, which had been replaced")
            }
            Self::Adopted { deployment_id, .. } => {
                let id = escaped(deployment_id);
                write!(f, "this version was put back; watching {id}")
            }
            Self::OrderUnknown { reason } => {
                write!(
                    f,
                    "which version is newer is not known: {}",
                    escaped(reason)
                )
            }
            Self::Proved(proof) => {
                write!(f, "{}: {}", proof.verdict, escaped(&proof.reason))
            }
            Self::Asked {
                url,
                answer,
                right,
                in_a_row,
            } => {
                let (url, answer) = (escaped(url), escaped(answer));
                if *right {
                    write!(f, "{url} answers {answer}, {in_a_row} times in a row")
                } else {
                    write!(f, "{url} answers {answer}, which is not what was meant")
                }
            }
            Self::Retrying {
                code,
                message,
                next_delay,
            } => write!(
                f,
                "{}: {}; again in {:.1} s",
                escaped(code),
                escaped(message),
                next_delay.as_secs_f64()
            ),
            Self::Finished { outcome, reason } => write!(f, "{outcome}: {}", escaped(reason)),
            Self::Cancelled { left } => write!(f, "cancelled: {left}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_of_harmless_text() {
        let event = Event::ServiceMessage {
            created_at: DateTime::UNIX_EPOCH,
            message: "a\n::error::b\u{1b}[31m".to_owned(),
        };
        assert_eq!(event.to_string(), "ECS: a\\n::error::b\\u{1b}[31m");
    }

    #[test]
    fn the_json_names_the_event_and_when_it_was_told() {
        let event = Event::Retrying {
            code: "THROTTLED".to_owned(),
            message: "slow down".to_owned(),
            next_delay: Duration::from_millis(1500),
        };
        assert_eq!(
            event.to_json(DateTime::UNIX_EPOCH).to_string(),
            r#"{"event":"retrying","at":"1970-01-01T00:00:00.000Z","code":"THROTTLED","message":"slow down","nextDelaySeconds":1.5}"#
        );
    }
}
