//! Waits for an image, checks it, and prints the task definition that is pinned to it.
//!
//! ```text
//! cargo run -p artifact-deploy-example --features aws -- REPOSITORY TAG task-definition.json [COMMIT]
//! ```
//!
//! Standard output is the body for `aws ecs register-task-definition --cli-input-json`; the gate's
//! report and progress go to standard error. The exit status is 0 only when the image was verified.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::process::ExitCode;
use std::time::Duration;

use artifact_deploy::connect::Registries;
use artifact_deploy::gate::{Gate, ImageQuery, Policy, Wait};
use artifact_deploy::image::{RepositoryAddress, Tag};
use artifact_deploy::task_definition::{ContainerChange, RenderSpec, TaskDefinition};
use artifact_deploy::{Error, ErrorKind};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match pin(&arguments).await {
        Ok(document) => {
            println!("{document}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", error.code());
            ExitCode::FAILURE
        }
    }
}

async fn pin(arguments: &[String]) -> Result<String, Error> {
    let (repository, tag, path, commit) = match arguments {
        [repository, tag, path] => (repository, tag, path, None),
        [repository, tag, path, commit] => (repository, tag, path, Some(commit)),
        _ => {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                "expected REPOSITORY TAG task-definition.json [COMMIT]",
            ));
        }
    };
    let address: RepositoryAddress = repository.parse()?;
    let tag: Tag = tag.parse()?;
    let mut query = ImageQuery::by_tag(address, tag);
    if let Some(commit) = commit {
        query = query.from_commit(commit.parse()?);
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        Error::new(ErrorKind::Io, format!("{path} cannot be read: {error}")).with_source(error)
    })?;
    let template = TaskDefinition::parse(&text)?;

    // Private ECR repositories with the credentials of the environment, others as OCI registries.
    let registries = Registries::from_env()?;
    let image = Gate::new(Policy::new())
        .waiting(Wait::for_up_to(Duration::from_mins(2)))
        .on_progress(|progress| {
            for pending in progress.pending() {
                eprintln!("waiting for {}: {}", pending.image(), pending.reason());
            }
        })
        .resolve(&registries, &query)
        .await?;
    eprintln!("{}", image.report().to_text());

    let spec = RenderSpec::new().only_container(ContainerChange::new().image(image));
    Ok(template.render(&spec)?.registration_json())
}
