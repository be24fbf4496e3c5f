//! What the tests share: real images, and servers to keep them in.
//!
//! - [`image`]: images built from nothing, with labels, for one platform or several;
//! - [`ecr`]: a scripted stand-in for Amazon ECR that counts calls and injects faults;
//! - [`wire`]: the registry and the cluster in memory behind real HTTP;
//! - [`oci`]: a real registry (Debian's `docker-registry`) and a token server;
//! - [`http`]: the small server under the scripted ones.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

pub mod ecr;
pub mod http;
pub mod image;
pub mod oci;
pub mod wire;

/// The Rust of the README compiles as it stands there.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
