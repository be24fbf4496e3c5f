//! What the gate found, in the hands of JavaScript.

use artifact_deploy::gate;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// What the gate found on one image, check by check.
#[napi]
pub struct GateReport(gate::GateReport);

#[napi]
impl GateReport {
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
}

impl From<gate::GateReport> for GateReport {
    fn from(report: gate::GateReport) -> Self {
        Self(report)
    }
}
