//! What a scan for vulnerabilities found.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a registry says of the scan of one image.
///
/// JSON: `{"status", "description"?, "counts"?}`.
///
/// Source: ECR `DescribeImageScanFindings`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScanFindings {
    /// `COMPLETE`, `ACTIVE`, `IN_PROGRESS`, `PENDING`, `FAILED`, … as ECR writes it.
    pub status: String,
    /// The same in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How many findings there are of each severity, as ECR writes it (`CRITICAL`, `HIGH`, `MEDIUM`,
    /// `LOW`, `INFORMATIONAL`, `UNDEFINED`); one that is not there has none. Absent as a whole when
    /// there are no findings yet, which is not the same as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<BTreeMap<String, u32>>,
}
