//! Amazon ECR as an image registry.

mod denied;
mod describe;
mod errors;
mod layers;
mod lookup;
mod registry;
mod repository;
mod rules;
mod scans;
mod tags;
mod token;

pub use registry::EcrRegistry;
