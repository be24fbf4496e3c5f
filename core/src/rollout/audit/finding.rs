//! What an audit hands over.

use std::fmt;

use serde::Serialize;

use super::OlderInPlace;
use crate::harmless::escaped;
use crate::rollout::proof::{Proof, ProofSummary, SeenImage, TaskProof, Verdict, version_id};
use crate::service::{ServiceAddress, TaskDefinitionArn};
use crate::version::Version;

/// What an audit says of one service: a proof without its tasks.
///
/// JSON: `{"service", "verdict", "reason", "desired"?, "running", "right", "wrong", "unknown",
/// "revisions", "images", "agreementOnly"?, "tasks"?, "order"?}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceVerdict {
    /// The service.
    pub service: ServiceAddress,
    /// The verdict and the counts.
    #[serde(flatten)]
    pub summary: ProofSummary,
    /// The revisions that run, with counts.
    pub revisions: Vec<RevisionCount>,
    /// What runs, by container and digest, with counts.
    pub images: Vec<SeenImage>,
    /// The containers of which nothing but agreement could be shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agreement_only: Vec<String>,
    /// Tasks that are not right, the first ten.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<TaskProof>,
    /// A newer version that was replaced by an older one, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<OlderInPlace>,
}

/// A revision of a task definition that tasks run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RevisionCount {
    /// The revision.
    pub task_definition: TaskDefinitionArn,
    /// Its version, where that was asked for and is known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "version_id")]
    pub version: Option<Version>,
    /// How many running tasks are of it.
    pub tasks: u32,
    /// One of them.
    pub example: String,
}

impl ServiceVerdict {
    /// Whether every wanted task runs what was meant, or no task is wanted.
    pub fn is_sound(&self) -> bool {
        match self.summary.verdict {
            Verdict::Verified => true,
            Verdict::Empty => self.summary.desired == Some(0),
            _ => false,
        }
    }

    /// A service that there is nothing to judge of.
    pub(super) fn unjudged(service: ServiceAddress, reason: String) -> Self {
        Self {
            service,
            summary: ProofSummary {
                verdict: Verdict::Unknown,
                reason,
                desired: None,
                running: 0,
                right: 0,
                wrong: 0,
                unknown: 0,
            },
            revisions: Vec::new(),
            images: Vec::new(),
            agreement_only: Vec::new(),
            tasks: Vec::new(),
            order: None,
        }
    }

    /// The verdict of a second, closer look at the same service.
    pub(super) fn looked_again(mut self, proof: &Proof, shown: usize) -> Self {
        self.summary = proof.summary().clone();
        self.images = proof.images().to_vec();
        self.agreement_only = proof.agreement_only().to_vec();
        self.tasks = proof.not_right().take(shown).cloned().collect();
        self
    }
}

/// One line, harmless in a log.
impl fmt::Display for ServiceVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<10} {}: {}",
            self.summary.verdict.as_str(),
            self.service,
            escaped(&self.summary.reason)
        )?;
        match &self.order {
            Some(order) => write!(f, "; {}", escaped(&order.reason)),
            None => Ok(()),
        }
    }
}

/// How many services came to which verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditSummary {
    /// How many services were judged.
    pub services: u32,
    /// How many running tasks they have.
    pub tasks: u64,
    /// Services by verdict.
    pub verified: u32,
    /// Services by verdict.
    pub incomplete: u32,
    /// Services by verdict.
    pub mixed: u32,
    /// Services by verdict.
    pub wrong: u32,
    /// Services by verdict.
    pub unknown: u32,
    /// Services by verdict.
    pub empty: u32,
    /// Services that are not sound: neither verified nor without a task that is wanted.
    pub unsound: u32,
    /// Services with an older version in place than was there, where that was asked for.
    pub out_of_order: u32,
}

impl AuditSummary {
    pub(super) fn add(&mut self, verdict: &ServiceVerdict) {
        self.services += 1;
        self.tasks += u64::from(verdict.summary.running);
        *match verdict.summary.verdict {
            Verdict::Verified => &mut self.verified,
            Verdict::Incomplete => &mut self.incomplete,
            Verdict::Mixed => &mut self.mixed,
            Verdict::Wrong => &mut self.wrong,
            Verdict::Unknown => &mut self.unknown,
            Verdict::Empty => &mut self.empty,
        } += 1;
        self.unsound += u32::from(!verdict.is_sound());
        self.out_of_order += u32::from(verdict.order.is_some());
    }

    /// Whether every service is sound and in order.
    pub fn is_sound(&self) -> bool {
        self.unsound == 0 && self.out_of_order == 0
    }
}

/// One line.
impl fmt::Display for AuditSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} services with {} running tasks: {} verified, {} incomplete, {} mixed, {} wrong, \
             {} unknown, {} empty, {} out of order",
            self.services,
            self.tasks,
            self.verified,
            self.incomplete,
            self.mixed,
            self.wrong,
            self.unknown,
            self.empty,
            self.out_of_order
        )
    }
}
