//! What running tasks were proven to run.

use artifact_deploy::rollout;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// What every running task of a service runs, against what was meant.
#[napi]
pub struct Proof(rollout::Proof);

#[napi]
impl Proof {
    /// The JSON form.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> Outcome<String> {
        outcome(json::write(&self.0))
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

    /// Nothing when it verifies; else the error with the proof.
    #[napi(catch_unwind)]
    pub fn require_verified(&self) -> Outcome<()> {
        outcome(self.0.clone().require_verified().map(drop))
    }
}

impl From<rollout::Proof> for Proof {
    fn from(proof: rollout::Proof) -> Self {
        Self(proof)
    }
}

impl Proof {
    pub(crate) fn inner(&self) -> &rollout::Proof {
        &self.0
    }
}
