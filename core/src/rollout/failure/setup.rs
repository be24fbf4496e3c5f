//! What goes wrong between the pull and the first instruction of the application, and before.

use super::FailureCode;
use super::words::Words;

/// The kind and the advice for `ResourceInitializationError: …`.
pub(super) fn explain_resources(text: &str) -> (FailureCode, String) {
    // What every message begins with names both, whichever it was.
    let told = text.replace("unable to pull secrets or registry auth", "");
    let words = Words::of(&told, None);
    let secret = words.any(&["secret", "ssm", "parameter", "kms"]);
    let registry = words.any(&["registry auth", "ecr"]);
    if words.any(&["logger", "log group", "log driver", "awslogs"]) {
        return (
            FailureCode::ResourceInitialization,
            "Create the log group, or set awslogs-create-group and let the task execution role call \
             logs:CreateLogGroup, logs:CreateLogStream and logs:PutLogEvents"
                .to_owned(),
        );
    }
    if words.no_connection() {
        let code = match (secret, registry) {
            (_, true) => FailureCode::RegistryAuth,
            (true, false) => FailureCode::SecretUnavailable,
            (false, false) => FailureCode::ResourceInitialization,
        };
        return (
            code,
            "The task cannot reach an AWS endpoint. Give its subnets a way there: a public IP address \
             in a public subnet, a NAT gateway, or VPC endpoints (ecr.api, ecr.dkr, S3, and \
             secretsmanager, ssm, kms, logs as far as they are used); and let its security group send \
             to port 443"
                .to_owned(),
        );
    }
    if registry && !secret {
        return (
            FailureCode::RegistryAuth,
            "Let the task execution role call ecr:GetAuthorizationToken (on resource *), \
             ecr:BatchGetImage and ecr:GetDownloadUrlForLayer, and check that the task definition \
             names a task execution role"
                .to_owned(),
        );
    }
    if secret {
        return (
            FailureCode::SecretUnavailable,
            "Check that each valueFrom under secrets names a secret or parameter that exists, with the \
             JSON key that is asked for, and that the task execution role may read and decrypt it \
             (secretsmanager:GetSecretValue, ssm:GetParameters, kms:Decrypt)"
                .to_owned(),
        );
    }
    let advice = if words.any(&["efs", "mount", "volume"]) {
        "Check that the volume exists, that its mount targets are in the task's subnets and that their \
         security group lets port 2049 in"
    } else if words.any(&["env file", "environment file", "environmentfile"]) {
        "Check that each file under environmentFiles exists and that the task execution role may read \
         it (s3:GetObject, s3:GetBucketLocation)"
    } else if words.any(&["network interface", "eni"]) {
        "Check that the subnets have free IP addresses, and that the account has network interfaces \
         left"
    } else {
        "Check what the task needs before it starts: the task execution role, secrets, log \
         configuration and volumes, and that its subnets reach the AWS endpoints of each"
    };
    (FailureCode::ResourceInitialization, advice.to_owned())
}

/// The kind and the advice for a container that could not be created or started.
pub(super) fn explain_start(text: &str, image: Option<&str>) -> (FailureCode, String) {
    let words = Words::of(text, image);
    let image = image.map_or_else(|| "the image".to_owned(), |image| format!("image {image}"));
    if words.any(&[
        "exec format error",
        "does not match the detected host platform",
    ]) {
        return (
            FailureCode::PlatformMismatch,
            format!(
                "The program in {image} is for another CPU. Build it for the platform of the task, or \
                 set runtimePlatform to that of the image"
            ),
        );
    }
    let advice = if words.any(&["executable file not found", "no such file or directory"]) {
        format!(
            "The program of entryPoint and command is not in {image}. Check both, and the shebang line \
             of a script"
        )
    } else if words.any(&["permission denied"]) {
        format!("The program of entryPoint and command is not executable in {image}: set its mode")
    } else if words.any(&["already in use", "already allocated"]) {
        "The port is taken on the host. Use hostPort 0, or network mode awsvpc".to_owned()
    } else if words.any(&["memory"]) {
        "Raise the memory of the container".to_owned()
    } else {
        format!("Run {image} with the same entryPoint, command and user to see what it lacks")
    };
    (FailureCode::CannotStartContainer, advice)
}

/// The advice for a task that did not start, for a reason that is not the container's.
pub(super) fn explain_placement(text: &str) -> (FailureCode, &'static str) {
    let words = Words::of(text, None);
    if words.any(&["network interface", "eni "]) {
        return (
            FailureCode::FailedToStart,
            "Check that the subnets have free IP addresses, and that the account has network \
             interfaces left",
        );
    }
    if words.any(&[
        "capacity",
        "no container instance",
        "insufficient",
        "resource:",
    ]) {
        return (
            FailureCode::NoCapacity,
            "There is no room for the task. Add container instances, more Availability Zones or \
             another capacity provider, or try again later",
        );
    }
    (
        FailureCode::FailedToStart,
        "Look at the events of the service for what kept the task from starting",
    )
}
