//! The whole story on one screen: `make demo`.
//!
//! Everything is real but three things: the event comes from a file, the registry and the cluster
//! are in memory, and their clock is turned instead of waited for.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

mod event;
mod failure;
mod print;
mod race;
mod refusals;
mod scene;
mod ship;
mod versions;

use std::process::ExitCode;

use artifact_deploy::Result;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    match play().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nThe demonstration went wrong. {}: {error}", error.code());
            ExitCode::FAILURE
        }
    }
}

async fn play() -> Result<()> {
    race::one_tag_two_versions().await?;
    let first = event::read_and_name()?;
    let scene = versions::same_pushes(first).await?;
    failure::bad_build(&scene).await?;
    failure::back(&scene).await?;
    refusals::refuse(&scene).await
}
