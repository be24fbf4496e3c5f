//! The checks, one a file. Each is a pure function of what is asked and what was seen.

pub(super) mod active;
pub(super) mod content_complete;
pub(super) mod exists;
pub(super) mod expected_digest;
pub(super) mod manifest_digest;
pub(super) mod platform;
pub(super) mod retention;
pub(super) mod revision_label;
pub(super) mod scan;
pub(super) mod tag_immutable;
