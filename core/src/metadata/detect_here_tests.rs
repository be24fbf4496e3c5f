#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use super::super::{Provider, parse_time};
use super::*;

const HEAD: &str = "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90";
const MERGE: &str = "ffffffffa1b2c3d4e5f60718293a4b5c6d7e8f90";

fn in_pull_request(event: &str, name: &str) -> (Result<BuildMetadata>, PathBuf) {
    let path = scratch(name);
    std::fs::write(&path, event).unwrap();
    let found = with_event_at(&path);
    std::fs::remove_file(&path).unwrap();
    (found, path)
}

fn scratch(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!(
        "artifact-deploy-{}-{name}.json",
        std::process::id()
    ))
}

fn with_event_at(path: &Path) -> Result<BuildMetadata> {
    let variables = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_SHA", MERGE),
        ("GITHUB_REF", "refs/pull/51/merge"),
        ("GITHUB_EVENT_PATH", path.to_str().unwrap()),
    ];
    let variables = variables
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    BuildMetadata::detect(&variables, parse_time("20250820-124500").unwrap())
}

#[test]
fn the_event_file_names_the_head_commit() {
    let event = format!(r#"{{"pull_request":{{"number":51,"head":{{"sha":"{HEAD}"}}}}}}"#);
    let (found, _) = in_pull_request(&event, "good");
    let found = found.unwrap();
    assert_eq!(found.commit().as_str(), HEAD);
    assert_eq!(found.merge_commit().unwrap().as_str(), MERGE);
    assert_eq!(found.provider(), Some(Provider::GitHubActions));
}

#[test]
fn an_event_file_that_is_no_object_is_refused_by_its_name() {
    for (event, name) in [
        ("{\"pull_request\":", "cut"),
        ("[]", "list"),
        ("\u{feff}{}", "bom"),
    ] {
        let (found, path) = in_pull_request(event, name);
        let error = found.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidMetadata, "{name}");
        assert!(error.message().contains(path.to_str().unwrap()), "{error}");
    }
}

#[test]
fn an_empty_event_file_never_turns_the_merge_commit_or_the_checkout_into_the_commit() {
    for (event, name) in [("", "empty"), (" \n", "blank"), ("{}", "no-members")] {
        let error = in_pull_request(event, name).0.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MetadataNotFound, "{name}");
        assert!(
            error.message().contains("ARTIFACT_DEPLOY_COMMIT"),
            "{error}"
        );
    }
}

#[test]
fn an_event_file_that_is_missing_counts_as_no_payload() {
    let error = with_event_at(&scratch("missing")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MetadataNotFound);
}

#[test]
fn an_event_path_that_is_no_file_is_refused_and_does_not_hang() {
    let error = with_event_at(&std::env::temp_dir()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidMetadata);
    assert!(error.message().contains("not a file"), "{error}");
}

#[test]
fn an_event_file_beyond_what_github_sends_is_refused_unread() {
    let path = scratch("long");
    let file = File::create(&path).unwrap();
    file.set_len(MAX_EVENT_BYTES + 1).unwrap();
    let error = with_event_at(&path).unwrap_err();
    file.set_len(MAX_EVENT_BYTES).unwrap();
    let within = with_event_at(&path).unwrap_err();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidMetadata);
    assert!(error.message().contains("32 MiB"), "{error}");
    assert!(within.message().contains("not JSON"), "{within}");
}

#[test]
fn a_payload_that_nests_without_end_is_refused_and_does_not_exhaust_the_stack() {
    let event = format!("{{\"x\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    let error = in_pull_request(&event, "deep").0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidMetadata);
}
