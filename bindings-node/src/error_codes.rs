//! The published list of error codes.

use artifact_deploy::ErrorKind;
use napi_derive::napi;
use serde_json::json;

use crate::failure::Outcome;
use crate::json;

/// Every error code in the published order, as `[{"code", "retryable"}]`.
#[napi(catch_unwind)]
pub fn error_codes() -> Outcome<String> {
    json::pure("null", |(): ()| {
        Ok(ErrorKind::ALL
            .iter()
            .map(|kind| json!({ "code": kind.code(), "retryable": kind.is_retryable() }))
            .collect::<Vec<_>>())
    })
}
