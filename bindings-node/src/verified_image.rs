//! The proof of passing the gate, in the hands of JavaScript.

use artifact_deploy::gate;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::gate_report::GateReport;
use crate::json;

/// An image that passed the gate. It has no constructor: JavaScript can carry it, not make it.
#[napi]
pub struct VerifiedImage(gate::VerifiedImage);

impl VerifiedImage {
    pub(crate) fn inner(&self) -> &gate::VerifiedImage {
        &self.0
    }
}

impl From<gate::VerifiedImage> for VerifiedImage {
    fn from(image: gate::VerifiedImage) -> Self {
        Self(image)
    }
}

#[napi]
impl VerifiedImage {
    /// The JSON form.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> Outcome<String> {
        outcome(json::write(&self.0))
    }

    /// How it passed, check by check.
    #[napi(catch_unwind)]
    pub fn report(&self) -> GateReport {
        self.0.report().clone().into()
    }
}
