//! Proves what runs.

use tokio::time::Instant;

use super::patience::LAGS;
use super::target::Target;
use super::{Drive, End, Stop};
use crate::rollout::audit::{OlderInPlace, out_of_order_among};
use crate::rollout::proof::verify_running;
use crate::rollout::{Event, Intent, Outcome, Proof, ProofSummary, Until, Verdict};
use crate::service::{DeploymentStatus, ServiceSnapshot};
use crate::{Error, ErrorKind, Result};

/// How many deployments are looked through for a newer version that was not put back. One call for
/// each revision among them.
const EARLIER: usize = 20;

impl Drive<'_> {
    /// Proves that the running tasks run what was meant. `end` is what came of the deployment.
    pub(super) async fn prove(&mut self, target: &Target, end: End) -> Result<End, Stop> {
        let (control, service) = (self.reader.control, self.reader.service);
        let mut pace = self.patience.pace();
        let mut last: Option<(ProofSummary, Instant)> = None;
        loop {
            let meant = Some(&target.meant);
            let proof = self
                .patience
                .read_known(|| verify_running(control, service, meant))
                .await?;
            let summary = proof.summary().clone();
            self.draft.proof(proof.clone());
            let changed = last.as_ref().is_none_or(|(before, _)| *before != summary);
            if changed {
                self.tell(&Event::Proved(summary.clone()));
                last = Some((summary.clone(), Instant::now()));
            }
            if proof.is_verified() {
                let mut reason = format!("{}; {}", summary.reason, end.reason);
                if let Some(found) = self.left_out_of_order().await {
                    reason = format!("{reason}; {}", found.reason);
                    self.draft.proof(proof.with_order(Some(found)));
                }
                return self
                    .prove_traffic(target, End::new(end.outcome, reason))
                    .await;
            }
            let service = self.reader.service(&self.patience).await?;
            if let Some(end) = self.taken_over(&service, target).await? {
                return Ok(end);
            }
            if nothing_is_wanted(&proof) {
                self.draft.until(Until::Stable);
                return Ok(End::new(
                    Outcome::Completed,
                    "stable, but nothing is proven: the service wants no task, and none runs",
                ));
            }
            if replaces(&service) {
                // What is wrong is on its way out: no time counts before it is.
                last = Some((summary.clone(), Instant::now()));
            }
            let since = last.as_ref().map(|(_, since)| since.elapsed());
            if is_wrong(&proof) && since.is_some_and(|since| since >= LAGS) {
                return Ok(End::new(
                    Outcome::Failed,
                    format!(
                        "ECS calls it done, but the tasks say otherwise: {}",
                        summary.reason
                    ),
                ));
            }
            if !pace.pause().await {
                return Err(not_yet(&summary.reason));
            }
        }
    }

    /// A newer version that somebody replaced by an older one before this deployment, and never put
    /// back. Where it cannot be told, that is told: it changes nothing in what is proven.
    async fn left_out_of_order(&mut self) -> Option<OlderInPlace> {
        if self.request.intent == Intent::Rollback || self.request.unguarded.is_some() {
            return None;
        }
        let (control, service) = (self.reader.control, self.reader.service);
        let found = self
            .patience
            .read(|| out_of_order_among(control, service, EARLIER))
            .await;
        match found {
            Ok(found) => found,
            Err(stop) => {
                let error = stop.into_error();
                self.order_unknown(format!(
                    "the earlier deployments cannot be read ({})",
                    error.message()
                ));
                None
            }
        }
    }

    /// The end, when something else took the place of what is being proven.
    pub(super) async fn still_ours(&mut self, target: &Target) -> Result<Option<End>, Stop> {
        let service = self.reader.service(&self.patience).await?;
        self.taken_over(&service, target).await
    }

    /// The same, from a read of the service.
    async fn taken_over(
        &mut self,
        service: &ServiceSnapshot,
        target: &Target,
    ) -> Result<Option<End>, Stop> {
        let other = service
            .primary()
            .filter(|primary| primary.task_definition != target.revision.arn);
        let Some(other) = other else { return Ok(None) };
        self.reader.view(&self.patience).await?;
        let by = self.named(other);
        Ok(Some(self.superseded(by)))
    }
}

/// The deadline has come, and this is what was still missing.
pub(super) fn not_yet(reason: &str) -> Stop {
    let reason = reason.to_owned();
    Stop::Deadline(Some(Error::new(ErrorKind::DeadlineExceeded, reason)))
}

/// Whether tasks of earlier deployments still run. With early success criteria ECS calls a deployment
/// successful before they are gone.
fn replaces(service: &ServiceSnapshot) -> bool {
    service
        .deployments
        .iter()
        .any(|one| one.status != DeploymentStatus::Primary && one.running_count > 0)
}

fn nothing_is_wanted(proof: &Proof) -> bool {
    proof.verdict() == Verdict::Empty && proof.summary().desired == Some(0)
}

/// Whether it is anything that waiting for tasks does not mend.
fn is_wrong(proof: &Proof) -> bool {
    matches!(
        proof.verdict(),
        Verdict::Wrong | Verdict::Mixed | Verdict::Unknown
    )
}
