//! The tag to deploy when none is named.

use std::collections::BTreeMap;

use crate::image::Tag;
use crate::version::{Environment, alias};
use crate::{Error, ErrorKind, Result};

/// The tag that a script without one deploys: `IMAGE_TAG` of `variables`, else the alias of the
/// environment, `{environment}-latest`.
///
/// An empty variable counts as missing. The image that the tag leads to is pinned all the same.
///
/// # Errors
/// `InvalidTag` when `IMAGE_TAG` is not a tag, `InvalidArgument` when there is neither.
pub fn default_tag(
    variables: &BTreeMap<String, String>,
    environment: Option<&Environment>,
) -> Result<Tag> {
    let from_variable = variables
        .get("IMAGE_TAG")
        .map(|text| text.trim())
        .filter(|text| !text.is_empty());
    match (from_variable, environment) {
        (Some(text), _) => text.parse().map_err(|error: Error| {
            Error::new(error.kind(), format!("IMAGE_TAG: {}", error.message())).with_source(error)
        }),
        (None, Some(environment)) => Ok(alias(environment)),
        (None, None) => Err(Error::new(
            ErrorKind::InvalidArgument,
            "no image tag: pass a \"tag\" or a \"digest\", set IMAGE_TAG, or pass an environment, whose \
             alias \"{environment}-latest\" is then used",
        )),
    }
}
