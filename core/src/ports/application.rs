//! What a rollout asks of the running application.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::Result;

/// Asks a running application what it is. `probe::HttpProbe` (feature `probe`) does it by HTTP.
#[async_trait]
pub trait ApplicationProbe: Send + Sync {
    /// The body that the application answers a GET of `url` with. One request, with a timeout and a
    /// limit on the length of the answer; nothing is repeated. `headers` may hold credentials: no
    /// message repeats them, and they go to the host of `url` alone.
    ///
    /// # Errors
    /// `ServiceUnavailable` when it cannot be reached, or answers with a server error; `Timeout`;
    /// `Throttled`; `Unauthenticated`, `AccessDenied`; `UnexpectedResponse` for any other answer
    /// without a body of text.
    async fn ask(&self, url: &str, headers: &BTreeMap<String, String>) -> Result<String>;
}
