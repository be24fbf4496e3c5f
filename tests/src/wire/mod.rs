//! The registry and the cluster in memory behind real HTTP.

mod book;
mod elb;
mod faults;
mod input;
mod paging;
pub(crate) mod protocol;
mod refusal;
mod shape;
mod shelf;

pub use book::Recorded;
pub use faults::{Act, Fault};
