//! The gate: collects evidence on an image, judges it by a policy, and lets only verified images pass.

mod verified;

pub use verified::VerifiedImage;
