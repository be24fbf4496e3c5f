//! What the check `retention` requires.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// What is done about an image that a lifecycle rule of its repository will take away.
///
/// ECR knows nothing of ECS: it deletes an image that a service runs, and the next task that has to be
/// replaced cannot start.
///
/// JSON: `"off"`, `"warn"`, `"require"`, or `{"mode": "warn|require", "forDays"?}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RetentionPolicy {
    mode: Mode,
    for_days: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mode {
    #[default]
    Off,
    Warn,
    Require,
}

impl RetentionPolicy {
    /// The check is not made.
    pub fn off() -> Self {
        Self::default()
    }

    /// It warns.
    pub fn warn() -> Self {
        Self::of(Mode::Warn)
    }

    /// It fails.
    pub fn require() -> Self {
        Self::of(Mode::Require)
    }

    /// It is enough that the image stays for so many days. A rule that counts images then only warns:
    /// how many will be pushed in that time nobody knows.
    pub fn for_days(mut self, days: u32) -> Self {
        self.for_days = Some(days);
        self
    }

    pub(super) fn mode(self) -> Mode {
        self.mode
    }

    pub(super) fn days(self) -> Option<u32> {
        self.for_days
    }

    fn of(mode: Mode) -> Self {
        Self {
            mode,
            for_days: None,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Form {
    mode: Mode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    for_days: Option<u32>,
}

impl<'de> Deserialize<'de> for RetentionPolicy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |json| match json {
            word @ Value::String(_) => serde_json::from_value(word).map(Self::of),
            other => {
                serde_json::from_value(other).map(|Form { mode, for_days }| Self { mode, for_days })
            }
        };
        read(Value::deserialize(deserializer)?)
            .map_err(|error| D::Error::custom(format!("retention: {error}")))
    }
}

impl Serialize for RetentionPolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.for_days.is_none() {
            return self.mode.serialize(serializer);
        }
        Form {
            mode: self.mode,
            for_days: self.for_days,
        }
        .serialize(serializer)
    }
}
