//! The tag to deploy when none is named.

use artifact_deploy::gate;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// `IMAGE_TAG` of the variables, which come as JSON text, else the alias of the environment.
#[napi(catch_unwind)]
pub fn default_tag(variables: String, environment: Option<String>) -> Outcome<String> {
    let tag = || {
        let environment = environment.map(|name| name.parse()).transpose()?;
        gate::default_tag(&json::read(&variables)?, environment.as_ref()).map(|tag| tag.to_string())
    };
    outcome(tag())
}
