//! What one rollout did, and what came of it.

use artifact_deploy::rollout;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::proof::Proof;

/// What one rollout did, and what came of it.
#[napi]
pub struct EvidenceRecord(rollout::EvidenceRecord);

/// The JSON Schema of the JSON form, as text.
#[napi(catch_unwind)]
pub fn evidence_schema() -> &'static str {
    rollout::EvidenceRecord::SCHEMA
}

#[napi]
impl EvidenceRecord {
    /// The JSON form.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// As Markdown, for a job summary or a comment.
    #[napi(catch_unwind)]
    pub fn to_markdown(&self) -> String {
        self.0.to_markdown()
    }

    /// As text, for a terminal.
    #[napi(catch_unwind)]
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// What the running tasks prove.
    #[napi(catch_unwind)]
    pub fn proof(&self) -> Option<Proof> {
        self.0.proof().cloned().map(Into::into)
    }

    /// Nothing when it completed; else the error of its outcome.
    #[napi(catch_unwind)]
    pub fn require_completed(&self) -> Outcome<()> {
        outcome(self.0.clone().require_completed().map(drop))
    }
}

impl From<rollout::EvidenceRecord> for EvidenceRecord {
    fn from(record: rollout::EvidenceRecord) -> Self {
        Self(record)
    }
}
