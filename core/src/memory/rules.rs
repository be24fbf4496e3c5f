//! Scans, and what lifecycle policies go by.

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

use super::registry::MemoryRegistry;
use super::store::{Contents, Kept};
use crate::image::{Digest, ScanFindings, StoredImage};
use crate::ports::StoredImages;
use crate::{Error, ErrorKind, Result};

/// The moment at which the clock of every registry begins: 2025-08-20T12:45:00Z.
const BEGINNING: i64 = 1_755_693_900;

impl MemoryRegistry {
    /// A moment as answers write it.
    fn time(&self, at: Instant) -> DateTime<Utc> {
        let since = at.saturating_duration_since(self.began);
        DateTime::from_timestamp(BEGINNING, 0).unwrap_or_default()
            + TimeDelta::from_std(since).unwrap_or_default()
    }

    pub(super) fn stored(
        &self,
        contents: &Contents,
        only: Option<&Digest>,
    ) -> Result<StoredImages> {
        let now = Instant::now();
        let images: Vec<StoredImage> = contents
            .manifests
            .iter()
            .filter(|(digest, kept)| {
                kept.visible_from <= now && only.is_none_or(|only| *digest == only)
            })
            .map(|(digest, kept)| StoredImage {
                digest: digest.clone(),
                tags: contents
                    .tags
                    .iter()
                    .filter(|(_, (of, _))| of == digest)
                    .map(|(tag, _)| tag.clone())
                    .collect(),
                pushed_at: Some(kept.pushed_at.unwrap_or_else(|| self.time(kept.pushed))),
            })
            .collect();
        match only {
            Some(digest) if images.is_empty() => Err(not_found(digest)),
            _ => Ok(StoredImages {
                images,
                as_of: self.time(now),
            }),
        }
    }
}

/// What the scan of an image tells now.
pub(super) fn scan_of(contents: &Contents, digest: &Digest) -> Result<Option<ScanFindings>> {
    let kept = contents
        .manifests
        .get(digest)
        .ok_or_else(|| not_found(digest))?;
    Ok(kept.scan_now())
}

impl Kept {
    pub(super) fn scan_now(&self) -> Option<ScanFindings> {
        let scan = self.scan.as_ref()?;
        let since = self.pushed.elapsed();
        if since < scan.started_after {
            return None;
        }
        if since < scan.finished_after {
            return Some(ScanFindings {
                status: "IN_PROGRESS".to_owned(),
                ..ScanFindings::default()
            });
        }
        Some(scan.findings.clone())
    }
}

fn not_found(digest: &Digest) -> Error {
    Error::new(
        ErrorKind::ImageNotFound,
        format!("the registry does not have the image {digest}; push it first"),
    )
}
