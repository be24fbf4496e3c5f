//! Amazon ECR as an image registry.

mod denied;
mod describe;
mod errors;
mod layers;
mod lookup;
mod registry;
mod repository;
mod tags;
mod token;

pub use registry::EcrRegistry;
