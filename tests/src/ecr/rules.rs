//! The operations on scans and lifecycle policies, and the list of images.

use serde_json::{Value, json};

use super::kept::Repositories;
use super::operations::{detail, find, repository};
use crate::wire::protocol::{Answer, Refusal};

/// Images on a page, so few that three of them have two.
const PAGE: usize = 2;

/// `DescribeImages` without `imageIds`: all that are active.
pub(super) fn all_images(registry: &dyn Repositories, input: &Value) -> Answer {
    repository(registry, input, &input["repositoryName"], |kept| {
        let token = input["nextToken"].as_str().unwrap_or("0");
        let begin: usize = token
            .parse()
            .map_err(|_| Refusal::parameter("Invalid parameter at 'nextToken'".to_owned()))?;
        let active = kept.images.iter().filter(|image| image.status == "ACTIVE");
        let (all, page) = (active.clone().count(), active.skip(begin).take(PAGE));
        let details: Vec<Value> = page.map(|image| detail(registry, input, image)).collect();
        let mut answer = json!({ "imageDetails": details });
        if begin + PAGE < all {
            answer["nextToken"] = json!((begin + PAGE).to_string());
        }
        Ok(answer)
    })
}

pub(super) fn scan_findings(registry: &dyn Repositories, input: &Value, call: usize) -> Answer {
    repository(registry, input, &input["repositoryName"], |kept| {
        let image = find(kept, &input["imageId"]).ok_or_else(|| {
            Refusal::new(
                "ImageNotFoundException",
                "The image does not exist within the repository".to_owned(),
            )
        })?;
        let scan = image.scan.get(call).or(image.scan.last());
        let scan = scan.filter(|scan| !scan.is_null()).ok_or_else(|| {
            Refusal::new(
                "ScanNotFoundException",
                "Image scan does not exist for the image".to_owned(),
            )
        })?;
        let mut answer = json!({
            "registryId": registry.account(),
            "repositoryName": input["repositoryName"],
            "imageId": { "imageDigest": image.digest },
            "imageScanStatus": { "status": scan["status"] },
        });
        if scan["description"].is_string() {
            answer["imageScanStatus"]["description"] = scan["description"].clone();
        }
        for (from, to) in [
            ("findings", "imageScanFindings"),
            ("nextToken", "nextToken"),
        ] {
            if !scan[from].is_null() {
                answer[to] = scan[from].clone();
            }
        }
        Ok(answer)
    })
}

pub(super) fn lifecycle_policy(registry: &dyn Repositories, input: &Value) -> Answer {
    repository(registry, input, &input["repositoryName"], |kept| {
        let text = kept.lifecycle_policy.as_ref().ok_or_else(|| {
            Refusal::new(
                "LifecyclePolicyNotFoundException",
                "Lifecycle policy does not exist for the repository".to_owned(),
            )
        })?;
        Ok(json!({
            "registryId": registry.account(),
            "repositoryName": input["repositoryName"],
            "lifecyclePolicyText": text,
        }))
    })
}
