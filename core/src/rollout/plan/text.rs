//! The plan for a terminal.

use std::fmt::Write as _;

use super::{OrderCheck, Plan};
use crate::harmless::escaped;

impl Plan {
    /// The plan as plain text, for a terminal or a log. Values that look secret are hidden; no
    /// control characters; lines end in `\n`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let what = match &self.version {
            Some(version) => version.to_string(),
            None => "a task definition without a version".to_owned(),
        };
        let _ = writeln!(out, "PLAN {}: {} {what}", self.service, self.intent);
        let _ = writeln!(out, "  runs now {}", self.current);
        for (number, step) in self.steps().iter().enumerate() {
            let _ = writeln!(out, "  {}. {}", number + 1, escaped(step));
        }
        for (container, reference) in &self.gated {
            let _ = writeln!(out, "  verified {}: {reference}", escaped(container));
        }
        match &self.order {
            OrderCheck::Unknown { reason } => {
                let _ = writeln!(out, "  order unknown: {}", escaped(reason));
            }
            OrderCheck::Unguarded { reason } => {
                let _ = writeln!(out, "  without the order guard: {}", escaped(reason));
            }
            OrderCheck::Clear | OrderCheck::GivesWay { .. } => {}
        }
        if let Some(diff) = &self.diff {
            out.push_str("  task definition\n");
            for line in diff.to_string().lines() {
                let _ = writeln!(out, "    {line}");
            }
        }
        if !self.deployment_configuration.is_empty() {
            out.push_str("  deployment configuration\n");
            for change in &self.deployment_configuration {
                let _ = writeln!(out, "    {}", escaped(&change.to_string()));
            }
        }
        out
    }
}
