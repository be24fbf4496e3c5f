//! The main job, played from a pull request to a pinned task definition: `make demo`.
//!
//! Everything is real but two things: the event comes from a file, and the registry is in memory.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::process::ExitCode;
use std::time::Duration;

use artifact_deploy::gate::{Gate, ImageQuery, Policy, VerifiedImage, Wait};
use artifact_deploy::image::{Digest, RepositoryAddress};
use artifact_deploy::memory::{MemoryImage, MemoryRegistry};
use artifact_deploy::metadata::{BuildMetadata, Variables, compact, detect, parse_time};
use artifact_deploy::task_definition::{
    ContainerChange, RenderSpec, TaskDefinition, TaskDefinitionDiff,
};
use artifact_deploy::version::{Environment, Version, alias};
use artifact_deploy::{Error, ErrorKind, Result};

const EVENT: &str = include_str!("pull_request.json");
const TEMPLATE: &str = include_str!("task_definition.json");
const REPOSITORY: &str = "macro-ai-express-api";
/// How long the push still takes when the gate begins to ask.
const PUSH_TAKES: Duration = Duration::from_millis(1500);

#[tokio::main(flavor = "current_thread")]
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
    let build = read_the_event()?;
    let version = name_the_build(&build)?;

    let registry = MemoryRegistry::new();
    let digest = push(&registry, &build, &version)?;
    let query = ImageQuery::by_tag(REPOSITORY.parse::<RepositoryAddress>()?, version.tag())
        .expecting_digest(digest)
        .on_platform("linux/arm64".parse()?)
        .from_commit(build.commit().clone());
    let image = wait_for_the_push(&registry, &query).await?;

    render(image, build)?;
    refuse(&registry, &query, &version).await
}

fn read_the_event() -> Result<BuildMetadata> {
    chapter("A pull request is built: where does the image come from?");
    let variables: Variables = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_REF", "refs/pull/51/merge"),
        ("GITHUB_HEAD_REF", "feat/faster-search"),
        ("GITHUB_BASE_REF", "main"),
        // The merge commit, which is on no branch: not what was reviewed.
        ("GITHUB_SHA", "9e107d9d372bb6826bd81d3542a419d6fd3eb50c"),
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "macro-ai/macro-ai"),
        ("GITHUB_RUN_ID", "17039281234"),
        ("GITHUB_RUN_NUMBER", "812"),
        ("GITHUB_RUN_ATTEMPT", "1"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let event = serde_json::from_str(EVENT).map_err(|error| {
        Error::new(ErrorKind::InvalidMetadata, "the event is not JSON").with_source(error)
    })?;
    let build = detect(
        &variables,
        Some(&event),
        None,
        parse_time("2025-08-20T12:45:00Z")?,
    )?;
    row("commit", build.commit().as_str());
    row("branch", build.branch().unwrap_or("none"));
    row("pull request", &build.pr_number().unwrap_or(0).to_string());
    row("run", build.run_id().unwrap_or("none"));
    row("built at", &compact(build.build_time()));
    Ok(build)
}

fn name_the_build(build: &BuildMetadata) -> Result<Version> {
    chapter("A version of its own: never the same tag twice");
    let environment = Environment::for_pull_request(build.pr_number().unwrap_or(0))?;
    let version = Version::new(environment.clone(), build)?;
    row("version", &version.to_string());
    row("image tag", version.tag().as_str());
    row("alias", alias(&environment).as_str());
    println!("\n  Labels of the image:");
    for (name, value) in build.labels(Some(&version.to_string())) {
        println!("    {name} = {value}");
    }
    Ok(version)
}

/// What `docker buildx build --push` would do; gives the digest that it would report.
fn push(registry: &MemoryRegistry, build: &BuildMetadata, version: &Version) -> Result<Digest> {
    let platforms = ["linux/amd64", "linux/arm64"]
        .into_iter()
        .map(|platform| {
            let image = MemoryImage::new(platform)?;
            Ok(image.labels(build.labels(Some(&version.to_string()))))
        })
        .collect::<Result<Vec<_>>>()?;
    let image = MemoryImage::index(platforms)
        .with_attestations()
        .visible_after(PUSH_TAKES);
    registry.push(REPOSITORY, &[version.tag().as_str()], &image)
}

async fn wait_for_the_push(registry: &MemoryRegistry, query: &ImageQuery) -> Result<VerifiedImage> {
    chapter("The gate: nothing is deployed before the image is proven to be there");
    let wait = Wait::for_up_to(Duration::from_secs(30))
        .with_delays(Duration::from_millis(300), Duration::from_secs(1));
    let image = Gate::new(Policy::new())
        .waiting(wait)
        .on_progress(|progress| {
            for pending in progress.pending() {
                println!(
                    "  {:>4.1} s  {}: {}",
                    progress.elapsed().as_secs_f32(),
                    pending.code(),
                    pending.reason()
                );
            }
        })
        .resolve(registry, query)
        .await?;
    println!("\n{}", indented(&image.report().to_text()));
    Ok(image)
}

fn render(image: VerifiedImage, build: BuildMetadata) -> Result<()> {
    chapter("The task definition: pinned by digest, everything else as it was");
    let template = TaskDefinition::parse(TEMPLATE)?;
    let spec = RenderSpec::new()
        .metadata(build)
        .only_container(ContainerChange::new().image(image));
    let rendered = template.render(&spec)?;
    let diff = TaskDefinition::diff(&template, rendered.task_definition());
    println!("{}", indented(&diff.to_string()));
    no_other_change(&diff)
}

/// The demonstration keeps itself honest: a render touches the image and the environment, no more.
fn no_other_change(diff: &TaskDefinitionDiff) -> Result<()> {
    let container = "/containerDefinitions/app/";
    let other = diff.changes().iter().find(|change| {
        let member = change.path().strip_prefix(container).unwrap_or_default();
        member != "image" && !member.starts_with("environment")
    });
    other.map_or(Ok(()), |change| {
        let message = format!("the render changed {} as well", change.path());
        Err(Error::new(ErrorKind::InvalidTaskDefinition, message))
    })
}

async fn refuse(registry: &MemoryRegistry, query: &ImageQuery, version: &Version) -> Result<()> {
    chapter("And what the gate refuses");
    let repository = query.repository().clone();
    let by_tag = |tag| ImageQuery::by_tag(repository.clone(), tag);
    let cases = [
        (
            "a tag that nobody pushed",
            by_tag("pr-51-00000000-20250820-124500".parse()?),
            ErrorKind::ImageNotFound,
        ),
        (
            "another digest than the build reported",
            by_tag(version.tag()).expecting_digest(Digest::of(b"another build")),
            ErrorKind::UnexpectedDigest,
        ),
        (
            "an architecture that the image does not have",
            by_tag(version.tag()).on_platform("linux/s390x".parse()?),
            ErrorKind::PlatformMismatch,
        ),
    ];
    for (what, query, expected) in cases {
        match Gate::new(Policy::new()).resolve(registry, &query).await {
            Err(error) if error.kind() == expected => {
                println!("  {what}:\n    {}: {error}\n", error.code());
            }
            Err(error) => return Err(error),
            Ok(image) => {
                let message = format!("{what}: {} passed the gate", image.reference());
                return Err(Error::new(ErrorKind::UnexpectedResponse, message));
            }
        }
    }
    Ok(())
}

fn chapter(title: &str) {
    println!("\n{title}\n{}\n", "─".repeat(title.chars().count()));
}

fn row(name: &str, value: &str) {
    println!("  {name:<14}{value}");
}

fn indented(text: &str) -> String {
    format!("  {}", text.trim_end().replace('\n', "\n  "))
}
