//! What the summaries for people say, in the same words.

use super::EvidenceRecord;
use crate::harmless::escaped;
use crate::rollout::{Answers, Outcome};

/// How many failures and messages are written out. The JSON form has all of them.
pub(super) const SHOWN: usize = 20;

/// How much of one text is written out, in characters.
const WRITTEN: usize = 1000;

/// A summary never gets longer, in bytes: GitHub takes up to 1 MiB from all that a step writes.
pub(super) const LONGEST: usize = 512 * 1024;

/// Text from elsewhere on one line, harmless and not too long.
pub(super) fn tame(text: &str) -> String {
    let text = escaped(text);
    match text.char_indices().nth(WRITTEN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Cuts a summary that got too long at the end of a line.
pub(super) fn bounded(mut text: String) -> String {
    const REST: &str = "\n… and more: the JSON form has all of it\n";
    if text.len() > LONGEST {
        let room = LONGEST - REST.len();
        let whole = text.floor_char_boundary(room);
        let end = text.get(..whole).and_then(|head| head.rfind('\n'));
        text.truncate(end.map_or(whole, |end| end + 1));
        text.push_str(REST);
    }
    text
}

impl EvidenceRecord {
    pub(super) fn headline(&self) -> &'static str {
        match self.outcome {
            Some(Outcome::Completed) => "Completed",
            Some(Outcome::RolledBack) => "Rolled back",
            Some(Outcome::Failed) => "Failed",
            Some(Outcome::Superseded) => "Superseded",
            Some(Outcome::TimedOut) => "Timed out",
            None => "Not finished",
        }
    }

    /// Labels and values, in their order.
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        let mut add = |label, fact: Option<String>| {
            facts.extend(fact.map(|fact| (label, tame(&fact))));
        };
        add(
            "intent",
            Some(format!("{}, until {}", self.intent, self.until)),
        );
        add("version", self.version.as_ref().map(ToString::to_string));
        let build = self.build.as_ref();
        add("commit", build.map(|build| build.commit().to_string()));
        let revision = self.task_definition.as_ref();
        add(
            "task definition",
            revision.map(|revision| {
                let how = if revision.reused {
                    "was registered before"
                } else {
                    "registered"
                };
                format!("{}, {how}", revision.arn.short())
            }),
        );
        add("before", self.previous.as_ref().map(ToString::to_string));
        let deployment = self.service_deployment.as_ref();
        add(
            "deployment",
            deployment.and_then(|deployment| deployment.id.clone()),
        );
        let seen = deployment.and_then(|deployment| deployment.seen.as_ref());
        add(
            "ECS says",
            seen.map(|seen| match &seen.status_reason {
                Some(reason) => format!("{}: {reason}", seen.status_word()),
                None => seen.status_word(),
            }),
        );
        if let Some(order) = &self.order {
            let replaced: Vec<String> = order.replaced.iter().map(ToString::to_string).collect();
            add(
                "replaced",
                (!replaced.is_empty()).then(|| replaced.join(", ")),
            );
            add("put back", order.healed.as_ref().map(ToString::to_string));
            add(
                "superseded by",
                order.superseded_by.as_ref().map(ToString::to_string),
            );
            add("order not guarded", order.unguarded.clone());
        }
        add(
            "targets",
            self.targets
                .as_ref()
                .map(|targets| format!("{}: {}", targets.verdict.as_str(), targets.reason)),
        );
        add(
            "application",
            self.application.as_ref().map(Answers::summary),
        );
        add("left behind", self.left.as_ref().map(ToString::to_string));
        let seconds = (self.finished_at - self.started_at).num_seconds().max(0);
        add(
            "took",
            Some(format!("{} min {:02} s", seconds / 60, seconds % 60)),
        );
        facts
    }
}

impl super::SeenDeployment {
    fn status_word(&self) -> String {
        match serde_json::to_value(&self.status) {
            Ok(serde_json::Value::String(word)) => word,
            _ => String::new(),
        }
    }
}
