use std::collections::BTreeMap;

use artifact_deploy::metadata::{
    BuildMetadata, BuildxMetadata, Commit, GitFacts, GithubFile, Provider, RunningImage, Variables,
    compact, detect, parse_time,
};
use artifact_deploy::{Error, Result};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[test]
fn metadata() {
    super::check("metadata", run);
}

fn run(operation: &str, input: &Value) -> Result<Value, Error> {
    match operation {
        "parse_time" => {
            let time = parse_time(input.as_str().unwrap())?;
            Ok(json!({ "compact": compact(time), "rfc3339": time }))
        }
        "commit" => {
            let commit: Commit = input.as_str().unwrap().parse()?;
            Ok(json!({ "commit": commit.as_str(), "short": commit.short() }))
        }
        "detect" => detected(input).map(|build| json!(build)),
        "from_json" => BuildMetadata::from_json(input.as_str().unwrap()).map(|build| json!(build)),
        "build_args" => Ok(json!(build(input)?.build_arg_arguments())),
        "labels" => Ok(json!(build(input)?.labels(input["version"].as_str()))),
        "from_labels" => BuildMetadata::from_labels(&read(input)).map(|build| json!(build)),
        "container_environment" => {
            let tag = input["tag"].as_str().map(str::parse).transpose()?;
            let digest = input["digest"].as_str().map(str::parse).transpose()?;
            let build = build(input)?;
            Ok(json!(
                build.container_environment(tag.as_ref(), digest.as_ref())
            ))
        }
        "outputs" => Ok(json!(build(input)?.outputs())),
        "from_environment" => {
            RunningImage::from_environment(&read(input)).map(|image| json!(image))
        }
        "build_from_environment" => {
            BuildMetadata::from_environment(&read(input)).map(|build| json!(build))
        }
        "buildx" => {
            let file = BuildxMetadata::parse(input["file"].as_str().unwrap().as_bytes())?;
            file.image(input["target"].as_str())
                .map(|image| json!(image))
        }
        "github_output" => written(GithubFile::output_at, input),
        "github_environment" => written(GithubFile::environment_at, input),
        other => panic!("no operation {other}"),
    }
}

fn detected(input: &Value) -> Result<BuildMetadata> {
    let variables: Variables = read(&input["variables"]);
    let git: Option<GitFacts> = input.get("git").map(read);
    let now = parse_time(input["now"].as_str().unwrap())?;
    detect(&variables, input.get("event"), git.as_ref(), now)
}

fn build(input: &Value) -> Result<BuildMetadata> {
    BuildMetadata::from_json(&input["build"].to_string())
}

fn read<T: DeserializeOwned>(input: &Value) -> T {
    serde_json::from_value(input.clone()).unwrap()
}

/// What was appended to the file, with the random delimiter shown as `DELIMITER`.
fn written(at: impl Fn(std::path::PathBuf) -> GithubFile, input: &Value) -> Result<Value> {
    let name = format!("artifact-deploy-vectors-{}-{:p}", std::process::id(), input);
    let path = std::env::temp_dir().join(name);
    let entries: Vec<(String, String)> = read(input);
    at(path.clone()).append(&entries)?;
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let delimiter = text.lines().next().unwrap().split_once("<<").unwrap().1;
    Ok(json!(text.replace(delimiter, "DELIMITER")))
}

const HEAD: &str = "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90";
const OTHER: &str = "ffffffffa1b2c3d4e5f60718293a4b5c6d7e8f90";

fn variables(pairs: &[(&str, &str)]) -> Variables {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn want_5_two_attempts_and_two_runs_of_one_commit_are_told_apart() {
    let at = |run, attempt| {
        let variables = variables(&[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SHA", HEAD),
            ("GITHUB_REF", "refs/heads/main"),
            ("GITHUB_RUN_ID", run),
            ("GITHUB_RUN_ATTEMPT", attempt),
        ]);
        detect(
            &variables,
            None,
            None,
            parse_time("20250820-124500").unwrap(),
        )
        .unwrap()
    };
    assert_ne!(at("17039281234", "1"), at("17039281234", "2"));
    assert_ne!(at("17039281234", "1"), at("17039281235", "1"));
}

#[test]
fn want_8_the_merge_commit_is_never_the_commit_and_both_are_recorded() {
    let now = parse_time("20250820-124500").unwrap();
    let github = variables(&[
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_SHA", OTHER),
        ("GITHUB_REF", "refs/pull/51/merge"),
    ]);
    let event = json!({ "pull_request": { "number": 51, "head": { "sha": HEAD } } });
    let build = detect(&github, Some(&event), None, now).unwrap();
    assert_eq!(build.commit().as_str(), HEAD);
    assert_eq!(build.merge_commit().map(Commit::as_str), Some(OTHER));
    for git in [None, Some(GitFacts::new(OTHER))] {
        for event in [None, Some(json!({})), Some(json!({ "pull_request": null }))] {
            let error = detect(&github, event.as_ref(), git.as_ref(), now).unwrap_err();
            assert_eq!(error.code(), "METADATA_NOT_FOUND");
        }
    }
}

#[test]
fn want_24_outputs_hold_no_registry_host_that_a_ci_system_would_mask() {
    let build = BuildMetadata::new(
        HEAD.parse().unwrap(),
        parse_time("20250820-124500").unwrap(),
    );
    let names: Vec<_> = build.outputs().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["commit", "build-time"]);
}

#[test]
fn a_clone_address_with_a_token_leaves_no_trace() {
    let gitlab = variables(&[
        ("CODEBUILD_BUILD_ID", "app:1"),
        ("CODEBUILD_RESOLVED_SOURCE_VERSION", HEAD),
        (
            "CODEBUILD_SOURCE_REPO_URL",
            "https://x-token:hunter2@github.com/o/r.git",
        ),
    ]);
    let build = detect(&gitlab, None, None, parse_time("20250820-124500").unwrap()).unwrap();
    assert!(!json!(build).to_string().contains("hunter2"));
    let error = build
        .with_source_url("https://u:hunter2@github.com/o/r")
        .unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn of_several_systems_the_first_of_the_published_order_wins_whatever_else_is_set() {
    let all = [
        ("GITHUB_ACTIONS", "true"),
        ("GITLAB_CI", "true"),
        ("CIRCLECI", "true"),
        ("BUILDKITE", "true"),
        ("TF_BUILD", "True"),
        ("BITBUCKET_BUILD_NUMBER", "7"),
        ("JENKINS_URL", "https://ci.example.com"),
        ("CODEBUILD_BUILD_ID", "app:1"),
    ];
    for first in 0..=all.len() {
        let mut variables = variables(&all[first..]);
        variables.insert("ARTIFACT_DEPLOY_COMMIT".into(), HEAD.into());
        let git = GitFacts::new(OTHER);
        let build = detect(
            &variables,
            None,
            Some(&git),
            parse_time("20250820-124500").unwrap(),
        )
        .unwrap();
        assert_eq!(build.provider(), Some(Provider::ALL[first]));
        assert_eq!(build.commit().as_str(), HEAD);
    }
}

#[test]
fn labels_and_container_environment_read_back_as_the_same_metadata() {
    let build = BuildMetadata::new(
        HEAD.parse().unwrap(),
        parse_time("20250820-124500").unwrap(),
    )
    .with_branch("feat/ü x")
    .unwrap()
    .with_git_tag("v1.4.2")
    .unwrap()
    .with_run_id("17039281234")
    .unwrap()
    .with_run_number(7)
    .unwrap()
    .with_run_attempt(2)
    .unwrap()
    .with_pr_number(51)
    .unwrap()
    .with_source_url("https://github.com/o/r")
    .unwrap()
    .with_merge_commit(OTHER.parse().unwrap())
    .with_provider(Provider::GitHubActions);
    let labels: BTreeMap<_, _> = build
        .labels(Some("pr-51/622d2103-20250820-124500"))
        .into_iter()
        .collect();
    assert_eq!(BuildMetadata::from_labels(&labels).unwrap(), build);
    let environment = build
        .container_environment(None, None)
        .into_iter()
        .collect();
    assert_eq!(
        BuildMetadata::from_environment(&environment).unwrap(),
        build
    );
    assert_eq!(
        BuildMetadata::from_json(&json!(build).to_string()).unwrap(),
        build
    );
}

#[test]
fn each_label_is_one_argument_whatever_its_value_holds() {
    let build = BuildMetadata::new(
        HEAD.parse().unwrap(),
        parse_time("20250820-124500").unwrap(),
    )
    .with_branch("feat/$(id) --push \"x\"")
    .unwrap();
    assert_eq!(
        build.label_arguments(Some("pr-51/622d2103-20250820-124500")),
        [
            "--label",
            &format!("org.opencontainers.image.revision={HEAD}"),
            "--label",
            "org.opencontainers.image.created=2025-08-20T12:45:00Z",
            "--label",
            "io.github.artifact-deploy.branch=feat/$(id) --push \"x\"",
            "--label",
            "org.opencontainers.image.version=pr-51/622d2103-20250820-124500",
        ]
    );
}
