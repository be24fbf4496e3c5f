//! The application's own answer: a running endpoint reports what it is, several times in a row.
//!
//! - [`Probe`]: where to ask, and what is to be answered.
//! - [`Answers`]: one answer after the other → whether it is enough, without I/O.
//! - [`wait_for_application`]: asks until it is, or the deadline comes.
//!
//! ECS tells which image a container was started from. What the load balancer sends traffic to is
//! told by nobody but the application.

mod answers;
mod form;
#[cfg(feature = "probe")]
mod http;
#[allow(
    clippy::module_inception,
    reason = "the file is named by the word that people look for"
)]
mod probe;
mod reading;
mod wait;

pub use answers::{Answers, SeenAnswer};
pub use form::judge_answers_json;
#[cfg(feature = "probe")]
pub use http::HttpProbe;
pub use probe::{Expected, Probe};
pub use wait::{wait_for_application, watch_application};
