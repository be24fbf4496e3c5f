//! Promotion: the same bytes under the version of another environment.
//!
//! What was proven in staging goes to production as it is: no second build, which could be of other
//! dependencies. The promoted image gets a version and a tag of its own, the moving alias of the
//! environment follows only after the proof.

mod alias;
mod promotion;

#[cfg(all(test, feature = "memory"))]
mod tests;

pub use promotion::{Promotion, promote};
