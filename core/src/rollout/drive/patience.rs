//! Asking again what can be asked again, until the deadline.

use std::time::Duration;

use tokio::time::Instant;

use super::Teller;
use crate::gate::Wait;
use crate::rollout::Event;
use crate::{Error, ErrorKind, Result};

/// No single call takes longer than this: whoever implements a port may have forgotten its timeout.
const ONE_CALL: Duration = Duration::from_mins(1);

/// How long a read may lag behind before it is believed. ECS documents no such time.
pub(in crate::rollout) const LAGS: Duration = Duration::from_mins(1);

/// Why a step did not come to its end.
#[derive(Debug)]
pub(in crate::rollout) enum Stop {
    /// The deadline came first; with the error that was retried last.
    Deadline(Option<Error>),
    /// An error that asking again does not mend.
    Error(Error),
}

impl Stop {
    /// As the error of a call that reads, and changes nothing.
    pub(in crate::rollout) fn into_error(self) -> Error {
        match self {
            Self::Error(error) => error,
            Self::Deadline(last) => {
                let late = Error::new(
                    ErrorKind::DeadlineExceeded,
                    "the service could not be read before the deadline; nothing was changed",
                );
                match last {
                    Some(last) => late.with_source(last),
                    None => late,
                }
            }
        }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Asks with the delays of a [`Wait`], until a deadline.
#[derive(Debug, Clone)]
pub(in crate::rollout) struct Patience {
    wait: Wait,
    deadline: Instant,
    teller: Teller,
}

impl Patience {
    pub(in crate::rollout) fn new(wait: Wait, teller: Teller) -> Self {
        Self {
            wait,
            deadline: Instant::now() + wait.timeout(),
            teller,
        }
    }

    /// The same with a deadline that is at least `time` away: for what is owed to others once a
    /// write was made.
    pub(in crate::rollout) fn at_least(&self, time: Duration) -> Self {
        Self {
            deadline: self.deadline.max(Instant::now() + time),
            ..self.clone()
        }
    }

    /// The same with a deadline that is at most `time` away.
    pub(in crate::rollout) fn at_most(&self, time: Duration) -> Self {
        Self {
            deadline: self.deadline.min(Instant::now() + time),
            ..self.clone()
        }
    }

    /// The same with a deadline of its own.
    pub(in crate::rollout) fn for_just(&self, time: Duration) -> Self {
        Self {
            deadline: Instant::now() + time,
            ..self.clone()
        }
    }

    pub(in crate::rollout) fn longest_delay(&self) -> Duration {
        self.wait.longest_delay()
    }

    pub(in crate::rollout) fn timeout(&self) -> Duration {
        self.wait.timeout()
    }

    pub(in crate::rollout) fn teller(&self) -> &Teller {
        &self.teller
    }

    /// The time that is left, with the same delays.
    pub(in crate::rollout) fn remaining(&self) -> Wait {
        let remaining = self.deadline.saturating_duration_since(Instant::now());
        // Without any time left it would be asked without a deadline.
        self.wait.until(remaining.max(Duration::from_millis(1)))
    }

    /// The delays of one loop. Each loop begins with the shortest again.
    pub(in crate::rollout) fn pace(&self) -> Pace {
        let remaining = self.deadline.saturating_duration_since(Instant::now());
        Pace(self.wait.until(remaining).start())
    }

    /// Asks until there is an answer, or an error that asking again does not mend.
    pub(in crate::rollout) async fn read<T, F>(
        &self,
        mut call: impl FnMut() -> F,
    ) -> Result<T, Stop>
    where
        F: Future<Output = Result<T>>,
    {
        let mut pace = self.pace();
        loop {
            let error = match self.once(call()).await {
                Ok(answer) => return Ok(answer),
                Err(error) if error.is_retryable() => error,
                Err(error) => return Err(Stop::Error(error)),
            };
            if !pace.after(&error, &self.teller).await {
                return Err(Stop::Deadline(Some(error)));
            }
        }
    }

    /// The same of something that was there before: an answer without it may come from before it was
    /// made. What is not there for a minute is gone.
    pub(in crate::rollout) async fn read_known<T, F>(
        &self,
        mut call: impl FnMut() -> F,
    ) -> Result<T, Stop>
    where
        F: Future<Output = Result<T>>,
    {
        let mut pace = self.at_most(LAGS).pace();
        loop {
            match self.read(&mut call).await {
                Err(Stop::Error(error)) if is_missing(error.kind()) => {
                    if !pace.after(&error, &self.teller).await {
                        return Err(Stop::Error(error));
                    }
                }
                other => return other,
            }
        }
    }

    /// Makes one call. One that hangs is cut off: by the deadline, or after a minute.
    pub(in crate::rollout) async fn once<T>(
        &self,
        call: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let cut = self.deadline.min(Instant::now() + ONE_CALL);
        tokio::time::timeout_at(cut, call)
            .await
            .unwrap_or_else(|elapsed| {
                Err(Error::new(
                    ErrorKind::Timeout,
                    "no answer came, and none is waited for any longer",
                )
                .with_source(elapsed))
            })
    }
}

/// Whether what was asked for is not there.
fn is_missing(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ServiceNotFound
            | ErrorKind::ServiceDeploymentNotFound
            | ErrorKind::TaskDefinitionNotFound
            | ErrorKind::TargetGroupNotFound
    )
}

/// The delays of one loop.
pub(in crate::rollout) struct Pace(crate::gate::Pace);

impl Pace {
    /// Goes on as if so many attempts had been made.
    pub(in crate::rollout) fn skip(&mut self, attempts: u32) {
        self.0.skip(attempts);
    }

    /// Sleeps before the next attempt. `false` when there is no time for another.
    pub(in crate::rollout) async fn pause(&mut self) -> bool {
        match self.0.next_delay() {
            Some(delay) => {
                tokio::time::sleep(delay).await;
                true
            }
            None => false,
        }
    }

    /// The same after an error, and tells of it.
    pub(in crate::rollout) async fn after(&mut self, error: &Error, teller: &Teller) -> bool {
        let Some(next_delay) = self.0.next_delay() else {
            return false;
        };
        teller.tell(&Event::Retrying {
            code: error.code().to_owned(),
            message: error.message().to_owned(),
            next_delay,
        });
        tokio::time::sleep(next_delay).await;
        true
    }
}
