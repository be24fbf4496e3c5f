//! How fast things happen.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How long each step takes, by tokio's clock. As JSON in seconds: `{"pulling": 0.5}`; what is left
/// out has its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    default,
    expecting = "a pace as an object"
)]
pub struct Pace {
    /// From an order to the first task that it starts. 1 s.
    #[serde(with = "seconds")]
    pub scheduling: Duration,
    /// Between tasks that are started together: no two pull at the same moment. 0.5 s.
    #[serde(with = "seconds")]
    pub stagger: Duration,
    /// `PROVISIONING`: the network interface. 5 s.
    #[serde(with = "seconds")]
    pub provisioning: Duration,
    /// `PENDING`: the images are pulled. What a tag leads to is decided when it begins. 10 s.
    #[serde(with = "seconds")]
    pub pulling: Duration,
    /// `ACTIVATING`: the containers start. 2 s.
    #[serde(with = "seconds")]
    pub starting: Duration,
    /// Until the checks of a running task have found it healthy. 10 s.
    #[serde(with = "seconds")]
    pub checking: Duration,
    /// Until the checks of a running task have found it unhealthy. 30 s.
    #[serde(with = "seconds")]
    pub failing: Duration,
    /// `DEACTIVATING`: the targets are drained, where there are some. 10 s.
    #[serde(with = "seconds")]
    pub draining: Duration,
    /// `STOPPING`: the containers end. 2 s.
    #[serde(with = "seconds")]
    pub stopping: Duration,
    /// `DEPROVISIONING`. 2 s.
    #[serde(with = "seconds")]
    pub deprovisioning: Duration,
    /// From a failure to the task that replaces the failed one; never less than a millisecond. 3 s.
    #[serde(with = "seconds")]
    pub replacing: Duration,
    /// One shift of traffic. 5 s.
    #[serde(with = "seconds")]
    pub shifting: Duration,
    /// A minute of a bake time or of a hook's timeout. 60 s.
    #[serde(with = "seconds")]
    pub minute: Duration,
    /// How long stopped tasks can be described. 3600 s.
    #[serde(with = "seconds")]
    pub remembering: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            scheduling: Duration::from_secs(1),
            stagger: Duration::from_millis(500),
            provisioning: Duration::from_secs(5),
            pulling: Duration::from_secs(10),
            starting: Duration::from_secs(2),
            checking: Duration::from_secs(10),
            failing: Duration::from_secs(30),
            draining: Duration::from_secs(10),
            stopping: Duration::from_secs(2),
            deprovisioning: Duration::from_secs(2),
            replacing: Duration::from_secs(3),
            shifting: Duration::from_secs(5),
            minute: Duration::from_mins(1),
            remembering: Duration::from_hours(1),
        }
    }
}

impl Pace {
    /// Everything `factor` times as fast, for clocks that cannot be turned. What is stopped stays
    /// visible as long as ever.
    pub fn faster(self, factor: u32) -> Self {
        let factor = factor.max(1);
        Self {
            scheduling: self.scheduling / factor,
            stagger: self.stagger / factor,
            provisioning: self.provisioning / factor,
            pulling: self.pulling / factor,
            starting: self.starting / factor,
            checking: self.checking / factor,
            failing: self.failing / factor,
            draining: self.draining / factor,
            stopping: self.stopping / factor,
            deprovisioning: self.deprovisioning / factor,
            replacing: self.replacing / factor,
            shifting: self.shifting / factor,
            minute: self.minute / factor,
            remembering: self.remembering,
        }
    }

    /// Everything at once.
    pub(super) fn instant(self) -> Self {
        let zero = Duration::ZERO;
        Self {
            scheduling: zero,
            stagger: zero,
            provisioning: zero,
            pulling: zero,
            starting: zero,
            checking: zero,
            failing: zero,
            draining: zero,
            stopping: zero,
            deprovisioning: zero,
            replacing: zero,
            shifting: zero,
            minute: zero,
            remembering: self.remembering,
        }
    }

    /// Without it a crash loop would go round for ever in one moment.
    pub(super) fn until_replaced(&self) -> Duration {
        self.replacing.max(Duration::from_millis(1))
    }

    /// Minutes as a service says them, at this pace.
    pub(super) fn minutes(&self, minutes: f64) -> Duration {
        Duration::try_from_secs_f64(self.minute.as_secs_f64() * minutes)
            .unwrap_or(Duration::MAX / 4)
    }
}

mod seconds {
    use std::time::Duration;

    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        duration: &Duration,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(duration.as_secs_f64())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Duration, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        Duration::try_from_secs_f64(seconds)
            .ok()
            .filter(|duration| *duration <= Duration::from_hours(24))
            .ok_or_else(|| D::Error::custom(format!("{seconds} s is not within a day")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_written_in_seconds() {
        let pace: Pace = serde_json::from_str(r#"{"pulling": 0.25}"#).unwrap();
        assert_eq!(pace.pulling, Duration::from_millis(250));
        assert_eq!(pace.stopping, Pace::default().stopping);
        for bad in [
            r#"{"pulling": -1}"#,
            r#"{"pulling": 1e9}"#,
            r#"{"pulled": 1}"#,
        ] {
            assert!(serde_json::from_str::<Pace>(bad).is_err(), "{bad}");
        }
    }
}
