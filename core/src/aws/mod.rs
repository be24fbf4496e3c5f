//! The ports on AWS.
//!
//! [`EcrRegistry`] is Amazon ECR as an image registry. Credentials, Region, profile and endpoints
//! come from the environment as with every AWS tool; [`EcrOptions`] overrides them.

mod cause;
mod connections;
mod credentials;
mod denied;
mod describe;
mod errors;
mod layers;
mod lookup;
mod options;
mod quota;
mod registry;
mod repository;
mod token;

pub use options::EcrOptions;
pub use registry::EcrRegistry;
