//! The image registry port on any registry that speaks the OCI distribution protocol.
//!
//! [`OciRegistry`] asks anonymously, with a user name and password, or with a token; it follows
//! the registry's own challenge. Answers have size limits, every step has a timeout, and plain
//! HTTP is used only with the machine's own loopback address, or when it is asked for.

mod authorize;
mod blobs;
mod challenge;
mod credentials;
mod exchange;
mod manifests;
mod options;
mod origin;
mod refusal;
mod registry;
mod token;
mod transport;

pub use crate::timeouts::Timeouts;
#[cfg(feature = "ecr")]
pub(crate) use authorize::{Authorize, secret};
#[cfg(feature = "ecr")]
pub(crate) use blobs::CONCURRENCY;
#[cfg(feature = "ecr")]
pub(crate) use challenge::Challenge;
#[cfg(feature = "ecr")]
pub(crate) use exchange::Exchange;
#[cfg(feature = "ecr")]
pub(crate) use manifests::other_digest;
pub use options::OciOptions;
#[cfg(feature = "ecr")]
pub(crate) use origin::Origin;
pub use registry::OciRegistry;
#[cfg(feature = "ecr")]
pub(crate) use transport::Transport;
