//! A bad build, and a rollback.

use artifact_deploy::gate::{Gate, Policy};
use artifact_deploy::memory::Behaviour;
use artifact_deploy::rollout::{Outcome, RollbackTo, history, rollback};
use artifact_deploy::{Error, ErrorKind, Result};

use crate::print::{Stopwatch, block, chapter};
use crate::scene::{Scene, build};
use crate::ship::{Release, deployer};
use crate::versions::prove;

/// A build that starts and dies: ECS takes it back, and the library says so.
pub(crate) async fn bad_build(scene: &Scene) -> Result<()> {
    chapter("4  A bad build: the circuit breaker takes it back, and that is no success");
    let clock = Stopwatch::start();
    let bad = Release::of(build(
        "bad0bad0a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "2025-08-20T13:10:00Z",
    )?)?;
    let digest = bad.push(scene)?;
    let crash = Behaviour::CrashLoop {
        exit_code: 1,
        after: None,
    };
    scene.cluster.behave(digest.as_str(), crash);
    clock.tell(format_args!(
        "push {}: it exits as it starts",
        bad.version.tag()
    ));

    let record = bad.deploy(scene, clock).await?;
    println!();
    block(record.to_text());
    if record.outcome() != Some(Outcome::RolledBack) {
        return Err(Error::new(
            ErrorKind::DeploymentFailed,
            "a build that cannot run was not taken back",
        ));
    }
    prove(scene).await.map(drop)
}

/// The version in place has a fault that no health check sees: back to the one before.
pub(crate) async fn back(scene: &Scene) -> Result<()> {
    chapter("5  Back to the last known-good version, gated again and proven");
    let clock = Stopwatch::start();
    let control = scene.cluster.as_ref();
    block(history(control, &scene.service, 20).await?);
    println!();
    let record = rollback(
        &deployer(scene, clock),
        control,
        &scene.registry,
        &Gate::new(Policy::new()),
        &scene.service,
        &RollbackTo::Previous,
    )
    .await?
    .require_completed()?;
    println!();
    block(record.to_text());
    match record.proof() {
        Some(proof) if proof.is_verified() => Ok(()),
        _ => Err(Error::new(
            ErrorKind::ProofFailed,
            "the rollback does not prove what runs",
        )),
    }
}
