//! From options or an address to a registry.
//!
//! [`Registries`] takes any address: names alone and hosts of private ECR registries go to Amazon
//! ECR, everything else to an OCI registry. [`connect`] makes a registry from the JSON options that
//! all three languages take.

mod options;
#[cfg(feature = "ecr")]
mod registries;

pub use options::{RegistryOptions, connect};
#[cfg(feature = "ecr")]
pub use registries::Registries;
