//! Runs the JSON vectors that all three languages share.
//!
//! A vector file names its operations; each topic here maps an operation to the public API. An
//! operation without a mapping fails, so that no language can leave one out unseen.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::collections::BTreeSet;

use artifact_deploy::Error;
use serde_json::Value;

mod error_codes;
mod gate;
mod images;
mod metadata;
mod proof;
mod rollouts;
mod services;
mod strategies;
mod task_definition;
mod versions;

/// What an operation gives: JSON as every language gives it, or the library's error.
type Outcome = Result<Value, Error>;

/// Runs every case of `tests/vectors/{topic}.json` and reports all that differ.
fn check(topic: &str, run: impl Fn(&str, &Value) -> Outcome) {
    let path = format!(
        "{}/../tests/vectors/{topic}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let file: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
    let cases = file["cases"].as_array().expect("cases");
    assert!(!cases.is_empty(), "{topic} has no cases");
    let described = file["operations"].as_object().expect("operations").keys();
    let used: BTreeSet<&str> = cases
        .iter()
        .map(|case| case["operation"].as_str().expect("operation"))
        .collect();
    assert_eq!(
        described.map(String::as_str).collect::<BTreeSet<_>>(),
        used,
        "{topic}: the operations that are described and those that have a case"
    );
    let mut names = BTreeSet::new();
    for case in cases {
        let name = &case["name"].as_str().expect("name");
        assert!(names.insert(*name), "{topic}: two cases are named {name:?}");
    }
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            compare(
                case,
                &run(case["operation"].as_str().unwrap(), &case["input"]),
            )
        })
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases of {topic} differ:\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n\n")
    );
}

/// A sentence on how the outcome differs from what the case expects, if it does.
fn compare(case: &Value, outcome: &Outcome) -> Option<String> {
    let agrees = match (outcome, case.get("output"), case.get("error")) {
        (Ok(output), Some(expected), None) => output == expected,
        (Err(error), None, Some(expected)) => {
            expected["code"] == error.code()
                && expected["message"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .all(|part| error.message().contains(part.as_str().unwrap()))
        }
        _ => false,
    };
    let actual = match outcome {
        Ok(output) => format!("output {output}"),
        Err(error) => format!("error {} {:?}", error.code(), error.message()),
    };
    let expected = case.get("output").map_or_else(
        || format!("error {}", case["error"]),
        |output| format!("output {output}"),
    );
    (!agrees).then(|| {
        format!(
            "{} ({})\n  input    {}\n  expected {expected}\n  actual   {actual}",
            case["name"], case["operation"], case["input"]
        )
    })
}
