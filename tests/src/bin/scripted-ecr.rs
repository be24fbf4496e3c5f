//! The scripted stand-in for Amazon ECR as a program, for the tests of other languages.
//!
//! `scripted-ecr [script.json | '{…}']` prints its URL and serves until its standard input ends.

use std::io::Write as _;

use artifact_deploy_tests::ecr::{Script, ScriptedEcr};
use tokio::io::AsyncReadExt as _;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let script = match std::env::args().nth(1) {
        None => Script::default(),
        Some(text) if text.trim_start().starts_with('{') => serde_json::from_str(&text)?,
        Some(path) => serde_json::from_slice(&std::fs::read(path)?)?,
    };
    let server = ScriptedEcr::start(script).await;
    let mut output = std::io::stdout();
    writeln!(output, "{}", server.url())?;
    output.flush()?;
    // The one who started it closes the pipe, or ends and takes it along.
    let mut rest = Vec::new();
    tokio::io::stdin().read_to_end(&mut rest).await?;
    Ok(())
}
