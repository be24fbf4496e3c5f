//! AWS JSON 1.1, as the stand-ins speak it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use hyper::{Request, Response, StatusCode};
use serde_json::{Value, json};

use super::elb;

/// The answer of an operation, or the error that it gives in its place.
pub(crate) type Answer = Result<Value, Refusal>;

/// An error of AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Refusal {
    /// An error that the caller has to answer for.
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self::with_status(400, code, message)
    }

    pub(crate) fn with_status(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
        }
    }

    /// A value out of its bounds.
    pub(crate) fn parameter(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterException", message)
    }

    /// Nothing of that name is there to be called.
    pub(crate) fn unknown_operation() -> Self {
        Self::new("UnknownOperationException", "")
    }

    pub(crate) fn response(&self) -> Response<Bytes> {
        error(self.status, &self.code, &self.message)
    }
}

/// What an operation answers on the wire.
pub(crate) fn respond(answer: Answer) -> Response<Bytes> {
    match answer {
        Ok(body) => Response::builder()
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amzn-requestid", request_id())
            .body(Bytes::from(body.to_string()))
            .expect("a valid answer"),
        Err(refusal) => refusal.response(),
    }
}

/// How an API writes its errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// AWS JSON 1.1.
    Json,
    /// AWS Query.
    Query,
}

impl Dialect {
    pub(crate) fn error(self, status: u16, code: &str, message: &str) -> Response<Bytes> {
        match self {
            Self::Json => error(status, code, message),
            Self::Query => elb::error(status, code, message),
        }
    }
}

/// An error as AWS JSON 1.1 has it.
pub(crate) fn error(status: u16, code: &str, message: &str) -> Response<Bytes> {
    let body = json!({ "__type": code, "message": message });
    Response::builder()
        .status(status)
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amzn-requestid", request_id())
        .header("x-amzn-errortype", code)
        .body(Bytes::from(body.to_string()))
        .expect("a valid answer")
}

/// An HTTP status without a body.
pub(crate) fn bare(status: u16) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).expect("an HTTP status");
    response
}

/// An id for one answer; no two are the same.
pub(crate) fn request_id() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("00000000-0000-4000-8000-{number:012x}")
}

/// The time of this moment, as AWS JSON has it: seconds with a fraction.
pub(crate) fn now() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("it is past 1970").as_secs_f64()
}

/// A header, empty where it is absent or no text.
pub(crate) fn header<'a>(request: &'a Request<Bytes>, name: &str) -> &'a str {
    let value = request.headers().get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Who signed a request, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signer {
    pub(crate) key: String,
    pub(crate) region: String,
    pub(crate) service: String,
}

impl Signer {
    /// Reads `AWS4-HMAC-SHA256 Credential=key/date/region/service/aws4_request, …`.
    pub(crate) fn of(request: &Request<Bytes>) -> Option<Self> {
        let scope: Vec<&str> = header(request, "authorization").split('/').collect();
        let [key, _, region, service, ..] = scope[..] else {
            return None;
        };
        let key = key.strip_prefix("AWS4-HMAC-SHA256 Credential=")?;
        Some(Self {
            key: key.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
        })
    }
}
