//! Service revisions: what a service deployment puts in place.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::TaskDefinitionArn;
use crate::image::Digest;

/// One revision of a service (ECS: `ServiceRevision`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRevision {
    /// Its ARN.
    pub arn: String,
    /// What its tasks run.
    pub task_definition: TaskDefinitionArn,
    /// The images, as ECS resolved them.
    #[serde(default)]
    pub container_images: Vec<RevisionImage>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// The image of one container of a service revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevisionImage {
    /// The container.
    pub container_name: String,
    /// The image as the task definition names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// What ECS resolved it to. Absent until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<Digest>,
}
