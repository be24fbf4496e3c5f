//! Environments: where an image is deployed.

use artifact_deploy::version::{Environment, RepositoryLayout};
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// Checks the name of an environment.
#[napi(catch_unwind)]
pub fn parse_environment(text: String) -> Outcome<String> {
    outcome(text.parse().map(|name: Environment| name.to_string()))
}

/// The environment of a branch.
#[napi(catch_unwind)]
pub fn environment_from_branch(branch: String) -> Outcome<String> {
    outcome(Environment::from_branch(&branch).map(|name| name.to_string()))
}

/// The environment of a pull request, whose number comes as JSON text.
#[napi(catch_unwind)]
pub fn environment_for_pull_request(number: String) -> Outcome<String> {
    let number = json::read(&number);
    outcome(
        number
            .and_then(Environment::for_pull_request)
            .map(|name| name.to_string()),
    )
}

/// The moving tag of an environment; the layout comes as JSON text.
#[napi(catch_unwind)]
pub fn environment_alias(environment: String, layout: String) -> Outcome<String> {
    let alias = || {
        let layout: RepositoryLayout = json::read(&layout)?;
        Ok(layout.alias(&environment.parse()?).to_string())
    };
    outcome(alias())
}
