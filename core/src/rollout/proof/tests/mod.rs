//! Tests are named after what they protect.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy lets tests panic, and does not take their helpers for tests"
)]

pub(crate) mod fake;
mod judging;
mod verifying;

use serde_json::{Value, json};

use super::*;
use crate::image::Digest;
use crate::service::Task;

pub(crate) fn digest(number: u64) -> Digest {
    Digest::of(&number.to_be_bytes())
}

pub(crate) fn arn(revision: u32) -> String {
    format!("arn:aws:ecs:eu-central-1:123456789012:task-definition/app:{revision}")
}

/// A running task as ECS gives it, with these containers and digests.
pub(crate) fn task(number: usize, containers: &[(&str, Option<&Digest>)]) -> Task {
    let containers: Vec<Value> = containers
        .iter()
        .map(|(name, digest)| {
            let mut container = json!({"name": name, "lastStatus": "RUNNING"});
            if let Some(digest) = digest {
                container["imageDigest"] = json!(digest);
            }
            container
        })
        .collect();
    serde_json::from_value(json!({
        "taskArn": format!("arn:aws:ecs:eu-central-1:123456789012:task/previews/{number:032x}"),
        "taskDefinitionArn": arn(7),
        "lastStatus": "RUNNING",
        "desiredStatus": "RUNNING",
        "startedBy": "ecs-svc/1",
        "containers": containers,
    }))
    .unwrap()
}

pub(crate) fn meant(container: &str, number: u64) -> Meant {
    Meant::new().with_digest(container, MeantImage::new(digest(number)))
}
