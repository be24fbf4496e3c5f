//! The forms of `CannotPullContainerError`.
//!
//! ECS documents some under "`CannotPullContainer` task errors in Amazon ECS"; Fargate cuts long
//! messages short, and agents word them differently. So the prefix says that it is a pull, and phrases say why;
//! what is cut before its cause stays `cannot-pull-image`.

use super::FailureCode;
use super::words::Words;

/// Whether the message is about a pull.
pub(super) fn is_pull(text: &str) -> bool {
    text.contains("CannotPull")
}

/// What kind it is, and what to do.
pub(super) fn explain_pull(text: &str, image: Option<&str>) -> (FailureCode, String) {
    let words = Words::of(text, image);
    let code = kind(&words);
    let image = image.map_or_else(|| "the image".to_owned(), |image| format!("image {image}"));
    (code, advice(code, &image))
}

fn kind(words: &Words) -> FailureCode {
    if words.any(&[
        "toomanyrequests",
        "too many requests",
        "rate limit",
        "rate exceeded",
    ]) || words.number("429")
    {
        FailureCode::PullRateLimit
    } else if words.any(&["no space left"]) {
        FailureCode::DiskFull
    } else if words.any(&[
        "matching platform",
        "match for platform",
        "no matching manifest for",
        "exec format error",
    ]) {
        FailureCode::PlatformMismatch
    } else if words.any(&["failed to copy", "httpreaderseeker"]) {
        FailureCode::LayerUnavailable
    } else if words.denied()
        // The second one may be cut: it also comes when the image does not exist.
        || words.any(&["pull access denied", "the task can't pull", "check that the role"])
    {
        FailureCode::PullAccessDenied
    } else if words.no_connection() {
        FailureCode::PullNetwork
    } else if words.any(&[
        "not found",
        "manifest unknown",
        "name unknown",
        "does not exist",
    ]) || words.number("404")
    {
        FailureCode::ImageNotFound
    } else if words.any(&["context canceled"]) {
        FailureCode::PullCancelled
    } else {
        FailureCode::CannotPullImage
    }
}

fn advice(code: FailureCode, image: &str) -> String {
    match code {
        FailureCode::PullRateLimit => format!(
            "The registry limits pulls. Authenticate the pull (repositoryCredentials), or copy {image} \
             to Amazon ECR or pull it through an ECR pull-through cache"
        ),
        FailureCode::DiskFull => format!(
            "Give the task more ephemeralStorage, or the container instance more disk, or make {image} \
             smaller"
        ),
        FailureCode::PlatformMismatch => format!(
            "Build {image} for the platform of the task, or set runtimePlatform to a platform of the \
             image. The gate's platform check finds this before a deployment"
        ),
        FailureCode::LayerUnavailable => format!(
            "The manifest of {image} was found, a layer was not copied. Layers come from Amazon S3: \
             give the task's subnets a way there (NAT gateway or S3 gateway endpoint whose policy \
             allows the layer bucket of ECR); if that is in place, push the image again"
        ),
        FailureCode::PullAccessDenied => format!(
            "Check that {image} exists in that registry, account and Region: a missing image is \
             reported like this too. Then check that the task execution role may call \
             ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer, and that the \
             policy of a repository in another account allows it"
        ),
        FailureCode::PullNetwork => format!(
            "The task cannot reach the registry of {image}. Give its subnets a way there: a public IP \
             address in a public subnet, a NAT gateway, or the VPC endpoints ecr.api, ecr.dkr and S3; \
             and let its security group send to port 443"
        ),
        FailureCode::ImageNotFound => format!(
            "The registry does not have {image} (any more). Push it, or deploy a version whose image is \
             there; if a lifecycle policy expired it, keep a tag on images that are deployed"
        ),
        FailureCode::PullCancelled => format!(
            "The pull of {image} was given up: the task was stopped meanwhile, or the pull took too \
             long. Look at why the task was stopped, and at the size of the image"
        ),
        _ => format!(
            "ECS could not pull {image} and does not say why, or the message is cut. Check that the \
             image exists, that the task execution role may pull it, and that the task's subnets reach \
             the registry"
        ),
    }
}
