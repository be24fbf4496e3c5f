//! The proof for a pull request comment or a job summary.

use std::fmt::Write as _;

use super::text::{SHOWN, short, word};
use super::{Proof, Verdict};
use crate::harmless::escaped;
use crate::markdown::{code, escape};

impl Proof {
    /// The proof as GitHub-flavoured Markdown: a heading, a table of what runs, and one of the tasks
    /// that are not right. What comes from ECS is escaped.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        let heading = match self.verdict() {
            Verdict::Verified => "Verified",
            Verdict::Incomplete => "Incomplete",
            Verdict::Mixed => "Mixed versions",
            Verdict::Wrong => "Wrong version",
            Verdict::Unknown => "Unknown",
            Verdict::Empty => "Nothing runs",
        };
        let _ = writeln!(out, "### {heading}: {}\n", code(&self.subject()));
        let _ = writeln!(out, "{}\n", escape(&escaped(self.reason())));
        if !self.images().is_empty() {
            out.push_str(
                "| Verdict | Tasks | Container | Digest | Version |\n|---|---|---|---|---|\n",
            );
        }
        for image in self.images() {
            let digest = image.digest.as_ref().map(|digest| code(digest.as_str()));
            let version = image
                .version
                .as_ref()
                .map(|version| code(&version.to_string()));
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                word(image.verdict),
                image.tasks,
                code(&escaped(&image.container)),
                digest.as_deref().unwrap_or("not told"),
                version.unwrap_or_default()
            );
        }
        self.write_tasks(&mut out);
        if let Some(order) = self.order() {
            let _ = writeln!(out, "\nOut of order: {}", escape(&escaped(&order.reason)));
        }
        out
    }

    fn write_tasks(&self, out: &mut String) {
        let wrong: Vec<_> = self.not_right().collect();
        if wrong.is_empty() {
            return;
        }
        out.push_str("\n| Task | Revision | Reason |\n|---|---|---|\n");
        for task in wrong.iter().take(SHOWN) {
            let reason = task.reason.as_deref().unwrap_or_default();
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                code(&escaped(short(&task.task_arn))),
                code(&task.task_definition.short()),
                escape(&escaped(reason))
            );
        }
        if let Some(more) = wrong.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let _ = writeln!(out, "\nand {more} more");
        }
    }
}
