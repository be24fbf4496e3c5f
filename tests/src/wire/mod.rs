//! The registry and the cluster in memory behind real HTTP.

mod faults;
pub(crate) mod protocol;

pub use faults::{Act, Fault};
