//! The operations of the ECR API, as far as the library uses them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::kept::{Kept, Repositories, Stored};
use super::rules;
use crate::wire::protocol::{Answer, Refusal, now};

/// The answer of an operation that reads, to its `call`th call (from 0).
pub(crate) fn answer(
    registry: &dyn Repositories,
    operation: &str,
    input: &Value,
    call: usize,
) -> Answer {
    match operation {
        "BatchGetImage" => batch_get_image(registry, input, call),
        "DescribeImages" if input["imageIds"].is_null() => rules::all_images(registry, input),
        "DescribeImages" => describe_images(registry, input),
        "DescribeImageScanFindings" => rules::scan_findings(registry, input, call),
        "GetLifecyclePolicy" => rules::lifecycle_policy(registry, input),
        "DescribeRepositories" => describe_repositories(registry, input),
        "BatchCheckLayerAvailability" => layers(registry, input),
        "GetAuthorizationToken" => Ok(token(registry, call)),
        _ => Err(Refusal::unknown_operation()),
    }
}

/// The repository that an input means, where the registry has it.
pub(crate) fn repository<T>(
    registry: &dyn Repositories,
    input: &Value,
    name: &Value,
    ask: impl FnOnce(&Kept) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let name = name.as_str().unwrap_or_default();
    let account = input["registryId"].as_str().unwrap_or(registry.account());
    let found = registry
        .repository(name)
        .filter(|_| account == registry.account());
    match found {
        Some(kept) => ask(&kept),
        None => Err(Refusal::new(
            "RepositoryNotFoundException",
            format!(
                "The repository with name '{name}' does not exist in the registry with id '{account}'"
            ),
        )),
    }
}

fn list<'a>(input: &'a Value, member: &str) -> Result<&'a [Value], Refusal> {
    let items = input[member].as_array().map_or(&[][..], Vec::as_slice);
    if (1..=100).contains(&items.len()) {
        return Ok(items);
    }
    Err(Refusal::parameter(format!(
        "Invalid parameter at '{member}' failed to satisfy constraint: 'Member must have length \
         between 1 and 100'"
    )))
}

pub(super) fn find<'a>(kept: &'a Kept, id: &Value) -> Option<&'a Stored> {
    kept.images
        .iter()
        .find(|image| match (&id["imageTag"], &id["imageDigest"]) {
            (Value::String(tag), _) => image.tags.contains(tag),
            (_, Value::String(digest)) => image.digest == *digest,
            _ => false,
        })
}

fn batch_get_image(registry: &dyn Repositories, input: &Value, call: usize) -> Answer {
    repository(registry, input, &input["repositoryName"], |kept| {
        let (mut images, mut failures) = (Vec::new(), Vec::new());
        for id in list(input, "imageIds")? {
            match get_image(kept, id, call) {
                Ok(image) => images.push(described(registry, input, image, id)),
                Err((code, reason)) => failures
                    .push(json!({ "imageId": id, "failureCode": code, "failureReason": reason })),
            }
        }
        Ok(json!({ "images": images, "failures": failures }))
    })
}

/// One image to its `call`th question, or the code and reason of the failure in its place.
fn get_image<'a>(
    kept: &'a Kept,
    id: &Value,
    call: usize,
) -> Result<&'a Stored, (&'a str, &'static str)> {
    let image = find(kept, id)
        .filter(|image| call >= image.appears_after)
        .ok_or(("ImageNotFound", "Requested image not found"))?;
    if let Some(code) = &image.failure_code {
        return Err((code, "As scripted"));
    }
    if id["imageDigest"]
        .as_str()
        .is_some_and(|digest| digest != image.digest)
    {
        return Err((
            "ImageTagDoesNotMatchDigest",
            "The tag does not match the digest",
        ));
    }
    match image.status.as_str() {
        "ACTIVE" => Ok(image),
        _ => Err(("ImageNotFound", "Requested image not found")),
    }
}

/// An image as `BatchGetImage` and `PutImage` give it.
pub(crate) fn described(
    registry: &dyn Repositories,
    input: &Value,
    image: &Stored,
    id: &Value,
) -> Value {
    let mut image_id = json!({ "imageDigest": image.digest });
    if id["imageTag"].is_string() {
        image_id["imageTag"] = id["imageTag"].clone();
    }
    json!({
        "registryId": registry.account(),
        "repositoryName": input["repositoryName"],
        "imageId": image_id,
        "imageManifest": image.manifest,
        "imageManifestMediaType": image.media_type,
    })
}

fn describe_images(registry: &dyn Repositories, input: &Value) -> Answer {
    repository(registry, input, &input["repositoryName"], |kept| {
        let any = input["filter"]["imageStatus"] == "ANY";
        let mut details = Vec::new();
        for id in list(input, "imageIds")? {
            let batches = registry.batches();
            let found = find(kept, id)
                .filter(|image| any || image.status == "ACTIVE")
                .filter(|image| batches >= image.appears_after);
            let image = found.ok_or_else(|| {
                Refusal::new(
                    "ImageNotFoundException",
                    format!("The image with imageId {id} does not exist within the repository"),
                )
            })?;
            details.push(detail(registry, input, image));
        }
        Ok(json!({ "imageDetails": details }))
    })
}

/// An image as `DescribeImages` gives it.
pub(super) fn detail(registry: &dyn Repositories, input: &Value, image: &Stored) -> Value {
    let mut detail = json!({
        "registryId": registry.account(),
        "repositoryName": input["repositoryName"],
        "imageDigest": image.digest,
        "imageManifestMediaType": image.media_type,
        "imagePushedAt": image.pushed_at,
        "imageSizeInBytes": image.manifest.len(),
        "imageStatus": image.status,
    });
    if !image.tags.is_empty() {
        detail["imageTags"] = json!(image.tags);
    }
    detail
}

fn describe_repositories(registry: &dyn Repositories, input: &Value) -> Answer {
    let names = match &input["repositoryNames"] {
        Value::Null => registry.names().into_iter().map(Value::String).collect(),
        _ => list(input, "repositoryNames")?.to_vec(),
    };
    let repositories = names.iter().map(|name| {
        repository(registry, input, name, |kept| {
            let filters = kept
                .filters
                .iter()
                .map(|filter| json!({ "filterType": "WILDCARD", "filter": filter }));
            let filters: Vec<Value> = filters.collect();
            let mut repository = json!({
                "registryId": registry.account(),
                "repositoryName": name,
                "imageTagMutability": kept.mutability,
            });
            // The model has no empty list of filters.
            if !filters.is_empty() {
                repository["imageTagMutabilityExclusionFilters"] = json!(filters);
            }
            Ok(repository)
        })
    });
    Ok(json!({ "repositories": repositories.collect::<Result<Vec<_>, _>>()? }))
}

fn layers(registry: &dyn Repositories, input: &Value) -> Answer {
    repository(registry, input, &input["repositoryName"], |kept| {
        let (mut layers, mut failures) = (Vec::new(), Vec::new());
        for digest in list(input, "layerDigests")? {
            match kept.blobs.get(digest.as_str().unwrap_or_default()) {
                Some(blob) => layers.push(json!({
                    "layerDigest": digest,
                    "layerAvailability": blob.availability,
                    "layerSize": blob.bytes.len(),
                })),
                None => failures.push(json!({
                    "layerDigest": digest,
                    "failureCode": "MissingLayerDigest",
                    "failureReason": "Layer not found",
                })),
            }
        }
        Ok(json!({ "layers": layers, "failures": failures }))
    })
}

/// `AWS:password-…`, in the form in which it is sent back.
const TOKEN: &str = "Basic QVdTOnBhc3N3b3JkL";

/// Whether an authorization header has a token that was given out here.
pub(crate) fn admits(authorization: &str) -> bool {
    authorization.starts_with(TOKEN)
}

fn token(registry: &dyn Repositories, call: usize) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "seconds of a few years at most")]
    let expires = now() + registry.token_lifetime() as f64;
    json!({ "authorizationData": [{
        "authorizationToken": STANDARD.encode(format!("AWS:password-{call}")),
        "expiresAt": expires,
        "proxyEndpoint": registry.url(),
    }] })
}
