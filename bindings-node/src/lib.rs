//! N-API layer of artifact-deploy: converts, calls, converts.
//!
//! Values cross the boundary as JSON text, in the one JSON form of the library: numbers, key order
//! and absent members arrive as they left. An error crosses as a [`failure::Failure`], which the
//! TypeScript layer throws as `ArtifactDeployError` with the stack of its caller. Only what must
//! not be forged crosses as a native object: a registry, a verified image.
#![allow(
    clippy::needless_pass_by_value,
    reason = "what comes from JavaScript is converted and handed over, not lent"
)]

pub mod application;
pub mod audit;
pub mod build_metadata;
pub mod buildx_metadata;
mod call;
pub mod cancellation;
pub mod control;
pub mod default_tag;
pub mod deploy;
pub mod deployable;
pub mod deployment_configuration;
pub mod deployment_history;
pub mod environment;
pub mod error_codes;
pub mod evidence_record;
pub mod failure;
pub mod gate_report;
mod gate_request;
pub mod github_file;
pub mod hooks;
pub mod image_content;
pub mod image_names;
pub mod image_reference;
pub mod inspect_image;
mod json;
pub mod judge;
pub mod layout;
pub mod memory_cluster;
pub mod memory_registry;
pub mod metadata_text;
pub mod plan_deployment;
pub mod promote;
pub mod proof;
pub mod publication;
pub mod registry;
pub mod render_task_definition;
pub mod resolve_each_image;
pub mod resolve_image;
pub mod resolve_images;
pub mod rollback;
mod rollout_request;
pub mod service_document;
pub mod target_groups;
pub mod task_definition;
pub mod verified_image;
pub mod verify_running;
pub mod version;
