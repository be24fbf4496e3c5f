//! The decision of the gate.

use super::checks::{
    active, content_complete, exists, expected_digest, manifest_digest, platform, retention,
    revision_label, scan, tag_immutable,
};
use super::{Evidence, GateReport, ImageQuery, Policy};

/// Judges what was seen of an image by what must hold. Pure: no I/O, no clock.
///
/// The report names every check. It is a statement about the evidence; only a
/// [`Gate`](super::Gate), which collects the evidence itself, gives a
/// [`VerifiedImage`](super::VerifiedImage).
pub fn judge(policy: &Policy, query: &ImageQuery, evidence: &Evidence) -> GateReport {
    let policy = *policy;
    let checks = vec![
        exists::judge(query, evidence),
        active::judge(evidence),
        manifest_digest::judge(policy, query, evidence),
        expected_digest::judge(query, evidence),
        platform::judge(query, evidence),
        content_complete::judge(policy, query, evidence),
        revision_label::judge(query, evidence),
        tag_immutable::judge(policy, query, evidence),
        scan::judge(policy, query, evidence),
        retention::judge(policy, evidence),
    ];
    GateReport::new(query, evidence, checks)
}
