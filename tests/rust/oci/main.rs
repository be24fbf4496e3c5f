//! OCI registries: a real one, with real images in it, and ones that lie.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod auth;
mod damage;
mod leaks;
mod lies;
mod real;
mod support;
