//! How long and how often a gate asks.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::Instant;

use super::form;
use crate::{Error, ErrorKind, Result};

/// How long a gate waits for what is not there yet, and how often it asks.
///
/// Delays double from the first to the longest, each made longer by a random part of up to its own
/// length, so that many waiting deployments do not ask at the same moment. Towards the deadline they
/// get shorter again, and the last attempt is made just before it; nothing sleeps past it, and a call
/// that hangs is cut off by it.
///
/// The first attempt is always made. A timeout of zero is no deadline: the gate asks once.
///
/// JSON: `{"timeoutSeconds", "firstDelaySeconds"?, "longestDelaySeconds"?}`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Wait {
    timeout: Duration,
    first_delay: Duration,
    longest_delay: Duration,
}

const FIRST_DELAY: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_secs(15);
/// A year: what is longer is a mistake in the unit, and would overflow the clock somewhere.
const LONGEST_TIMEOUT: Duration = Duration::from_hours(366 * 24);
/// No sleep leaves less than this for attempts, or half of what remains.
const LAST_CHANCE: Duration = Duration::from_secs(5);
/// With less time than this, or a sixteenth of the timeout, no further attempt is begun.
const TOO_SHORT: Duration = Duration::from_millis(250);

impl Wait {
    /// Waits until `timeout` has passed; longer than a year counts as a year.
    pub fn for_up_to(timeout: Duration) -> Self {
        Self {
            timeout: timeout.min(LONGEST_TIMEOUT),
            first_delay: FIRST_DELAY,
            longest_delay: LONGEST_DELAY,
        }
    }

    /// Sets the delays, without their random part: of the first repetition, and of all when they
    /// have grown. Default: 1 s and 15 s. No delay is shorter than a millisecond.
    pub fn with_delays(mut self, first: Duration, longest: Duration) -> Self {
        self.first_delay = first.clamp(Duration::from_millis(1), LONGEST_TIMEOUT);
        self.longest_delay = longest.clamp(self.first_delay, LONGEST_TIMEOUT);
        self
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument`.
    pub fn from_json(json: &Value) -> Result<Self> {
        form::read::<Form>("wait", json)?.try_into()
    }

    /// The same delays with another timeout.
    pub(crate) fn until(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// The delay between attempts when delays have grown, without its random part.
    pub(crate) fn longest_delay(&self) -> Duration {
        self.longest_delay
    }

    /// How long it waits at most.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    pub(crate) fn first_delay(&self) -> Duration {
        self.first_delay
    }

    pub(crate) fn start(self) -> Pace {
        Pace {
            deadline: Instant::now() + self.timeout,
            delays: ExponentialBuilder::new()
                .with_min_delay(self.first_delay)
                .with_max_delay(self.longest_delay)
                .with_factor(2.0)
                .without_max_times()
                .with_jitter()
                .with_jitter_seed(fastrand::u64(..))
                .build(),
            too_short: TOO_SHORT.min(self.timeout / 16),
        }
    }
}

/// The delays of one wait.
pub(crate) struct Pace {
    deadline: Instant,
    delays: ExponentialBackoff,
    too_short: Duration,
}

impl Pace {
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Goes on as if so many attempts had been made.
    pub(crate) fn skip(&mut self, attempts: u32) {
        for _ in 0..attempts.min(64) {
            self.delays.next();
        }
    }

    /// How long to sleep before the next attempt; `None` when there is no time for another.
    pub(crate) fn next_delay(&mut self) -> Option<Duration> {
        let remaining = self.deadline.saturating_duration_since(Instant::now());
        if remaining <= self.too_short {
            return None;
        }
        let latest = remaining.saturating_sub((remaining / 2).min(LAST_CHANCE));
        Some(self.delays.next()?.min(latest))
    }
}

/// The output of `call`, unless the deadline comes first: then an error of the kind
/// `DeadlineExceeded`.
pub(crate) async fn before<T>(
    deadline: Option<Instant>,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    let Some(deadline) = deadline else {
        return call.await;
    };
    tokio::time::timeout_at(deadline, call)
        .await
        .unwrap_or_else(|elapsed| {
            Err(Error::new(
                ErrorKind::DeadlineExceeded,
                "the registry did not answer before the deadline",
            )
            .with_source(elapsed))
        })
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(
    clippy::struct_field_names,
    reason = "the unit belongs in the names that people write"
)]
struct Form {
    timeout_seconds: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_delay_seconds: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    longest_delay_seconds: Option<f64>,
}

impl TryFrom<Form> for Wait {
    type Error = Error;

    fn try_from(form: Form) -> Result<Self> {
        let wait = Self::for_up_to(seconds("timeoutSeconds", form.timeout_seconds)?);
        let first = form
            .first_delay_seconds
            .map(|value| seconds("firstDelaySeconds", value))
            .transpose()?;
        let longest = form
            .longest_delay_seconds
            .map(|value| seconds("longestDelaySeconds", value))
            .transpose()?;
        if let (Some(first), Some(longest)) = (first, longest)
            && longest < first
        {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                "longestDelaySeconds is less than firstDelaySeconds; exchange them",
            ));
        }
        Ok(match (first, longest) {
            (Some(first), longest) => wait.with_delays(first, longest.unwrap_or(LONGEST_DELAY)),
            (None, Some(longest)) => wait.with_delays(FIRST_DELAY.min(longest), longest),
            (None, None) => wait,
        })
    }
}

impl From<Wait> for Form {
    fn from(wait: Wait) -> Self {
        Self {
            timeout_seconds: wait.timeout.as_secs_f64(),
            first_delay_seconds: Some(wait.first_delay.as_secs_f64()),
            longest_delay_seconds: Some(wait.longest_delay.as_secs_f64()),
        }
    }
}

fn seconds(name: &str, value: f64) -> Result<Duration> {
    Duration::try_from_secs_f64(value)
        .ok()
        .filter(|duration| *duration <= LONGEST_TIMEOUT)
        .ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidArgument,
                format!("{name} is {value}; expected seconds from 0 to one year"),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[tokio::test(start_paused = true)]
    async fn no_delay_sleeps_past_the_deadline_and_the_last_attempt_has_time_left() {
        for millis in [1, 10, 999, 1_000, 7_777, 60_000, 600_000] {
            let timeout = Duration::from_millis(millis);
            let mut pace = Wait::for_up_to(timeout).start();
            let start = Instant::now();
            while let Some(delay) = pace.next_delay() {
                tokio::time::sleep(delay).await;
                assert!(
                    start.elapsed() <= timeout,
                    "{millis}: {:?}",
                    start.elapsed()
                );
            }
            assert!(
                start.elapsed() >= timeout / 2,
                "{millis}: {:?}",
                start.elapsed()
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn delays_grow_and_are_not_the_same_for_two_waits() {
        let wait = Wait::for_up_to(Duration::from_hours(1));
        let delays = |mut pace: Pace| (0..8).filter_map(|_| pace.next_delay()).collect::<Vec<_>>();
        let (a, b) = (delays(wait.start()), delays(wait.start()));
        assert_ne!(a, b);
        for delay in a.iter().skip(5) {
            assert!((15.0..=30.0).contains(&delay.as_secs_f64()), "{delay:?}");
        }
    }

    #[test]
    fn numbers_that_are_no_time_are_refused() {
        for bad in [
            json!({"timeoutSeconds": -1}),
            json!({"timeoutSeconds": 1e300}),
            json!({"timeoutSeconds": "30"}),
            json!({}),
            json!({"timeoutSeconds": 30, "retries": 3}),
            json!([30]),
            json!({"timeoutSeconds": 30, "firstDelaySeconds": 5, "longestDelaySeconds": 1}),
        ] {
            assert_eq!(
                Wait::from_json(&bad).unwrap_err().kind(),
                ErrorKind::InvalidArgument,
                "{bad}"
            );
        }
        assert!(Wait::from_json(&json!({"timeoutSeconds": 0})).is_ok());
    }
}
