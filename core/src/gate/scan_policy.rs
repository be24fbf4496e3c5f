//! What the check `scan` allows.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// What a scan for vulnerabilities may find.
///
/// A severity without a limit of its own has that of the next milder one that has one: who allows no
/// high findings allows no critical ones. A severity that this library does not know counts as
/// `UNDEFINED`.
///
/// JSON, every member optional: `{"critical", "high", "medium", "low", "informational", "undefined",
/// "onMissing": "fail|warn", "wait": bool}`.
///
/// ```
/// use artifact_deploy::gate::{Policy, ScanPolicy};
///
/// let policy = Policy::new().scan(ScanPolicy::new().critical(0).high(0).medium(20));
/// # let _ = policy;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ScanPolicy {
    #[serde(skip_serializing_if = "Option::is_none")]
    critical: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    medium: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    informational: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undefined: Option<u32>,
    on_missing: OnMissingScan,
    wait: bool,
}

/// What the check `scan` does about an image that is not scanned: never, or of a kind that is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnMissingScan {
    /// It fails.
    #[default]
    Fail,
    /// It warns, at once: such an image is not waited for.
    Warn,
}

impl Default for ScanPolicy {
    fn default() -> Self {
        Self {
            critical: None,
            high: None,
            medium: None,
            low: None,
            informational: None,
            undefined: None,
            on_missing: OnMissingScan::Fail,
            wait: true,
        }
    }
}

impl ScanPolicy {
    /// A finished scan, whatever it found.
    pub fn new() -> Self {
        Self::default()
    }

    /// At most so many critical findings.
    pub fn critical(mut self, most: u32) -> Self {
        self.critical = Some(most);
        self
    }

    /// At most so many high findings.
    pub fn high(mut self, most: u32) -> Self {
        self.high = Some(most);
        self
    }

    /// At most so many medium findings.
    pub fn medium(mut self, most: u32) -> Self {
        self.medium = Some(most);
        self
    }

    /// At most so many low findings.
    pub fn low(mut self, most: u32) -> Self {
        self.low = Some(most);
        self
    }

    /// At most so many informational findings.
    pub fn informational(mut self, most: u32) -> Self {
        self.informational = Some(most);
        self
    }

    /// At most so many findings whose severity is not defined.
    pub fn undefined(mut self, most: u32) -> Self {
        self.undefined = Some(most);
        self
    }

    /// What is done about an image that is not scanned.
    pub fn on_missing(mut self, on_missing: OnMissingScan) -> Self {
        self.on_missing = on_missing;
        self
    }

    /// Whether a gate that waits waits for a scan that is not finished, or not begun just after a
    /// push. It does by default.
    pub fn wait(mut self, wait: bool) -> Self {
        self.wait = wait;
        self
    }

    /// The limits, worst first, with what a milder one implies.
    pub(super) fn limits(&self) -> [(&'static str, Option<u32>); 6] {
        let low = self.low.or(self.informational);
        let medium = self.medium.or(low);
        let high = self.high.or(medium);
        [
            ("CRITICAL", self.critical.or(high)),
            ("HIGH", high),
            ("MEDIUM", medium),
            ("LOW", low),
            ("INFORMATIONAL", self.informational),
            (UNDEFINED, self.undefined),
        ]
    }

    pub(super) fn only_warns_of_missing(&self) -> bool {
        self.on_missing == OnMissingScan::Warn
    }

    pub(super) fn waits(&self) -> bool {
        self.wait
    }
}

/// The severity of findings that have none.
pub(super) const UNDEFINED: &str = "UNDEFINED";

/// Reads `"off"`, or what is allowed.
pub(super) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<ScanPolicy>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(word) if word == "off" => Ok(None),
        limits @ Value::Object(_) => serde_json::from_value(limits)
            .map(Some)
            .map_err(|error| D::Error::custom(format!("scan: {error}"))),
        other => Err(D::Error::custom(format!(
            "scan is {other}; expected \"off\" or an object of limits"
        ))),
    }
}

/// Writes it in the same way.
#[allow(clippy::ref_option, reason = "serde calls it so")]
pub(super) fn write<S: Serializer>(
    policy: &Option<ScanPolicy>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match policy {
        None => serializer.serialize_str("off"),
        Some(policy) => policy.serialize(serializer),
    }
}
