//! The native end of an `AbortSignal`.

use std::sync::{Arc, OnceLock};

use artifact_deploy::rollout::LeftBehind;
use artifact_deploy::{Error, ErrorKind};
use napi_derive::napi;
use serde_json::json;
use tokio::sync::watch;

/// Cancels the one call it is given to.
#[napi]
pub struct Cancellation {
    cancelled: watch::Sender<bool>,
    left: Left,
}

/// What a call says that it left behind, when it was cancelled.
#[derive(Clone, Default)]
pub(crate) struct Left(Arc<OnceLock<LeftBehind>>);

#[napi]
impl Cancellation {
    /// A handle that has not been used.
    #[napi(constructor)]
    #[allow(clippy::new_without_default, reason = "it is made by JavaScript alone")]
    pub fn new() -> Self {
        Self {
            cancelled: watch::Sender::new(false),
            left: Left::default(),
        }
    }

    /// Ends the call with `CANCELLED`; after its end this does nothing.
    #[napi]
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }
}

impl Cancellation {
    /// Ends when the call is cancelled, with the error that says so.
    pub(crate) fn watch(&self) -> impl Future<Output = Error> + Send + 'static {
        let mut receiver = self.cancelled.subscribe();
        async move {
            if receiver.wait_for(|cancelled| *cancelled).await.is_err() {
                // The handle was collected: nobody can cancel any more.
                std::future::pending::<()>().await;
            }
            Error::new(ErrorKind::Cancelled, "the call was cancelled by its caller")
        }
    }

    /// Where the call says what it left behind.
    pub(crate) fn left(&self) -> Left {
        self.left.clone()
    }
}

impl Left {
    /// Says what was left behind.
    pub(crate) fn tell(&self, left: &LeftBehind) {
        // A call is cancelled once.
        drop(self.0.set(left.clone()));
    }

    /// `error` with what was left behind in its details, where it says that the call was cancelled.
    pub(crate) fn explain(&self, error: Error) -> Error {
        match self.0.get() {
            Some(left) if error.kind() == ErrorKind::Cancelled => {
                error.with_details(json!({ "left": left }))
            }
            _ => error,
        }
    }
}
