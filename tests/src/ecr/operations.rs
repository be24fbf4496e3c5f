//! The operations of the ECR API, as far as the library uses them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hyper::Response;
use serde_json::{Value, json};

use super::faults::error;
use super::world::{Kept, Stored};
use crate::ecr::server::State;

type Answer = Result<Value, Refusal>;

/// The code and text of an error with status 400.
type Refusal = (&'static str, String);

/// The answer of an operation to its `call`th call (from 0).
pub(super) fn answer(
    state: &State,
    operation: &str,
    input: &Value,
    call: usize,
) -> Response<Bytes> {
    let answer = match operation {
        "BatchGetImage" => batch_get_image(state, input, call),
        "DescribeImages" => describe_images(state, input),
        "DescribeRepositories" => describe_repositories(state, input),
        "BatchCheckLayerAvailability" => layers(state, input),
        "GetAuthorizationToken" => Ok(token(state, call)),
        _ => Err(("UnknownOperationException", String::new())),
    };
    answer.map_or_else(
        |(code, text)| error(400, code, &text),
        |body| {
            Response::builder()
                .header("content-type", "application/x-amz-json-1.1")
                .header("x-amzn-requestid", "00000000-0000-4000-8000-000000000000")
                .body(Bytes::from(body.to_string()))
                .expect("a valid answer")
        },
    )
}

fn repository<'a>(state: &'a State, input: &Value, name: &Value) -> Result<&'a Kept, Refusal> {
    let name = name.as_str().unwrap_or_default();
    let account = input["registryId"]
        .as_str()
        .unwrap_or(&state.script.account);
    state
        .repositories
        .get(name)
        .filter(|_| account == state.script.account)
        .ok_or_else(|| {
            let text = format!(
                "The repository with name '{name}' does not exist in the registry with id '{account}'"
            );
            ("RepositoryNotFoundException", text)
        })
}

fn list<'a>(input: &'a Value, member: &str) -> Result<&'a [Value], Refusal> {
    let items = input[member].as_array().map_or(&[][..], Vec::as_slice);
    if (1..=100).contains(&items.len()) {
        return Ok(items);
    }
    let text = format!(
        "Invalid parameter at '{member}' failed to satisfy constraint: 'Member must have length \
         between 1 and 100'"
    );
    Err(("InvalidParameterException", text))
}

fn find<'a>(kept: &'a Kept, id: &Value) -> Option<&'a Stored> {
    kept.images
        .iter()
        .find(|image| match (&id["imageTag"], &id["imageDigest"]) {
            (Value::String(tag), _) => image.tags.contains(tag),
            (_, Value::String(digest)) => image.digest == *digest,
            _ => false,
        })
}

fn batch_get_image(state: &State, input: &Value, call: usize) -> Answer {
    let kept = repository(state, input, &input["repositoryName"])?;
    let (mut images, mut failures) = (Vec::new(), Vec::new());
    for id in list(input, "imageIds")? {
        let image = find(kept, id).filter(|image| call >= image.appears_after);
        let conflict = |image: &Stored| {
            id["imageDigest"]
                .as_str()
                .is_some_and(|d| d != image.digest)
        };
        let (code, reason) = match image {
            Some(Stored {
                failure_code: Some(code),
                ..
            }) => (code.as_str(), "As scripted"),
            Some(image) if conflict(image) => (
                "ImageTagDoesNotMatchDigest",
                "The tag does not match the digest",
            ),
            Some(image) if image.status == "ACTIVE" => {
                let mut image_id = json!({ "imageDigest": image.digest });
                if id["imageTag"].is_string() {
                    image_id["imageTag"] = id["imageTag"].clone();
                }
                images.push(json!({
                    "registryId": state.script.account,
                    "repositoryName": input["repositoryName"],
                    "imageId": image_id,
                    "imageManifest": image.manifest,
                    "imageManifestMediaType": image.media_type,
                }));
                continue;
            }
            _ => ("ImageNotFound", "Requested image not found"),
        };
        failures.push(json!({ "imageId": id, "failureCode": code, "failureReason": reason }));
    }
    Ok(json!({ "images": images, "failures": failures }))
}

fn describe_images(state: &State, input: &Value) -> Answer {
    let kept = repository(state, input, &input["repositoryName"])?;
    let any = input["filter"]["imageStatus"] == "ANY";
    let mut details = Vec::new();
    for id in list(input, "imageIds")? {
        let batches = state.calls_of("BatchGetImage");
        let found = find(kept, id)
            .filter(|image| any || image.status == "ACTIVE")
            .filter(|image| batches >= image.appears_after);
        let Some(image) = found else {
            let text = format!("The image with imageId {id} does not exist within the repository");
            return Err(("ImageNotFoundException", text));
        };
        let mut detail = json!({
            "registryId": state.script.account,
            "repositoryName": input["repositoryName"],
            "imageDigest": image.digest,
            "imageManifestMediaType": image.media_type,
            "imagePushedAt": 1_755_693_900.5,
            "imageSizeInBytes": image.manifest.len(),
            "imageStatus": image.status,
        });
        if !image.tags.is_empty() {
            detail["imageTags"] = json!(image.tags);
        }
        details.push(detail);
    }
    Ok(json!({ "imageDetails": details }))
}

fn describe_repositories(state: &State, input: &Value) -> Answer {
    let mut repositories = Vec::new();
    for name in list(input, "repositoryNames")? {
        let kept = repository(state, input, name)?;
        let filters: Vec<Value> = kept
            .filters
            .iter()
            .map(|filter| json!({ "filterType": "WILDCARD", "filter": filter }))
            .collect();
        let mut repository = json!({
            "registryId": state.script.account,
            "repositoryName": name,
            "imageTagMutability": kept.mutability,
        });
        // The model has no empty list of filters.
        if !filters.is_empty() {
            repository["imageTagMutabilityExclusionFilters"] = json!(filters);
        }
        repositories.push(repository);
    }
    Ok(json!({ "repositories": repositories }))
}

fn layers(state: &State, input: &Value) -> Answer {
    let kept = repository(state, input, &input["repositoryName"])?;
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
}

fn token(state: &State, call: usize) -> Value {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("it is past 1970")
        .as_secs();
    let expires = i64::try_from(now).expect("a time") + state.script.token_lifetime;
    json!({ "authorizationData": [{
        "authorizationToken": STANDARD.encode(format!("AWS:password-{call}")),
        "expiresAt": expires,
        "proxyEndpoint": state.url,
    }] })
}
