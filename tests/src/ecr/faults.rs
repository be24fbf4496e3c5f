//! How the stand-in fails.

use bytes::Bytes;
use hyper::{Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::http::Reply;

/// One way to fail, for some calls of one operation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The operation, for example `BatchGetImage`; `GetBlob` and `HeadBlob` are the registry's own
    /// interface; `*` is every operation.
    pub operation: String,
    /// How many calls pass before it begins.
    #[serde(default)]
    pub after: usize,
    /// For how many calls. Default: for ever.
    pub times: Option<usize>,
    /// What happens.
    #[serde(flatten)]
    pub act: Act,
}

/// What happens to a call.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "do")]
pub enum Act {
    /// An error of AWS, modelled or not.
    Error {
        /// The code, for example `ThrottlingException`.
        code: String,
        /// Its text.
        #[serde(default)]
        message: String,
        /// The HTTP status. Default: 400.
        status: Option<u16>,
    },
    /// A bare HTTP status.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// No answer at all.
    Stall,
    /// Half of the right answer, then nothing.
    StallInBody,
    /// Half of the right answer, then the connection breaks off.
    Cut,
    /// An answer that is not JSON.
    Malformed,
}

impl Fault {
    /// Whether it is meant for the `call`th call (from 0) of an operation.
    pub(super) fn fits(&self, operation: &str, call: usize) -> bool {
        let named = self.operation == operation || self.operation == "*";
        let begun = call >= self.after;
        named && begun && self.times.is_none_or(|times| call - self.after < times)
    }
}

impl Act {
    /// What becomes of the right answer.
    pub(super) fn spoil(&self, right: impl FnOnce() -> Response<Bytes>) -> Reply {
        match self {
            Self::Error {
                code,
                message,
                status,
            } => Reply::Whole(error(status.unwrap_or(400), code, message)),
            Self::Status { status } => Reply::Whole(bare(*status)),
            Self::Stall => Reply::Stall,
            Self::StallInBody => Reply::StallInBody(right()),
            Self::Cut => Reply::Cut(right()),
            Self::Malformed => {
                Reply::Whole(Response::new(Bytes::from_static(b"{\"images\": [oops")))
            }
        }
    }
}

/// An error as AWS JSON 1.1 has it.
pub(super) fn error(status: u16, code: &str, message: &str) -> Response<Bytes> {
    let body = json!({ "__type": code, "message": message });
    Response::builder()
        .status(status)
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amzn-requestid", "00000000-0000-4000-8000-000000000000")
        .header("x-amzn-errortype", code)
        .body(Bytes::from(body.to_string()))
        .expect("a valid answer")
}

/// An HTTP status without a body.
pub(super) fn bare(status: u16) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).expect("an HTTP status");
    response
}
