//! The native end of an `AbortSignal`.

use artifact_deploy::{Error, ErrorKind};
use napi_derive::napi;
use tokio::sync::watch;

/// Cancels the one call it is given to.
#[napi]
pub struct Cancellation(watch::Sender<bool>);

#[napi]
impl Cancellation {
    /// A handle that has not been used.
    #[napi(constructor)]
    #[allow(clippy::new_without_default, reason = "it is made by JavaScript alone")]
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Ends the call with `CANCELLED`; after its end this does nothing.
    #[napi]
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }
}

impl Cancellation {
    /// Ends when the call is cancelled, with the error that says so.
    pub(crate) fn watch(&self) -> impl Future<Output = Error> + Send + 'static {
        let mut receiver = self.0.subscribe();
        async move {
            if receiver.wait_for(|cancelled| *cancelled).await.is_err() {
                // The handle was collected: nobody can cancel any more.
                std::future::pending::<()>().await;
            }
            Error::new(ErrorKind::Cancelled, "the call was cancelled by its caller")
        }
    }
}
