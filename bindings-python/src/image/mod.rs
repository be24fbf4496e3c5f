//! Images: where they are and what they are.

mod config;
mod descriptor;
mod digest;
mod ecr;
mod manifest;
mod mutability;
mod platform;
mod reference;
mod repository;
mod tag;

pub(crate) use config::PyImageConfig;
pub(crate) use descriptor::{PyDescriptor, PyIndexChild};
pub(crate) use digest::PyDigest;
pub(crate) use ecr::PyEcrHost;
pub(crate) use manifest::PyManifest;
pub(crate) use mutability::PyTagMutability;
pub(crate) use platform::PyPlatform;
pub(crate) use reference::PyImageReference;
pub(crate) use repository::PyRepository;
pub(crate) use tag::PyTag;
