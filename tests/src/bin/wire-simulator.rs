//! The registry and the cluster in memory behind real HTTP, as a program, for the tests of other
//! languages.
//!
//! `wire-simulator [world.json | '{…}']` prints its URL and serves until its standard input ends.

use std::io::Write as _;

use artifact_deploy_tests::wire::{WireSimulator, World};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world: Value = match std::env::args().nth(1) {
        None => json!({}),
        Some(text) if text.trim_start().starts_with('{') => serde_json::from_str(&text)?,
        Some(path) => serde_json::from_slice(&std::fs::read(path)?)?,
    };
    let simulator = WireSimulator::start(World::from_json(&world)?).await;
    let mut output = std::io::stdout();
    writeln!(output, "{}", simulator.url())?;
    output.flush()?;
    // The one who started it closes the pipe, or ends and takes it along.
    let mut rest = Vec::new();
    tokio::io::stdin().read_to_end(&mut rest).await?;
    Ok(())
}
