//! What scans found.

use crate::gate::subject::runnable;
use crate::gate::{ImageEvidence, ImageQuery, Policy, Reading, ScanEvidence, ScanReading};
use crate::image::{Digest, Manifest};
use crate::ports::ImageRegistry;

/// The scan of each image that a task could run: an index is not scanned itself.
pub(super) async fn scans(
    registry: &dyn ImageRegistry,
    policy: Policy,
    query: &ImageQuery,
    image: &ImageEvidence,
) -> Reading<Vec<ScanEvidence>> {
    let (Some(_), Some(manifest)) = (policy.scan_policy(), image.sound_manifest()) else {
        return Reading::NotAsked;
    };
    let mut all = Vec::new();
    match manifest {
        Manifest::Image(_) => all.push(ScanEvidence {
            child: None,
            reading: scan(registry, image, &image.found.digest).await,
        }),
        Manifest::Index(_) => {
            for child in runnable(query, manifest) {
                all.push(ScanEvidence {
                    child: Some(child.clone()),
                    reading: scan(registry, image, child.digest()).await,
                });
            }
        }
    }
    Reading::Read(all)
}

async fn scan(registry: &dyn ImageRegistry, image: &ImageEvidence, digest: &Digest) -> ScanReading {
    let repository = &image.found.repository;
    match registry.scan_findings(repository, digest).await {
        Ok(Some(findings)) => ScanReading::Found(findings),
        Ok(None) => ScanReading::Never,
        Err(error) => ScanReading::Failed(error),
    }
}
