//! How long calls over the network may take.

use std::time::Duration;

use serde::Deserialize;

use crate::{Error, ErrorKind, Result};

/// How long one call to a registry or an AWS service may take, step by step.
///
/// JSON: seconds, `{"connect": 3.1, "read": 10, "attempt": 20, "operation": 60}`; what is left out
/// keeps its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Seconds")]
pub struct Timeouts {
    connect: Duration,
    read: Duration,
    attempt: Duration,
    operation: Duration,
}

impl Timeouts {
    /// Until a connection stands, TLS included. Default: 3.1 seconds.
    pub fn connect(&self) -> Duration {
        self.connect
    }

    /// Without a single byte of the answer. Default: 10 seconds.
    pub fn read(&self) -> Duration {
        self.read
    }

    /// For one attempt as a whole. Default: 20 seconds.
    pub fn attempt(&self) -> Duration {
        self.attempt
    }

    /// For a call with all its attempts. Default: 60 seconds; where a blob is read, one second more
    /// for each mebibyte of it.
    pub fn operation(&self) -> Duration {
        self.operation
    }

    /// Sets [`connect`](Self::connect).
    pub fn with_connect(mut self, connect: Duration) -> Self {
        self.connect = connect;
        self
    }

    /// Sets [`read`](Self::read).
    pub fn with_read(mut self, read: Duration) -> Self {
        self.read = read;
        self
    }

    /// Sets [`attempt`](Self::attempt).
    pub fn with_attempt(mut self, attempt: Duration) -> Self {
        self.attempt = attempt;
        self
    }

    /// Sets [`operation`](Self::operation).
    pub fn with_operation(mut self, operation: Duration) -> Self {
        self.operation = operation;
        self
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_millis(3100),
            read: Duration::from_secs(10),
            attempt: Duration::from_secs(20),
            operation: Duration::from_mins(1),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Seconds {
    connect: Option<f64>,
    read: Option<f64>,
    attempt: Option<f64>,
    operation: Option<f64>,
}

impl TryFrom<Seconds> for Timeouts {
    type Error = Error;

    fn try_from(seconds: Seconds) -> Result<Self> {
        let default = Self::default();
        Ok(Self {
            connect: duration("connect", seconds.connect, default.connect)?,
            read: duration("read", seconds.read, default.read)?,
            attempt: duration("attempt", seconds.attempt, default.attempt)?,
            operation: duration("operation", seconds.operation, default.operation)?,
        })
    }
}

fn duration(name: &str, seconds: Option<f64>, default: Duration) -> Result<Duration> {
    let Some(seconds) = seconds else {
        return Ok(default);
    };
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|duration| !duration.is_zero() && duration.as_secs() <= 86_400)
        .ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidArgument,
                format!(
                    "timeout {name:?} is {seconds}; give seconds, more than 0 and at most 86400"
                ),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_keeps_its_default() {
        let timeouts: Timeouts = serde_json::from_str(r#"{"read": 0.5}"#).unwrap();
        assert_eq!(
            timeouts,
            Timeouts::default().with_read(Duration::from_millis(500))
        );
    }

    #[test]
    fn a_timeout_that_would_never_or_always_fire_is_refused() {
        for text in [
            r#"{"read": 0}"#,
            r#"{"read": -1}"#,
            r#"{"read": 1e9}"#,
            r#"{"reed": 1}"#,
        ] {
            assert!(serde_json::from_str::<Timeouts>(text).is_err(), "{text}");
        }
    }
}
