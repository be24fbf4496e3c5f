//! What a simulator was asked, and what it is to do wrong.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::faults::{Act, Fault};
use super::protocol::{Signer, now};

/// One request, as the log has it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    /// The operation.
    pub operation: String,
    /// When it came, in seconds since 1970.
    pub at: f64,
    /// What was asked.
    pub input: Value,
    /// The Region that it was signed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The access key that it was signed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What went wrong with it, as scripted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Act>,
}

/// Calls and faults.
#[derive(Debug, Default)]
pub(super) struct Book {
    calls: BTreeMap<String, usize>,
    requests: Vec<Recorded>,
    faults: Vec<Pending>,
}

#[derive(Debug)]
struct Pending {
    fault: Fault,
    /// How many calls it has seen that it names.
    seen: usize,
}

impl Book {
    /// Writes a call down; tells how many of its operation there were before, and what goes wrong.
    pub(super) fn enter(
        &mut self,
        operation: &str,
        input: Value,
        signer: Option<&Signer>,
    ) -> (usize, Option<Act>) {
        let calls = self.calls.entry(operation.to_owned()).or_default();
        *calls += 1;
        let before = *calls - 1;
        let key = signer.map(|signer| signer.key.clone());
        let fault = self.strike(operation, key.as_deref());
        self.requests.push(Recorded {
            operation: operation.to_owned(),
            at: now(),
            input,
            region: signer.map(|signer| signer.region.clone()),
            key,
            fault: fault.clone(),
        });
        (before, fault)
    }

    /// The first fault that this call meets. Every fault that names it has seen it.
    fn strike(&mut self, operation: &str, key: Option<&str>) -> Option<Act> {
        let mut struck = None;
        for pending in &mut self.faults {
            let mine = pending.fault.key.as_deref();
            if !pending.fault.names(operation) || (mine.is_some() && mine != key) {
                continue;
            }
            if struck.is_none() && pending.fault.fits(operation, pending.seen) {
                struck = Some(pending.fault.act.clone());
            }
            pending.seen += 1;
        }
        struck
    }

    pub(super) fn inject(&mut self, fault: Fault) {
        self.faults.push(Pending { fault, seen: 0 });
    }

    /// Ends all faults.
    pub(super) fn heal(&mut self) {
        self.faults.clear();
    }

    /// Counts from zero again, and forgets the log.
    pub(super) fn reset(&mut self) {
        self.calls.clear();
        self.requests.clear();
    }

    pub(super) fn calls(&self) -> &BTreeMap<String, usize> {
        &self.calls
    }

    pub(super) fn calls_of(&self, operation: &str) -> usize {
        self.calls.get(operation).copied().unwrap_or_default()
    }

    pub(super) fn requests(&self) -> &[Recorded] {
        &self.requests
    }
}
