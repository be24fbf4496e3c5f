//! The record for a terminal.

use std::fmt::Write as _;

use super::EvidenceRecord;
use super::facts::{SHOWN, bounded, tame};

impl EvidenceRecord {
    /// The record as plain text, for a terminal or a log: the outcome first. As long as
    /// [`to_markdown`](Self::to_markdown) at most.
    ///
    /// No colours, no control characters; lines end in `\n`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{} {}", self.headline().to_uppercase(), self.service);
        let _ = writeln!(out, "  {}", tame(&self.reason));
        for (label, fact) in self.facts() {
            let _ = writeln!(out, "  {label:<17} {fact}");
        }
        for image in &self.images {
            let _ = writeln!(
                out,
                "  {:<17} {} in {}",
                "image",
                tame(&image.reference),
                tame(&image.container)
            );
        }
        for failure in self.failures.iter().take(SHOWN) {
            let _ = writeln!(out, "  {:<17} {}", "failure", tame(&failure.to_string()));
            if let Some(hint) = failure.log_hint() {
                let _ = writeln!(out, "  {:<17} {}", "log", tame(hint));
            }
        }
        write_more(&mut out, "failures", self.failures.len());
        for event in self.messages.iter().take(SHOWN) {
            let at = event.created_at.format("%H:%M:%S");
            let _ = writeln!(out, "  {:<17} {at} {}", "event", tame(&event.message));
        }
        write_more(&mut out, "events", self.messages.len());
        if let Some(proof) = &self.proof {
            out.push_str(&proof.to_text());
        }
        bounded(out)
    }
}

fn write_more(out: &mut String, what: &str, all: usize) {
    if let Some(more) = all.checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(out, "  and {more} more {what}");
    }
}
