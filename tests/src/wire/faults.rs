//! How the stand-ins fail.

use bytes::Bytes;
use hyper::Response;
use serde::{Deserialize, Serialize};

use super::protocol::{Dialect, bare};
use crate::http::Reply;

/// One way to fail, for some calls of one operation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The operation, for example `BatchGetImage`; `GetBlob` and `HeadBlob` are the registry's own
    /// interface; `*` is every operation.
    pub operation: String,
    /// The access key of those who meet it. Default: everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "do")]
pub enum Act {
    /// `ThrottlingException`, as AWS has it: HTTP 400, "Rate exceeded".
    Throttle,
    /// `AccessDeniedException`.
    AccessDenied,
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
    /// No answer at all, and nothing is done.
    Stall,
    /// The connection is reset, and nothing is done.
    Reset,
    /// It is done, and its answer is lost: the connection is closed, or there is a bare HTTP status.
    LostAnswer {
        /// The HTTP status. Default: the connection is closed.
        status: Option<u16>,
    },
    /// The right answer, late.
    Slow {
        /// How late.
        milliseconds: u64,
    },
    /// What was true before the last change, where the stand-in knows of changes.
    StaleRead,
    /// Half of the right answer, then nothing.
    StallInBody,
    /// Half of the right answer, then the connection breaks off.
    Cut,
    /// An answer that is not JSON.
    Malformed,
}

impl Fault {
    /// Every call of an operation, or of every operation (`*`), goes wrong in this way.
    pub fn new(operation: impl Into<String>, act: Act) -> Self {
        Self {
            operation: operation.into(),
            key: None,
            after: 0,
            times: None,
            act,
        }
    }

    /// Only so many calls.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Only after so many calls that go well.
    pub fn after(mut self, calls: usize) -> Self {
        self.after = calls;
        self
    }

    /// Only the calls that are signed with this access key.
    pub fn for_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Whether it is meant for an operation, whoever calls it.
    pub(crate) fn names(&self, operation: &str) -> bool {
        self.operation == operation || self.operation == "*"
    }

    /// Whether it is meant for the `call`th call (from 0) of an operation.
    pub(crate) fn fits(&self, operation: &str, call: usize) -> bool {
        let named = self.names(operation);
        let begun = call >= self.after;
        named && begun && self.times.is_none_or(|times| call - self.after < times)
    }
}

impl Act {
    /// Whether the right answer is made, and with it whatever the call changes.
    pub(crate) fn takes_effect(&self) -> bool {
        matches!(
            self,
            Self::LostAnswer { .. }
                | Self::Slow { .. }
                | Self::StaleRead
                | Self::StallInBody
                | Self::Cut
                | Self::Malformed
        )
    }

    /// What becomes of the right answer.
    pub(crate) fn spoil(&self, dialect: Dialect, right: impl FnOnce() -> Response<Bytes>) -> Reply {
        let refuse = |code, message| Reply::Whole(dialect.error(400, code, message));
        match self {
            Self::Throttle => refuse("ThrottlingException", "Rate exceeded"),
            Self::AccessDenied => refuse(
                "AccessDeniedException",
                "User: arn:aws:iam::123456789012:user/ci is not authorized to perform this action",
            ),
            Self::Error {
                code,
                message,
                status,
            } => Reply::Whole(dialect.error(status.unwrap_or(400), code, message)),
            Self::Status { status } => Reply::Whole(bare(*status)),
            Self::Stall => Reply::Stall,
            Self::Reset => Reply::Reset,
            Self::LostAnswer { status } => {
                let _done = right();
                status.map_or(Reply::Close, |status| Reply::Whole(bare(status)))
            }
            // The stand-in has made it late or stale already.
            Self::Slow { .. } | Self::StaleRead => Reply::Whole(right()),
            Self::StallInBody => Reply::StallInBody(right()),
            Self::Cut => Reply::Cut(right()),
            Self::Malformed => {
                let _done = right();
                Reply::Whole(Response::new(Bytes::from_static(b"{\"images\": [oops")))
            }
        }
    }
}
