//! A finished scan for vulnerabilities found no more than the policy allows.

use std::collections::BTreeMap;

use crate::ErrorKind;
use crate::gate::scan_policy::UNDEFINED;
use crate::gate::{
    Check, CheckName, Evidence, ImageQuery, Policy, Presence, Reading, ScanEvidence, ScanPolicy,
    ScanReading, subject,
};
use crate::image::ScanFindings;

const NAME: CheckName = CheckName::Scan;

/// A basic scan that is done, or a continuous one, which never is. Source: ECR `ScanStatus`: every
/// other state, those of the future too, is none on which an image can be let through.
const FINISHED: [&str; 2] = ["COMPLETE", "ACTIVE"];
/// States that lead to another by themselves.
const UNDER_WAY: [&str; 2] = ["PENDING", "IN_PROGRESS"];

pub(in crate::gate) fn judge(policy: Policy, query: &ImageQuery, evidence: &Evidence) -> Check {
    let Some(allowed) = policy.scan_policy() else {
        return Check::not_asked(NAME);
    };
    let Presence::Found(_) = &evidence.presence else {
        return Check::not_reached(NAME);
    };
    let scans = match &evidence.scans {
        Reading::Read(scans) => scans,
        Reading::Failed(error) => return Check::unread(NAME, "the scan", error),
        Reading::NotAsked => return Check::not_reached(NAME),
    };
    if scans.is_empty() {
        let why = if query.platform().is_some() {
            "it has no image for the platform that a scan could be of"
        } else {
            "it has no image that a scan could be of"
        };
        return incomplete(why, &allowed, Missing::Yes);
    }
    // What is wrong for good comes before what may still come.
    let mut checks: Vec<Check> = scans.iter().map(|scan| one(scan, &allowed)).collect();
    checks.sort_by_key(|check| (rank(check), check.can_change()));
    let of_all = checks.len();
    match checks.into_iter().next() {
        Some(worst) if worst.kind().is_some() => worst,
        _ if of_all == 1 => Check::pass(NAME, "its scan is finished and within the limits"),
        _ => Check::pass(
            NAME,
            format!("the scans of all {of_all} images are finished and within the limits"),
        ),
    }
}

fn rank(check: &Check) -> u8 {
    use crate::gate::CheckOutcome::{Fail, Warn};
    match check.outcome() {
        Fail => 0,
        Warn => 1,
        _ => 2,
    }
}

/// Whether there will be no scan unless somebody does something.
#[derive(Clone, Copy, PartialEq)]
enum Missing {
    Yes,
    NotYet,
    No,
}

fn one(scan: &ScanEvidence, allowed: &ScanPolicy) -> Check {
    let of = scan
        .child
        .as_ref()
        .map(|child| format!(" of {}", subject::named(child)))
        .unwrap_or_default();
    let findings = match &scan.reading {
        ScanReading::Found(findings) => findings,
        ScanReading::Never => {
            return incomplete(&format!("there is no scan{of}"), allowed, Missing::NotYet);
        }
        ScanReading::Failed(error) => {
            let check = Check::unread(NAME, &format!("the scan{of}"), error);
            let unsupported = error.kind() == ErrorKind::UnsupportedOperation;
            if unsupported && allowed.only_warns_of_missing() {
                return check.into_warning();
            }
            return check;
        }
    };
    let status = findings.status.as_str();
    let words = findings.description.as_deref().unwrap_or_default();
    let says = format!("the scan{of} is {status} {words}")
        .trim_end()
        .to_owned();
    if UNDER_WAY.contains(&status) {
        return incomplete(&says, allowed, Missing::No).changing(allowed.waits());
    }
    if !FINISHED.contains(&status) {
        let unscannable = matches!(status, "UNSUPPORTED_IMAGE" | "IMAGE_SIZE_EXCEEDED");
        let missing = if unscannable {
            Missing::Yes
        } else {
            Missing::No
        };
        return incomplete(&says, allowed, missing).seeing(status);
    }
    match &findings.counts {
        // Said before there is anything: continuous scanning is on from the push.
        None => incomplete(
            &format!("{says}, without findings yet"),
            allowed,
            Missing::No,
        )
        .changing(allowed.waits()),
        Some(counts) => within(counts, findings, &of, allowed),
    }
}

fn within(
    counts: &BTreeMap<String, u32>,
    findings: &ScanFindings,
    of: &str,
    allowed: &ScanPolicy,
) -> Check {
    let limits = allowed.limits();
    // Scanners other than ECR's own write a severity as they like, `Critical` too.
    let is = |name: &str, severity: &str| name.eq_ignore_ascii_case(severity);
    let known = |name: &str| limits.iter().any(|(severity, _)| is(name, severity));
    let found = |severity: &str| -> u32 {
        counts
            .iter()
            .filter(|(name, _)| is(name, severity) || (severity == UNDEFINED && !known(name)))
            .fold(0, |sum: u32, (_, count)| sum.saturating_add(*count))
    };
    let too_many: Vec<_> = limits
        .iter()
        .filter_map(|(severity, limit)| Some((*severity, found(severity), (*limit)?)))
        .filter(|(_, found, limit)| found > limit)
        .collect();
    if too_many.is_empty() {
        return Check::pass(NAME, format!("the scan{of} is {}", findings.status));
    }
    let list = |pick: fn(&(&str, u32, u32)) -> u32| {
        let counts = too_many
            .iter()
            .map(|one| format!("{} {}", pick(one), one.0));
        counts.collect::<Vec<_>>().join(", ")
    };
    Check::fail(
        NAME,
        ErrorKind::ScanRejected,
        format!("the scan{of} found more than is allowed"),
    )
    .expecting(format!("at most {}", list(|(_, _, limit)| *limit)))
    .seeing(list(|(_, found, _)| *found))
    .advising(
        "look at the findings (ECR: DescribeImageScanFindings), update what they name, and build again",
    )
}

fn incomplete(why: &str, allowed: &ScanPolicy, missing: Missing) -> Check {
    let advice = match missing {
        Missing::No => "wait for the scan, or start one (ECR: StartImageScan)",
        Missing::Yes | Missing::NotYet => {
            "let the registry scan on push, or start a scan (ECR: StartImageScan), or let the policy warn \
             of images without one"
        }
    };
    let check = Check::fail(NAME, ErrorKind::ScanIncomplete, why).advising(advice);
    if missing != Missing::No && allowed.only_warns_of_missing() {
        return check.into_warning();
    }
    check.changing(missing == Missing::NotYet && allowed.waits())
}
