//! Build metadata: where an image comes from, from the CI run into the running container.

mod build;
mod commit;
mod time;

pub use build::BuildMetadata;
pub use commit::Commit;
pub use time::{compact, parse_time};
