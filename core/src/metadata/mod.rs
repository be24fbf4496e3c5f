//! Build metadata: where an image comes from, from the CI run into the running container.
//!
//! ```
//! use artifact_deploy::metadata::{BuildMetadata, RunningImage, detect, parse_time};
//!
//! let variables = [
//!     ("GITHUB_ACTIONS", "true"),
//!     ("GITHUB_EVENT_NAME", "pull_request"),
//!     ("GITHUB_REF", "refs/pull/51/merge"),
//!     ("GITHUB_SHA", "ffffffffa1b2c3d4e5f60718293a4b5c6d7e8f90"),
//! ]
//! .map(|(name, value)| (name.to_owned(), value.to_owned()))
//! .into();
//! let event = serde_json::json!({
//!     "pull_request": {"number": 51, "head": {"sha": "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90"}}
//! });
//! let build = detect(&variables, Some(&event), None, parse_time("20250820-124500")?)?;
//! assert_eq!(build.commit().short(), "622d2103");
//! assert_eq!(build.pr_number(), Some(51));
//!
//! let environment = build.container_environment(None, None).into_iter().collect();
//! assert_eq!(RunningImage::from_environment(&environment)?.metadata(), Some(build));
//! # Ok::<(), artifact_deploy::Error>(())
//! ```

mod build;
mod buildx;
mod commit;
mod detect;
mod detect_here;
mod draft;
mod field;
mod git_command;
mod github_file;
mod provider;
mod providers;
mod running;
mod scene;
mod sinks;
mod source;
mod text;
mod time;
mod wire;

pub use build::BuildMetadata;
pub use buildx::{BuildxMetadata, BuiltImage};
pub use commit::Commit;
pub use detect::detect;
pub use github_file::GithubFile;
pub use provider::Provider;
pub use running::RunningImage;
pub use scene::{GitFacts, Variables};
pub(crate) use sinks::{IMAGE_DIGEST, IMAGE_TAG, container_variables};
pub use time::{compact, parse_time};
