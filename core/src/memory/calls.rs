//! What a registry was asked.

use serde::Serialize;

/// How many calls a registry had, of each method of the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Calls {
    /// Look-ups, whatever the number of images in each.
    pub look_up: u32,
    /// Images in all look-ups together.
    pub images: u32,
    /// Questions for the state of blobs.
    pub blob_states: u32,
    /// Blobs that were read.
    pub read_blob: u32,
    /// Questions for the mutability of tags.
    pub tag_mutability: u32,
    /// Questions for what scans found.
    pub scan_findings: u32,
    /// Questions for lifecycle policies.
    pub lifecycle_policy: u32,
    /// Questions for what lifecycle policies go by.
    pub stored_images: u32,
    /// Tags that were put.
    pub put_tag: u32,
}

impl Calls {
    /// All calls together.
    pub fn total(&self) -> u32 {
        self.look_up
            + self.blob_states
            + self.read_blob
            + self.tag_mutability
            + self.scan_findings
            + self.lifecycle_policy
            + self.stored_images
            + self.put_tag
    }
}
