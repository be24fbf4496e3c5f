//! The record for a job summary or a pull request comment.

use std::fmt::Write as _;

use super::EvidenceRecord;
use super::facts::{SHOWN, bounded, tame};
use crate::gate::GateReport;
use crate::markdown::{code, escape};

impl EvidenceRecord {
    /// The record as GitHub-flavoured Markdown: the outcome first, then the images, what runs with
    /// counts, the failures with what to do, and the events that matter. At most 512 KiB: what is
    /// wrong is listed up to a limit, what is right is counted.
    ///
    /// What comes from elsewhere is escaped: it can neither format, link, mention nor leave its cell.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(
            out,
            "## {}: {}\n",
            self.headline(),
            code(&self.service.to_string())
        );
        let _ = writeln!(out, "{}\n", escape(&tame(&self.reason)));
        out.push_str("| | |\n|---|---|\n");
        for (label, fact) in self.facts() {
            let _ = writeln!(out, "| {label} | {} |", escape(&fact));
        }
        self.write_images(&mut out);
        self.write_failures(&mut out);
        self.write_messages(&mut out);
        if let Some(proof) = &self.proof {
            let _ = write!(out, "\n{}", proof.to_markdown());
        }
        bounded(out)
    }

    fn write_images(&self, out: &mut String) {
        if self.images.is_empty() {
            return;
        }
        out.push_str("\n### Images\n\n| Container | Image | Gate |\n|---|---|---|\n");
        for image in &self.images {
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                code(&tame(&image.container)),
                code(&tame(&image.reference)),
                image.report.as_ref().map(gate).unwrap_or_default(),
            );
        }
    }

    fn write_failures(&self, out: &mut String) {
        if self.failures.is_empty() {
            return;
        }
        out.push_str("\n### Tasks that failed\n\n");
        out.push_str("| Tasks | Why | Container | In the words of ECS | To do | Log |\n");
        out.push_str("|---|---|---|---|---|---|\n");
        for failure in self.failures.iter().take(SHOWN) {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                failure.count(),
                code(failure.code().as_str()),
                failure
                    .container()
                    .map(|name| code(&tame(name)))
                    .unwrap_or_default(),
                escape(&tame(failure.reason())),
                escape(&tame(failure.advice())),
                failure
                    .log_hint()
                    .map(|hint| escape(&tame(hint)))
                    .unwrap_or_default(),
            );
        }
        write_more(out, self.failures.len());
    }

    fn write_messages(&self, out: &mut String) {
        if self.messages.is_empty() {
            return;
        }
        out.push_str("\n### Events of the service\n\n");
        for event in self.messages.iter().take(SHOWN) {
            let at = event.created_at.format("%H:%M:%S");
            let _ = writeln!(out, "- {at} {}", escape(&tame(&event.message)));
        }
        write_more(out, self.messages.len());
    }
}

fn gate(report: &GateReport) -> String {
    let warnings = report.warnings().count();
    match warnings {
        0 => report.verdict().as_str().to_owned(),
        1 => format!("{}, 1 warning", report.verdict().as_str()),
        _ => format!("{}, {warnings} warnings", report.verdict().as_str()),
    }
}

fn write_more(out: &mut String, all: usize) {
    if let Some(more) = all.checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(out, "\nand {more} more");
    }
}
