//! Build metadata: read from a CI run, an environment or labels, and written to them.

use std::collections::BTreeMap;

use artifact_deploy::Result;
use artifact_deploy::metadata::{
    BuildMetadata, GitFacts, RunningImage, Variables, detect, parse_time,
};
use chrono::{DateTime, Utc};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::failure::{Outcome, outcome};
use crate::json;

/// Checks build metadata, which come as JSON text, and gives them in their one form.
#[napi(catch_unwind)]
pub fn parse_build_metadata(text: String) -> Outcome<String> {
    outcome(BuildMetadata::from_json(&text).and_then(|metadata| json::write(&metadata)))
}

/// The build metadata of this process, as JSON; its variables come as JSON text. Reads the event
/// file, and asks git.
#[napi(catch_unwind)]
pub fn detect_build_metadata(variables: String, now: Option<String>) -> Outcome<String> {
    let detect = || {
        let variables: Variables = json::read(&variables)?;
        json::write(&BuildMetadata::detect(&variables, time(now)?)?)
    };
    outcome(detect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scene {
    variables: Variables,
    event: Option<Value>,
    git: Option<GitFacts>,
    now: Option<String>,
}

/// The build metadata in plain values, as JSON; nothing else is looked at.
#[napi(catch_unwind)]
pub fn detect_build_metadata_from(scene: String) -> Outcome<String> {
    json::pure(&scene, |scene: Scene| {
        let now = time(scene.now)?;
        detect(
            &scene.variables,
            scene.event.as_ref(),
            scene.git.as_ref(),
            now,
        )
    })
}

/// The build metadata in the environment of a running container, as JSON.
#[napi(catch_unwind)]
pub fn build_metadata_from_environment(variables: String) -> Outcome<String> {
    json::pure(&variables, |variables: Variables| {
        BuildMetadata::from_environment(&variables)
    })
}

/// The build metadata in the labels of an image, as JSON.
#[napi(catch_unwind)]
pub fn build_metadata_from_labels(labels: String) -> Outcome<String> {
    json::pure(&labels, |labels: BTreeMap<String, String>| {
        BuildMetadata::from_labels(&labels)
    })
}

/// What a running container knows of its image, as JSON.
#[napi(catch_unwind)]
pub fn running_image(variables: String) -> Outcome<String> {
    json::pure(&variables, |variables: Variables| {
        RunningImage::from_environment(&variables)
    })
}

/// The docker build arguments, as a JSON object.
#[napi(catch_unwind)]
pub fn build_args(metadata: String) -> Outcome<String> {
    written(&metadata, |metadata| Ok(object(metadata.build_args())))
}

/// The docker build arguments as words of a command line, as JSON.
#[napi(catch_unwind)]
pub fn build_arg_arguments(metadata: String) -> Outcome<String> {
    written(&metadata, |metadata| Ok(metadata.build_arg_arguments()))
}

/// The image labels, as a JSON object.
#[napi(catch_unwind)]
pub fn labels(metadata: String, version: Option<String>) -> Outcome<String> {
    written(&metadata, |metadata| {
        Ok(object(metadata.labels(version.as_deref())))
    })
}

/// The image labels as words of a command line, as JSON.
#[napi(catch_unwind)]
pub fn label_arguments(metadata: String, version: Option<String>) -> Outcome<String> {
    written(&metadata, |metadata| {
        Ok(metadata.label_arguments(version.as_deref()))
    })
}

/// The environment of the container, as a JSON object.
#[napi(catch_unwind)]
pub fn container_environment(
    metadata: String,
    tag: Option<String>,
    digest: Option<String>,
) -> Outcome<String> {
    written(&metadata, |metadata| {
        let tag = tag.map(|tag| tag.parse()).transpose()?;
        let digest = digest.map(|digest| digest.parse()).transpose()?;
        Ok(object(
            metadata.container_environment(tag.as_ref(), digest.as_ref()),
        ))
    })
}

/// The outputs of a CI step, as a JSON object.
#[napi(catch_unwind)]
pub fn step_outputs(metadata: String) -> Outcome<String> {
    written(&metadata, |metadata| Ok(object(metadata.outputs())))
}

fn written<T: serde::Serialize>(
    metadata: &str,
    write: impl FnOnce(BuildMetadata) -> Result<T>,
) -> Outcome<String> {
    let value = BuildMetadata::from_json(metadata).and_then(write);
    outcome(value.and_then(|value| json::write(&value)))
}

/// Pairs as a JSON object, in their order.
fn object(pairs: Vec<(String, String)>) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(name, value)| (name, Value::from(value)))
        .collect()
}

fn time(text: Option<String>) -> Result<DateTime<Utc>> {
    text.map_or_else(|| Ok(Utc::now()), |text| parse_time(&text))
}
