//! The same two pushes at the same moments, each with a version of its own.

use artifact_deploy::rollout::{Proof, verify_running};
use artifact_deploy::task_definition::TaskDefinition;
use artifact_deploy::{Error, ErrorKind, Result};

use crate::print::{Stopwatch, block, chapter};
use crate::race::SECOND_PUSH;
use crate::scene::{Scene, TEMPLATE, build};
use crate::ship::Release;

/// Deploys two builds one after the other; every task runs the one that was meant.
pub(crate) async fn same_pushes(first: Release) -> Result<Scene> {
    chapter("3  The same two pushes, with versions, gate and proof: one digest");
    let scene = Scene::set("pr-51")?;
    let clock = Stopwatch::start();
    first.push(&scene)?;
    clock.tell(format_args!("push {}", first.version.tag()));
    let rendered = first.render(first.resolve(&scene, clock).await?)?;
    scene.create_service(rendered.task_definition().as_value())?;
    clock.tell("deploy: four tasks start, each pulls the pinned digest");

    tokio::time::sleep(SECOND_PUSH).await;
    let second = Release::of(build(
        "a91c04ffa1b2c3d4e5f60718293a4b5c6d7e8f90",
        "2025-08-20T12:46:30Z",
    )?)?;
    second.push(&scene)?;
    clock.tell(format_args!(
        "push {}, and pr-51-latest moves, while tasks still pull",
        second.version.tag()
    ));
    scene.cluster.settle().await;
    prove(&scene).await?;

    println!("\n  Then the second build, deployed by the library:\n");
    let record = second.deploy(&scene, clock).await?.require_completed()?;
    let before = TaskDefinition::parse(TEMPLATE)?;
    let pinned = second.render(second.resolve(&scene, clock).await?)?;
    println!("\n  What the pinned task definition changes of the template:\n");
    block(TaskDefinition::diff(&before, pinned.task_definition()));
    println!("\n  The record of the rollout, as a CI job shows it:\n");
    block(record.to_markdown());
    Ok(scene)
}

/// Every running task on one digest, or the demonstration fails.
pub(crate) async fn prove(scene: &Scene) -> Result<Proof> {
    let proof = verify_running(scene.cluster.as_ref(), &scene.service, None).await?;
    println!();
    block(proof.to_text());
    if proof.is_verified() {
        return Ok(proof);
    }
    let message = format!("the service runs something else: {}", proof.reason());
    Err(Error::new(ErrorKind::ProofFailed, message))
}
