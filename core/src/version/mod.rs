//! Versions: one build for one environment, and the image tag that stands for it.
//!
//! A version is written `{environment}/[{release}-]{commit8}-{YYYYmmdd-HHMMSS}[-r{run}.{attempt}]`.
//! A `/` and a `+` are illegal in an image tag, so the tag of a version is the same text with `-`
//! and `_` in their place. Both forms are read back without loss:
//!
//! ```
//! use artifact_deploy::metadata::BuildMetadata;
//! use artifact_deploy::version::Version;
//!
//! let build: BuildMetadata = serde_json::from_str(
//!     r#"{"commit":"622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90","buildTime":"2025-08-20T12:45:00Z"}"#,
//! ).unwrap();
//! let version = Version::new("pr-51".parse()?, &build)?;
//! assert_eq!(version.to_string(), "pr-51/622d2103-20250820-124500");
//! assert_eq!(version.tag().as_str(), "pr-51-622d2103-20250820-124500");
//! assert_eq!(version.tag().as_str().parse::<Version>()?, version);
//! # Ok::<(), artifact_deploy::Error>(())
//! ```
//!
//! Why the tag form can be read back: from the right, run, time and commit have fixed forms. Of
//! what is left, an environment never has a `.` and a release always has one, and no `-` before it.

mod alias;
mod environment;
mod layout;
mod newest;
mod order;
mod parse;
mod release;
mod run;
mod slug;
#[allow(
    clippy::module_inception,
    reason = "the file is named by the word that people look for"
)]
mod version;

pub use alias::alias;
pub use environment::Environment;
pub use layout::RepositoryLayout;
pub use newest::newest;
pub use release::Release;
pub use run::Run;
pub use version::Version;
