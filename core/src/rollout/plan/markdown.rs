//! The plan for a pull request comment or a job summary.

use std::fmt::Write as _;

use super::{OrderCheck, Plan};
use crate::harmless::escaped;
use crate::markdown::{code, escape};

impl Plan {
    /// The plan as GitHub-flavoured Markdown. Values that look secret are hidden; what comes from
    /// elsewhere can neither format, link, mention nor leave its place.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        let what = match &self.version {
            Some(version) => code(&version.to_string()),
            None => "a task definition without a version".to_owned(),
        };
        let service = code(&self.service.to_string());
        let _ = writeln!(out, "### Plan: {} {what} to {service}\n", self.intent);
        let _ = writeln!(out, "Runs now: {}\n", code(&self.current.to_string()));
        for (number, step) in self.steps().iter().enumerate() {
            let _ = writeln!(out, "{}. {}", number + 1, escape(&escaped(step)));
        }
        out.push('\n');
        if !self.gated.is_empty() {
            out.push_str("| Container | Verified image |\n|---|---|\n");
            for (container, reference) in &self.gated {
                let _ = writeln!(
                    out,
                    "| {} | {} |",
                    code(&escaped(container)),
                    code(reference)
                );
            }
            out.push('\n');
        }
        match &self.order {
            OrderCheck::Unknown { reason } => {
                let _ = writeln!(out, "Order unknown: {}\n", escape(&escaped(reason)));
            }
            OrderCheck::Unguarded { reason } => {
                let reason = escape(&escaped(reason));
                let _ = writeln!(out, "Without the order guard: {reason}\n");
            }
            OrderCheck::Clear | OrderCheck::GivesWay { .. } => {}
        }
        if let Some(diff) = &self.diff {
            let _ = writeln!(out, "Task definition:\n\n{}\n", block(&diff.to_string()));
        }
        if !self.deployment_configuration.is_empty() {
            let changes = self.deployment_configuration.iter();
            let lines: Vec<String> = changes.map(|change| escaped(&change.to_string())).collect();
            let changes = block(&lines.join("\n"));
            let _ = writeln!(out, "Deployment configuration:\n\n{changes}\n");
        }
        out
    }
}

/// A code block with a fence that the text cannot close.
fn block(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}diff\n{text}\n{fence}")
}
