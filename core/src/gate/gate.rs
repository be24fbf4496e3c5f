//! The gate itself: asks, judges, waits.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::batch::look_up;
use super::checks::platform::configurations;
use super::collect::collect;
use super::join::join_all;
use super::wait::{Pace, before};
use super::{
    Evidence, GateReport, ImageQuery, Pending, Policy, Progress, VerifiedImage, Wait, judge,
    refusal,
};
use crate::metadata::BuildMetadata;
use crate::ports::ImageRegistry;
use crate::{Error, ErrorKind, Result};

type OnProgress = Arc<dyn Fn(&Progress) + Send + Sync>;

/// Lets only verified images pass.
///
/// By default it asks once. With [`waiting`](Self::waiting), what is not there yet is asked for
/// again until the deadline: an image that is missing or being restored, content that is missing,
/// throttling, server errors, timeouts. What cannot change ends at once: bad names, access denied,
/// any mismatch. To cancel, drop the future.
#[derive(Clone, Default)]
pub struct Gate {
    policy: Policy,
    wait: Option<Wait>,
    on_progress: Option<OnProgress>,
}

/// What came of one attempt for one image.
enum Answer {
    Judged(Box<GateReport>, Box<Evidence>),
    Failed(Error),
}

/// What is known of one image when the gate stops asking.
struct Outcome {
    /// The last answer; absent when none came before the deadline.
    answer: Option<Answer>,
    /// When the deadline passed: the timeout, and how many attempts were made.
    late: Option<(Duration, u32)>,
}

impl Gate {
    /// A gate that asks once.
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            wait: None,
            on_progress: None,
        }
    }

    /// Waits for what is not there yet. A timeout of zero is no waiting.
    pub fn waiting(mut self, wait: Wait) -> Self {
        self.wait = Some(wait).filter(|wait| !wait.timeout().is_zero());
        self
    }

    /// Calls `on_progress` after each attempt that leaves something to wait for, before it sleeps.
    pub fn on_progress(mut self, on_progress: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(on_progress));
        self
    }

    /// Resolves one image to a verified, pinned one.
    ///
    /// # Errors
    /// The kind of the first check that failed, with the report in the details (`{"report"}`); or
    /// what kept the registry from answering; or `DeadlineExceeded`, with the last refusal as its
    /// source and in the details (`{"attempts", "last"?: {"code", "message"}, "report"?}`).
    pub async fn resolve(
        &self,
        registry: &dyn ImageRegistry,
        query: &ImageQuery,
    ) -> Result<VerifiedImage> {
        let outcome = self.one(registry, query).await;
        conclude(query, outcome)
    }

    /// Judges one image and gives the report, whatever the verdict.
    ///
    /// # Errors
    /// What kept the registry from answering for the image at all.
    pub async fn inspect(
        &self,
        registry: &dyn ImageRegistry,
        query: &ImageQuery,
    ) -> Result<GateReport> {
        let outcome = self.one(registry, query).await;
        if let Some(Answer::Judged(report, _)) = outcome.answer {
            return Ok(*report);
        }
        match conclude(query, outcome) {
            Err(error) => Err(error),
            Ok(image) => Ok(image.report().clone()),
        }
    }

    /// Resolves many images; the outcomes stand in the order of `queries`. None hides another.
    ///
    /// One call per repository and 100 images, then what single images need. An image that is asked
    /// for twice is looked up once. An empty list makes no call. With a wait, only what is still
    /// missing is asked for again, and the deadline is that of the whole batch.
    ///
    /// [`require_all`](super::require_all) makes all or nothing of the outcomes.
    pub async fn resolve_all(
        &self,
        registry: &dyn ImageRegistry,
        queries: &[ImageQuery],
    ) -> Vec<Result<VerifiedImage>> {
        let outcomes = self.decide(registry, queries).await;
        queries
            .iter()
            .zip(outcomes)
            .map(|(query, outcome)| conclude(query, outcome))
            .collect()
    }

    async fn one(&self, registry: &dyn ImageRegistry, query: &ImageQuery) -> Outcome {
        let mut outcomes = self.decide(registry, std::slice::from_ref(query)).await;
        outcomes.pop().unwrap_or(Outcome {
            answer: None,
            late: None,
        })
    }

    async fn decide(&self, registry: &dyn ImageRegistry, queries: &[ImageQuery]) -> Vec<Outcome> {
        let started = Instant::now();
        let mut pace = self.wait.map(Wait::start);
        let mut answers: Vec<Option<Answer>> = queries.iter().map(|_| None).collect();
        let mut open: Vec<(usize, &ImageQuery)> = queries.iter().enumerate().collect();
        let mut attempt = 0_u32;
        while !open.is_empty() {
            attempt = attempt.saturating_add(1);
            let asked: Vec<&ImageQuery> = open.iter().map(|(_, query)| *query).collect();
            let new = self
                .attempt(registry, &asked, pace.as_ref().map(Pace::deadline))
                .await;
            let Some(pace) = &mut pace else {
                for ((index, _), answer) in open.drain(..).zip(new) {
                    store(&mut answers, index, answer);
                }
                break;
            };
            let mut still = Vec::new();
            for ((index, query), answer) in open.into_iter().zip(new) {
                if answer.as_ref().is_none_or(Answer::can_change) {
                    still.push((index, query));
                }
                store(&mut answers, index, answer);
            }
            open = still;
            let Some(delay) = pace.next_delay().filter(|_| !open.is_empty()) else {
                break;
            };
            self.tell(attempt, started, pace, delay, &open, &answers);
            tokio::time::sleep(delay).await;
        }
        let timeout = self.wait.map_or(Duration::ZERO, |wait| wait.timeout());
        let late: Vec<usize> = open.iter().map(|(index, _)| *index).collect();
        answers
            .into_iter()
            .enumerate()
            .map(|(index, answer)| Outcome {
                answer,
                late: late.contains(&index).then_some((timeout, attempt)),
            })
            .collect()
    }

    /// Asks once for each of `queries`. `None` where the deadline cut the answer off.
    async fn attempt(
        &self,
        registry: &dyn ImageRegistry,
        queries: &[&ImageQuery],
        deadline: Option<Instant>,
    ) -> Vec<Option<Answer>> {
        let policy = self.policy;
        let seen = look_up(registry, policy, queries, deadline).await;
        let answers = queries.iter().zip(seen).map(|(query, seen)| {
            let query: &ImageQuery = query;
            Box::pin(async move {
                let presence = match seen {
                    Ok(presence) => presence,
                    Err(error) => return Answer::of(error),
                };
                let collected = before(deadline, async {
                    Ok(collect(registry, policy, query, presence).await)
                });
                match collected.await {
                    Ok(evidence) => Some(Answer::Judged(
                        Box::new(judge(&policy, query, &evidence)),
                        Box::new(evidence),
                    )),
                    Err(error) => Answer::of(error),
                }
            }) as _
        });
        join_all(answers.collect()).await
    }

    fn tell(
        &self,
        attempt: u32,
        started: Instant,
        pace: &Pace,
        next_delay: Duration,
        open: &[(usize, &ImageQuery)],
        answers: &[Option<Answer>],
    ) {
        let pending = open.iter().map(|(index, query)| {
            let (kind, reason) = match answers.get(*index).and_then(Option::as_ref) {
                Some(Answer::Judged(report, _)) => refusal::lacking(report),
                Some(Answer::Failed(error)) => (error.kind(), error.message().to_owned()),
                None => (ErrorKind::Timeout, "no answer yet".to_owned()),
            };
            Pending {
                image: query.to_string(),
                code: kind.code(),
                reason,
            }
        });
        let progress = Progress {
            attempt,
            elapsed: started.elapsed(),
            next_delay,
            remaining: pace.deadline().saturating_duration_since(Instant::now()),
            pending: pending.collect(),
        };
        tracing::debug!(attempt, pending = progress.pending.len(), "the gate waits");
        if let Some(on_progress) = &self.on_progress {
            on_progress(&progress);
        }
    }
}

fn conclude(query: &ImageQuery, outcome: Outcome) -> Result<VerifiedImage> {
    let refused = match outcome.answer {
        Some(Answer::Judged(report, evidence)) => {
            let metadata = metadata(&evidence);
            match VerifiedImage::prove(&report, metadata) {
                Some(image) => {
                    log(&image);
                    return Ok(image);
                }
                None => Some(refusal::refused(&report, &evidence)),
            }
        }
        Some(Answer::Failed(error)) => Some(error),
        None => None,
    };
    match (outcome.late, refused) {
        (None, Some(refused)) => Err(refused),
        (Some((timeout, attempts)), last) => Err(refusal::too_late(query, timeout, attempts, last)),
        (None, None) => Err(Error::new(
            ErrorKind::UnexpectedResponse,
            format!("the registry gave no answer for {query}"),
        )),
    }
}

/// A bypass leaves a trace.
fn log(image: &VerifiedImage) {
    for check in image.report().warnings() {
        tracing::warn!(
            image = image.report().image(),
            check = check.name().as_str(),
            "passed the gate with a warning: {}",
            check.reason()
        );
    }
}

impl Answer {
    /// The error of a call; `None` when the deadline cut the call off.
    fn of(error: Error) -> Option<Self> {
        (error.kind() != ErrorKind::DeadlineExceeded).then_some(Self::Failed(error))
    }

    fn can_change(&self) -> bool {
        match self {
            Self::Judged(report, _) => report.can_change(),
            Self::Failed(error) => error.is_retryable(),
        }
    }
}

/// Keeps the last answer: a later attempt that was cut off says nothing new.
fn store(answers: &mut [Option<Answer>], index: usize, answer: Option<Answer>) {
    if let (Some(place), Some(answer)) = (answers.get_mut(index), answer) {
        *place = Some(answer);
    }
}

/// What the labels say, when all images of an index say the same.
fn metadata(evidence: &Evidence) -> Option<BuildMetadata> {
    let mut said = configurations(evidence)
        .map(|(_, config)| BuildMetadata::from_labels(config.labels()).ok());
    let first = said.next()??;
    said.all(|other| other.as_ref() == Some(&first))
        .then_some(first)
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate")
            .field("policy", &self.policy)
            .field("wait", &self.wait)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_of_the_gate_can_be_spawned_on_another_thread() {
        fn spawnable(_: impl Future<Output = ()> + Send + 'static) {}
        fn check(gate: Gate, registry: Arc<dyn ImageRegistry>, query: ImageQuery) {
            spawnable(async move {
                drop(gate.resolve(registry.as_ref(), &query).await);
                drop(gate.inspect(registry.as_ref(), &query).await);
                drop(gate.resolve_all(registry.as_ref(), &[query]).await);
            });
        }
        let _: fn(_, _, _) = check;
    }
}
