//! Drives a rollout: fetches, applies and waits. What it means is decided elsewhere.
//!
//! | file | step |
//! |---|---|
//! | `target` | what is to run: found or registered (`register`) |
//! | `protocol` | the order of versions, step by step; `write` changes the service |
//! | `follow` | our deployment, until it ends |
//! | `proving` | the running tasks; then `traffic`, the targets and the application |
//! | `left` | what would be left behind, should the future be dropped now |
//! | `patience` | what is asked again, and until when |
//! | `reading`, `ledger` | what was seen of the deployments of the service |

mod follow;
mod ledger;
mod left;
mod patience;
mod protocol;
mod proving;
mod reading;
mod register;
mod service;
mod target;
mod teller;
mod traffic;
mod write;

use std::time::Duration;

use chrono::Utc;
use serde_json::{Map, Value, json};

use self::ledger::Ledger;
pub(super) use self::left::Left;
pub(super) use self::patience::{Patience, Stop};
pub(super) use self::reading::Reader;
pub(super) use self::register::look as look_for;
use self::service::find_known;
pub(super) use self::service::{
    find_revision, read_service, require_deployable, require_possible, told_to_run,
};
pub use self::target::VERSIONS_LOOKED_AT;
pub(super) use self::target::{Found, find_target};
pub(super) use self::teller::Teller;
use super::{
    DeployRequest, Deployer, Event, EvidenceDraft, EvidenceRecord, LeftBehind, Outcome, Until,
    default_timeout,
};
use crate::gate::Wait;
use crate::ports::RegisteredTaskDefinition;
use crate::service::ServiceSnapshot;
use crate::{Error, ErrorKind, Result};

/// How long the service is tried to be read when no deadline is set, also for a plan or a rollback: the
/// deadline of a deployment is derived from what that read shows.
pub(super) const FIRST_READ: Duration = Duration::from_mins(2);

/// One run.
struct Drive<'a> {
    deployer: &'a Deployer,
    request: &'a DeployRequest,
    reader: Reader<'a>,
    patience: Patience,
    left: Left,
    draft: EvidenceDraft,
}

/// Why a run came to its end.
struct End {
    outcome: Outcome,
    reason: String,
}

impl End {
    fn new(outcome: Outcome, reason: impl Into<String>) -> Self {
        Self {
            outcome,
            reason: reason.into(),
        }
    }
}

/// Runs `request` to its end.
pub(super) async fn run(
    deployer: &Deployer,
    request: &DeployRequest,
    teller: Teller,
) -> Result<EvidenceRecord> {
    let wait = deployer.wait.unwrap_or(Wait::for_up_to(FIRST_READ));
    let mut drive = Drive {
        deployer,
        request,
        reader: Reader::new(deployer.control.as_ref(), &request.service),
        patience: Patience::new(wait, teller.clone()),
        left: Left::nothing(teller.clone()),
        draft: EvidenceDraft::begin(
            request.service.clone(),
            request.intent,
            deployer.until,
            Utc::now(),
        ),
    };
    let end = drive.go().await;
    let result = drive.conclude(end);
    if let Ok(record) = &result
        && let Some(outcome) = record.outcome()
    {
        teller.tell(&Event::Finished {
            outcome,
            reason: record.reason().to_owned(),
        });
    }
    result
}

impl Drive<'_> {
    async fn go(&mut self) -> Result<End, Stop> {
        let service = self.begin().await?;
        let current = self.current(&service).await?;
        let found = find_target(
            self.deployer.control.as_ref(),
            &self.patience,
            self.request,
            current.as_ref(),
        )
        .await?;
        self.note(&found);
        if self.deployer.until > Until::Registered
            && let Some(end) = self.check_before(&service, current.as_ref(), &found)
        {
            return Ok(end);
        }
        let target = self.settle_target(found, current.as_ref()).await?;
        if self.deployer.until == Until::Registered {
            let name = target.revision.arn.short();
            return Ok(End::new(
                Outcome::Completed,
                format!("{name} is registered; the service was not touched"),
            ));
        }
        let end = self.put_in_place(&service, &target).await?;
        if end.outcome == Outcome::Completed && self.deployer.until == Until::Verified {
            return self.prove(&target, end).await;
        }
        Ok(end)
    }

    /// The service as it is, if it can be deployed, and from there the deadline.
    async fn begin(&mut self) -> Result<ServiceSnapshot, Stop> {
        let service = self.reader.service(&self.patience).await?;
        require_deployable(&self.request.service, &service)?;
        require_possible(&service, self.request.deployment_configuration.as_ref())?;
        if self.deployer.wait.is_none() {
            let configuration = self.request.deployment_configuration.as_ref();
            let wait = Wait::for_up_to(default_timeout(&service, configuration));
            self.patience = Patience::new(wait, self.patience.teller().clone());
        }
        Ok(service)
    }

    /// What the service is told to run.
    async fn current(
        &mut self,
        service: &ServiceSnapshot,
    ) -> Result<Option<RegisteredTaskDefinition>, Stop> {
        let Some(arn) = told_to_run(service) else {
            return Ok(None);
        };
        let current = find_known(self.reader.control, &self.patience, arn).await?;
        let version = current.as_ref().and_then(super::version_of);
        self.reader
            .ledger
            .know_version(arn.clone(), version.clone());
        self.draft.previous(super::DeployedVersion {
            deployment_id: service.primary().map(|primary| primary.id.clone()),
            task_definition: Some(arn.clone()),
            version,
        });
        Ok(current)
    }

    fn tell(&self, event: &Event) {
        self.patience.teller().tell(event);
    }

    /// The record, or the error with the record so far.
    fn conclude(self, end: Result<End, Stop>) -> Result<EvidenceRecord> {
        let left = self.left.behind();
        self.left.settle();
        let mut draft = self.draft;
        let now = Utc::now();
        match end {
            Ok(End { outcome, reason }) => {
                draft.left(left);
                Ok(draft.finish(outcome, reason, now))
            }
            Err(Stop::Deadline(last)) => {
                let reason = too_late(self.patience.timeout(), &left, last.as_ref());
                draft.left(left);
                Ok(draft.finish(Outcome::TimedOut, reason, now))
            }
            Err(Stop::Error(error)) => {
                let message = format!("{}; {left}", error.message());
                let record = draft.break_off(error.message(), left, now);
                let mut details = match error.details() {
                    Some(Value::Object(details)) => details.clone(),
                    _ => Map::new(),
                };
                details.insert("record".to_owned(), json!(record));
                Err(Error::new(error.kind(), message)
                    .with_details(details.into())
                    .with_source(error))
            }
        }
    }
}

fn too_late(timeout: Duration, left: &LeftBehind, last: Option<&Error>) -> String {
    let mut reason = format!(
        "not finished after {} s: {left}",
        timeout.as_secs_f64().round()
    );
    if let Some(last) = last {
        reason.push_str("; at last: ");
        reason.push_str(last.message());
    }
    reason
}

/// An answer that makes no sense.
fn senseless(what: &str) -> Error {
    Error::new(ErrorKind::UnexpectedResponse, what.to_owned())
}
