//! The gate.

mod verified;

pub(crate) use verified::PyVerifiedImage;
