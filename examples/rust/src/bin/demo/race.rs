//! How it was: one moving tag.

use std::time::Duration;

use artifact_deploy::rollout::{Verdict, verify_running};
use artifact_deploy::{Error, ErrorKind, Result};
use serde_json::Value;

use crate::print::{Stopwatch, block, chapter, row};
use crate::scene::{HOST, REPOSITORY, Scene, TEMPLATE, build};

const ALIAS: &str = "pr-51-latest";
/// Two of the four tasks have pulled their image by then.
pub(crate) const SECOND_PUSH: Duration = Duration::from_millis(6750);

/// Two builds under one tag: the service ends with both, and calls itself stable.
pub(crate) async fn one_tag_two_versions() -> Result<()> {
    chapter("1  The race: one moving tag, two versions in one service");
    let scene = Scene::set("moving-tag")?;
    let clock = Stopwatch::start();

    let first = build(
        "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "2025-08-20T12:45:00Z",
    )?;
    let first = scene.push(&first, &[ALIAS])?;
    clock.tell(format_args!("push 622d2103 → {REPOSITORY}:{ALIAS}"));
    scene.create_service(&by_tag()?)?;
    clock.tell("deploy: four tasks start, each pulls the tag for itself");

    tokio::time::sleep(SECOND_PUSH).await;
    let second = build(
        "a91c04ffa1b2c3d4e5f60718293a4b5c6d7e8f90",
        "2025-08-20T12:46:30Z",
    )?;
    let second = scene.push(&second, &[ALIAS])?;
    clock.tell(format_args!(
        "push a91c04ff → {REPOSITORY}:{ALIAS}, the same tag, while tasks still pull"
    ));
    scene.cluster.settle().await;
    clock.tell("ECS: the service has reached a steady state");

    println!();
    for (task, digest) in scene.running()? {
        let commit = match digest.as_str() {
            digest if digest == first.as_str() => "622d2103",
            digest if digest == second.as_str() => "a91c04ff",
            _ => "?",
        };
        row(&format!("task {task}"), &format!("runs {commit}"));
    }
    println!("\n  What `verify_running` says of it:\n");
    let proof = verify_running(scene.cluster.as_ref(), &scene.service, None).await?;
    block(proof.to_text());
    if proof.verdict() == Verdict::Mixed {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::ProofFailed,
        "the race did not happen; the demonstration shows nothing",
    ))
}

/// The task definition as it was: the image by its tag, and resolved by each task.
fn by_tag() -> Result<Value> {
    let mut document: Value = serde_json::from_str(TEMPLATE).map_err(|cause| {
        Error::new(ErrorKind::InvalidTaskDefinition, "the template is not JSON").with_source(cause)
    })?;
    if let Some(container) = document.pointer_mut("/containerDefinitions/0") {
        container["image"] = Value::from(format!("{HOST}/{REPOSITORY}:{ALIAS}"));
        // What CDK sets for images that it builds itself.
        container["versionConsistency"] = Value::from("disabled");
    }
    Ok(document)
}
