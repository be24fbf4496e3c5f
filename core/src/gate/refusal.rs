//! The errors of the gate.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Check, CheckName, Evidence, GateReport, ImageQuery};
use crate::{Error, ErrorKind};

/// The error for a report that refuses. Its kind is that of the first check that failed.
pub(super) fn refused(report: &GateReport, evidence: &Evidence) -> Error {
    let Some(check) = report.failed().next() else {
        return Error::new(
            ErrorKind::UnexpectedResponse,
            format!(
                "image {} was refused: nothing was seen of it",
                report.image()
            ),
        )
        .with_details(json!({ "report": report }));
    };
    let cause = cause_of(check, evidence);
    let mut details = json!({ "report": report });
    if let (Some(from), Some(into)) = (
        cause
            .as_ref()
            .and_then(|cause| cause.details()?.as_object()),
        details.as_object_mut(),
    ) {
        for (key, value) in from {
            into.entry(key).or_insert_with(|| value.clone());
        }
    }
    let error = Error::new(
        check.kind().unwrap_or(ErrorKind::UnexpectedResponse),
        message(report, check),
    )
    .with_details(details);
    match cause {
        Some(cause) => error.with_source(cause),
        None => error,
    }
}

fn message(report: &GateReport, check: &Check) -> String {
    let mut message = format!(
        "image {} was refused by the check {}: {}",
        report.image(),
        check.name(),
        check.reason()
    );
    for (label, fact) in [("expected", check.expected()), ("actual", check.actual())] {
        if let Some(fact) = fact {
            message.push_str("; ");
            message.push_str(label);
            message.push(' ');
            message.push_str(fact);
        }
    }
    if let Some(advice) = check.advice() {
        message.push_str("; to do: ");
        message.push_str(advice);
    }
    message
}

/// The error of the registry because of which a check could not be made.
fn cause_of(check: &Check, evidence: &Evidence) -> Option<Error> {
    use super::{ChildReading, ConfigReading, ScanReading};

    let children = || {
        evidence.children.error().cloned().or_else(|| {
            evidence
                .children
                .read()?
                .iter()
                .find_map(|child| match &child.reading {
                    ChildReading::Failed(error) => Some(error.clone()),
                    _ => None,
                })
        })
    };
    let configurations = || {
        evidence.configurations.error().cloned().or_else(|| {
            evidence
                .configurations
                .read()?
                .iter()
                .find_map(|one| match &one.reading {
                    ConfigReading::Failed(error) => Some(error.clone()),
                    _ => None,
                })
        })
    };
    let scans = || {
        let scans = evidence.scans.read()?;
        scans.iter().find_map(|one| match &one.reading {
            ScanReading::Failed(error) => Some(error.clone()),
            _ => None,
        })
    };
    let cause = match check.name() {
        CheckName::ContentComplete => children().or_else(|| evidence.blobs.error().cloned()),
        CheckName::Platform | CheckName::RevisionLabel => configurations(),
        CheckName::TagImmutable => evidence.mutability.error().cloned(),
        CheckName::Scan => scans(),
        CheckName::Retention => evidence.retention.error().cloned(),
        _ => None,
    };
    cause.filter(|cause| Some(cause.kind()) == check.kind())
}

/// The error for a deadline that passed. `last` is the refusal of the last answer, where there was
/// one.
pub(super) fn too_late(
    query: &ImageQuery,
    timeout: Duration,
    attempts: u32,
    last: Option<Error>,
) -> Error {
    let begin = format!(
        "image {query} did not pass the gate within {} s ({attempts} attempts)",
        timeout.as_secs_f64()
    );
    let Some(last) = last else {
        return Error::new(
            ErrorKind::DeadlineExceeded,
            format!(
                "{begin}: the registry did not answer; look at network and endpoint, or wait longer"
            ),
        )
        .with_details(json!({ "attempts": attempts }));
    };
    let mut details = json!({
        "attempts": attempts,
        "last": { "code": last.code(), "message": last.message() },
    });
    if let (Some(report), Some(into)) = (
        last.details().and_then(|details| details.get("report")),
        details.as_object_mut(),
    ) {
        into.insert("report".to_owned(), report.clone());
    }
    Error::new(
        ErrorKind::DeadlineExceeded,
        format!(
            "{begin}; the last answer was {}: {}",
            last.code(),
            last.message()
        ),
    )
    .with_details(details)
    .with_source(last)
}

/// How the error of a batch names one image.
pub(super) fn entry(image: &str, error: &Error) -> Value {
    let mut entry = json!({ "image": image, "code": error.code(), "message": error.message() });
    if let (Some(details), Some(into)) = (error.details(), entry.as_object_mut()) {
        into.insert("details".to_owned(), details.clone());
    }
    entry
}

/// What a waiting gate waits for, in a word: the first failed check, or the error of the registry.
pub(super) fn lacking(report: &GateReport) -> (ErrorKind, String) {
    match report.failed().next() {
        Some(check) => (
            check.kind().unwrap_or(ErrorKind::UnexpectedResponse),
            format!("{}: {}", check.name(), check.reason()),
        ),
        None => (
            ErrorKind::UnexpectedResponse,
            "nothing was seen of it".to_owned(),
        ),
    }
}
