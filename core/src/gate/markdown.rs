//! The report for a pull request comment or a job summary.

use std::fmt::Write as _;

use super::{Check, GateReport, Verdict};
use crate::markdown::{code, escape};

impl GateReport {
    /// The report as GitHub-flavoured Markdown: a heading and a table.
    ///
    /// What comes from a registry or an image is escaped: it can neither format, link, mention nor
    /// leave its cell.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        let image = code(self.image());
        let _ = match self.verdict() {
            Verdict::Verified => writeln!(out, "### Verified: {image}\n"),
            Verdict::Refused => writeln!(out, "### Refused: {image}\n"),
        };
        if let Some(reference) = self.reference() {
            let _ = writeln!(out, "Pinned: {}\n", code(&reference));
        }
        out.push_str("| Outcome | Check | Reason | Expected | Actual |\n");
        out.push_str("|---|---|---|---|---|\n");
        for check in self.checks() {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                check.outcome().as_str(),
                code(check.name().as_str()),
                reason(check),
                check.expected().map(code).unwrap_or_default(),
                check.actual().map(code).unwrap_or_default(),
            );
        }
        out
    }
}

fn reason(check: &Check) -> String {
    match check.advice() {
        Some(advice) => format!("{}. To do: {}", escape(check.reason()), escape(advice)),
        None => escape(check.reason()),
    }
}
