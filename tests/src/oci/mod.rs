//! A real OCI registry, and a token server for it.

mod push;
mod registry;
mod tokens;

pub use push::{corrupt, push, push_as, remove};
pub use registry::{Auth, PASSWORD, RealRegistry, USER};
pub use tokens::TokenServer;
