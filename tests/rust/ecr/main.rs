//! Amazon ECR, against a scripted stand-in and a third-party emulator.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod blobs;
mod faults;
mod gate;
mod identity;
mod lookups;
mod moto;
mod rights;
mod router;
mod scans;
mod support;
mod tags;
