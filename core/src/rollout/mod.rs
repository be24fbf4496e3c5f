//! Rollouts: one change of a service to a task definition, from request to proof.

mod version_of;

pub use version_of::{VERSION_TAG, version_of};
