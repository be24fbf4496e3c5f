//! Registers a revision, unless there is one.

use std::time::Duration;

use super::service::find_revision;
use super::write::settles;
use super::{Left, Patience, Stop};
use crate::ports::{RegisteredTaskDefinition, ServiceControl};
use crate::rollout::LeftBehind;
use crate::rollout::registration::Registration;
use crate::service::TaskDefinitionArn;
use crate::{ErrorKind, Result};

/// How many of the newest revisions of a family are looked at for the same content, beside the one
/// that the service runs. One call each, and reading is cheap: 20 in a second, where registering is 1.
pub(super) const LOOKED_AT: usize = 5;
/// How long a revision is looked for at most whose registration was not answered: a second one would
/// be a nuisance, where a second deployment would be harm.
const SETTLES: Duration = Duration::from_secs(20);

/// Whether anything was registered, and which revision it is.
#[derive(Debug)]
pub(in crate::rollout) struct Registered {
    pub(in crate::rollout) revision: RegisteredTaskDefinition,
    pub(in crate::rollout) reused: bool,
}

/// The revision with this content: one that is there, else a new one.
pub(super) async fn register(
    control: &dyn ServiceControl,
    patience: &Patience,
    left: &Left,
    registration: &Registration,
    current: Option<&RegisteredTaskDefinition>,
) -> Result<Registered, Stop> {
    let (found, newest) = look(control, patience, registration, current, 0).await?;
    if let Some(revision) = found {
        let reused = true;
        return Ok(Registered { revision, reused });
    }
    let mut pace = patience.pace();
    loop {
        left.now(LeftBehind::Unknown {
            task_definition: None,
        });
        let error = match patience
            .once(control.register_task_definition(registration.document()))
            .await
        {
            Ok(revision) => return Ok(new(left, revision)),
            Err(error) => error,
        };
        let in_doubt = leaves_open(error.kind());
        if !in_doubt {
            left.now(LeftBehind::Unchanged);
        }
        if in_doubt {
            let settled = patience.at_most(settles(patience, &error).min(SETTLES));
            let mut pace = settled.pace();
            loop {
                let (found, _) = look(control, patience, registration, None, newest).await?;
                if let Some(revision) = found {
                    return Ok(new(left, revision));
                }
                if !pace.pause().await {
                    break;
                }
            }
        } else if !error.is_retryable() {
            return Err(Stop::Error(error));
        }
        if !pace.after(&error, patience.teller()).await {
            return Err(Stop::Deadline(Some(error)));
        }
    }
}

fn new(left: &Left, revision: RegisteredTaskDefinition) -> Registered {
    left.now(LeftBehind::Registered {
        task_definition: revision.arn.clone(),
    });
    Registered {
        revision,
        reused: false,
    }
}

/// Whether a request with this error may have been carried out all the same.
pub(super) fn leaves_open(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Timeout | ErrorKind::ServiceUnavailable | ErrorKind::UnexpectedResponse
    )
}

/// The revision with this content among `current` and the newest of the family that are newer than
/// `after`, and the number of the newest.
pub(in crate::rollout) async fn look(
    control: &dyn ServiceControl,
    patience: &Patience,
    registration: &Registration,
    current: Option<&RegisteredTaskDefinition>,
    after: u32,
) -> Result<(Option<RegisteredTaskDefinition>, u32), Stop> {
    let family = registration.family();
    let page = patience
        .read(|| control.list_task_definitions(family, None))
        .await?;
    let mut newest = page.items;
    // ECS lists by prefix where it lists at all: `app` would bring `app-worker` along.
    newest.retain(|arn| arn.family() == family);
    let latest = newest
        .iter()
        .map(TaskDefinitionArn::revision)
        .max()
        .unwrap_or(0);
    if let Some(current) = current.filter(|current| registration.is(current)) {
        return Ok((Some(current.clone()), latest));
    }
    newest.retain(|arn| arn.revision() > after);
    for arn in newest.iter().take(LOOKED_AT) {
        if current.is_some_and(|current| current.arn == *arn) {
            continue;
        }
        let revision = patience
            .read(|| find_revision(control, arn.as_str()))
            .await?;
        if let Some(revision) = revision.filter(|revision| registration.is(revision)) {
            return Ok((Some(revision), latest));
        }
    }
    Ok((None, latest))
}
