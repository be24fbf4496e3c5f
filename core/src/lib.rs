//! Makes sure that every task of an Amazon ECS service runs exactly the container image that was
//! built, checked and meant.
#![forbid(unsafe_code)]

#[cfg(feature = "ecr")]
pub mod aws;
#[cfg(feature = "oci")]
pub mod connect;
mod error;
pub mod gate;
pub mod image;
#[cfg(feature = "memory")]
pub mod memory;
pub mod metadata;
#[cfg(feature = "oci")]
pub mod oci;
pub mod ports;
pub mod task_definition;
mod text;
pub mod version;

pub use error::{Error, ErrorKind, Result};
