//! Runs the library's futures: as a promise, or blocking the JavaScript thread.

use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc as blocking;

use artifact_deploy::{Error, ErrorKind, Result};
use napi::bindgen_prelude::{Env, Function, PromiseRaw, ToNapiValue, spawn};
use napi::threadsafe_function::ThreadsafeFunction;
use tokio::sync::mpsc;

use crate::cancellation::{Cancellation, Left};
use crate::failure::{Failure, Outcome, outcome};

/// Takes progress events, as JSON text, from the library.
pub(crate) type Events = mpsc::UnboundedSender<String>;

/// A JavaScript function for progress events, to be called from any thread. Weak: it does not keep
/// the process alive, the promise does.
pub(crate) type ProgressCallback =
    ThreadsafeFunction<String, (), String, napi::Status, false, true>;

/// Starts `work` and gives the promise of its outcome.
///
/// All progress events are delivered before the promise is settled. The TypeScript layer gives a
/// callback that does not throw. Without a callback `work` is given no place for events.
pub(crate) fn promise<'env, T, F>(
    env: &'env Env,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
    work: impl FnOnce(Option<Events>) -> F,
) -> napi::Result<PromiseRaw<'env, Outcome<T>>>
where
    T: ToNapiValue + Send + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    let (events, inbox) = mpsc::unbounded_channel();
    let (cancelled, left) = (cancellation.watch(), cancellation.left());
    let work = work(progress.is_some().then_some(events));
    let progress = progress.map(Arc::new);
    let report = move |event| {
        let progress = progress.clone();
        async move {
            if let Some(callback) = progress {
                // It fails only while the environment is torn down, where nobody listens.
                drop(callback.call_async_catch(event).await);
            }
        }
    };
    env.spawn_future(async move { Ok(outcome(drive(work, cancelled, left, inbox, report).await)) })
}

/// Runs `work` to its end while the JavaScript thread waits.
///
/// `progress` is called in between on this very thread. The work itself is on the runtime's
/// threads, so that `progress` may call into the library again.
pub(crate) fn block<T, F>(
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
    work: impl FnOnce(Option<Events>) -> F,
) -> Outcome<T>
where
    T: Send + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    enum Message<T> {
        Progress(String),
        End(Result<T>),
    }

    let (events, inbox) = mpsc::unbounded_channel();
    let (sender, receiver) = blocking::channel();
    let (cancelled, left) = (cancellation.watch(), cancellation.left());
    let work = work(progress.is_some().then_some(events));
    let progress_sender = sender.clone();
    let report = move |event| {
        drop(progress_sender.send(Message::Progress(event)));
        std::future::ready(())
    };
    spawn(async move {
        let end = drive(work, cancelled, left, inbox, report).await;
        drop(sender.send(Message::End(end)));
    });
    for message in receiver {
        match message {
            Message::Progress(event) => {
                if let Some(callback) = &progress {
                    // The TypeScript layer gives a callback that does not throw.
                    drop(callback.call(event));
                }
            }
            Message::End(end) => return outcome(end),
        }
    }
    Outcome::B(Failure::from(Error::new(
        ErrorKind::RuntimeUnavailable,
        "the call ended without an answer; report this as a bug of artifact-deploy",
    )))
}

/// Polls `work` until its end or cancellation, and reports each event in its order.
///
/// Cancelled work is dropped before the last events are reported: what it tells while it is dropped is
/// among them.
async fn drive<T, R: Future<Output = ()>>(
    work: impl Future<Output = Result<T>>,
    cancelled: impl Future<Output = Error>,
    left: Left,
    mut inbox: mpsc::UnboundedReceiver<String>,
    report: impl Fn(String) -> R,
) -> Result<T> {
    let mut work = Box::pin(work);
    let mut cancelled = pin!(cancelled);
    let end = loop {
        tokio::select! {
            biased;
            error = &mut cancelled => break Err(error),
            Some(event) = inbox.recv() => report(event).await,
            end = &mut work => break end,
        }
    };
    drop(work);
    while let Ok(event) = inbox.try_recv() {
        report(event).await;
    }
    end.map_err(|error| left.explain(error))
}
