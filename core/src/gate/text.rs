//! The report for a terminal.

use std::fmt::Write as _;

use super::{Check, CheckOutcome, GateReport, Verdict};

impl GateReport {
    /// The report as plain text, one line a check, for a terminal or a log.
    ///
    /// No colours, no control characters; lines end in `\n`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let _ = match (self.verdict(), self.reference()) {
            (Verdict::Verified, Some(reference)) => {
                writeln!(out, "VERIFIED {}\n  pinned {reference}", self.image())
            }
            _ => writeln!(out, "REFUSED  {}", self.image()),
        };
        for check in self.checks() {
            let _ = writeln!(
                out,
                "  {:<5} {:<16} {}",
                check.outcome().as_str(),
                check.name().as_str(),
                check.reason()
            );
            write_facts(&mut out, check);
        }
        out
    }
}

fn write_facts(out: &mut String, check: &Check) {
    if !matches!(check.outcome(), CheckOutcome::Fail | CheckOutcome::Warn) {
        return;
    }
    let facts = [
        ("expected", check.expected()),
        ("actual", check.actual()),
        ("to do", check.advice()),
    ];
    for (label, fact) in facts {
        if let Some(fact) = fact {
            let _ = writeln!(out, "        {label:<16} {fact}");
        }
    }
}
