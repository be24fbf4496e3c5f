//! Times and commits.

use artifact_deploy::metadata::{Commit, compact, parse_time};
use napi_derive::napi;
use serde_json::json;

use crate::failure::{Outcome, outcome};
use crate::json;

/// A time in both its forms, as JSON.
#[napi(catch_unwind)]
pub fn parse_build_time(text: String) -> Outcome<String> {
    let time = parse_time(&text);
    outcome(
        time.and_then(|time| json::write(&json!({ "compact": compact(time), "rfc3339": time }))),
    )
}

/// A commit and its first eight digits, as JSON.
#[napi(catch_unwind)]
pub fn parse_commit(text: String) -> Outcome<String> {
    let commit = text.parse::<Commit>();
    outcome(commit.and_then(|commit| {
        json::write(&json!({ "commit": commit.as_str(), "short": commit.short() }))
    }))
}
