//! `DescribeImageScanFindings`: what the scan of an image found.

use std::collections::BTreeMap;

use aws_sdk_ecr::operation::describe_image_scan_findings::DescribeImageScanFindingsError;
use aws_sdk_ecr::types::{
    FindingSeverity, ImageIdentifier, ImageScanFindings, ImageScanStatus, ScanStatus,
};

use super::repository::{EcrRepository, MAX_PAGES};
use crate::Result;
use crate::image::{Digest, ScanFindings};

/// The most findings that a page has.
const PAGE: i32 = 1000;

impl EcrRepository {
    pub(super) async fn scan_findings(&self, digest: &Digest) -> Result<Option<ScanFindings>> {
        let mut counted = BTreeMap::new();
        let mut page = None;
        for _ in 0..MAX_PAGES {
            let described = self
                .client()
                .describe_image_scan_findings()
                .set_registry_id(self.account().map(str::to_owned))
                .repository_name(self.name().as_str())
                .image_id(
                    ImageIdentifier::builder()
                        .image_digest(digest.as_str())
                        .build(),
                )
                .max_results(PAGE)
                .set_next_token(page)
                .send()
                .await;
            let output = match described {
                Ok(output) => output,
                // The image is there, and was never scanned.
                Err(error)
                    if error.as_service_error().is_some_and(
                        DescribeImageScanFindingsError::is_scan_not_found_exception,
                    ) =>
                {
                    return Ok(None);
                }
                Err(error) => return Err(self.call("DescribeImageScanFindings").failed(&error)),
            };
            let status = output.image_scan_status();
            let found = |counts| ScanFindings {
                status: status
                    .and_then(ImageScanStatus::status)
                    .map_or_else(|| "UNKNOWN".to_owned(), |status| status.as_str().to_owned()),
                description: status
                    .and_then(ImageScanStatus::description)
                    .map(str::to_owned),
                counts,
            };
            let Some(findings) = output.image_scan_findings() else {
                return Ok(Some(found(None)));
            };
            if let Some(counts) = counts(findings, status) {
                return Ok(Some(found(Some(counts))));
            }
            count(findings, &mut counted);
            match output.next_token() {
                Some(next) => page = Some(next.to_owned()),
                // Without any finding it says so only by the time at which the scan was done.
                None if counted.is_empty() && findings.image_scan_completed_at().is_none() => {
                    return Ok(Some(found(None)));
                }
                None => return Ok(Some(found(Some(counted)))),
            }
        }
        Err(self.endless("findings"))
    }
}

/// The counts that ECR tells on every page, of all findings. Of a continuous scan, which is `ACTIVE`
/// from the push on, none are only told once it has been done.
fn counts(
    findings: &ImageScanFindings,
    status: Option<&ImageScanStatus>,
) -> Option<BTreeMap<String, u32>> {
    let counts = findings.finding_severity_counts()?;
    let continuous = status.and_then(ImageScanStatus::status) == Some(&ScanStatus::Active);
    if continuous && counts.is_empty() && findings.image_scan_completed_at().is_none() {
        return None;
    }
    let counts = counts.iter().map(|(severity, count)| {
        // None that makes sense is negative; what makes none must not let an image pass.
        let count = u32::try_from(*count).unwrap_or(u32::MAX);
        (severity.as_str().to_owned(), count)
    });
    Some(counts.collect())
}

/// Counts the findings of a page, where ECR does not.
fn count(findings: &ImageScanFindings, counted: &mut BTreeMap<String, u32>) {
    let basic = findings
        .findings()
        .iter()
        .map(|finding| finding.severity().map(FindingSeverity::as_str));
    let enhanced = findings
        .enhanced_findings()
        .iter()
        .map(|finding| finding.severity());
    for severity in basic.chain(enhanced) {
        let severity = severity.unwrap_or("UNDEFINED").to_owned();
        *counted.entry(severity).or_insert(0) += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use aws_sdk_ecr::primitives::DateTime;

    use super::*;

    #[test]
    fn a_continuous_scan_that_was_never_done_has_not_found_nothing() {
        let status = |status: ScanStatus| ImageScanStatus::builder().status(status).build();
        let none =
            || ImageScanFindings::builder().set_finding_severity_counts(Some(HashMap::new()));
        let (active, complete) = (status(ScanStatus::Active), status(ScanStatus::Complete));
        assert_eq!(counts(&none().build(), Some(&active)), None);
        let at = DateTime::from_secs(1_755_693_900);
        let done = none().image_scan_completed_at(at).build();
        assert_eq!(counts(&done, Some(&active)), Some(BTreeMap::new()));
        assert_eq!(
            counts(&none().build(), Some(&complete)),
            Some(BTreeMap::new())
        );
    }
}
