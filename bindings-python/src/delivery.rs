//! The thread that hands results to event loops.
//!
//! A worker of the runtime never waits for the GIL: a Python thread that holds it may be waiting
//! for that very worker. So everything for Python goes through this one thread, in order.

use std::sync::OnceLock;
use std::sync::mpsc::{self, Sender};
use std::thread;

use artifact_deploy::{Error, ErrorKind};
use pyo3::prelude::*;

type Parcel = Box<dyn FnOnce(Python<'_>) -> PyResult<()> + Send>;

static SENDER: OnceLock<Option<Sender<Parcel>>> = OnceLock::new();

/// Whether the thread runs; it is started when it does not yet.
///
/// Fails with `RUNTIME_UNAVAILABLE` where the system gives no thread: better than a result that
/// never arrives.
pub(crate) fn ready() -> Result<(), Error> {
    let message = "the system gives no thread that could hand results to the event loop";
    match SENDER.get_or_init(start) {
        Some(_) => Ok(()),
        None => Err(Error::new(ErrorKind::RuntimeUnavailable, message)),
    }
}

/// Runs `deliver` with the GIL held, soon, after all that was sent before.
///
/// What it raises is dropped: the event loop is closed and nobody waits any more.
pub(crate) fn send<D>(deliver: D)
where
    D: FnOnce(Python<'_>) -> PyResult<()> + Send + 'static,
{
    if let Some(sender) = SENDER.get_or_init(start) {
        // The receiver lives as long as the process.
        let _ = sender.send(Box::new(deliver));
    }
}

fn start() -> Option<Sender<Parcel>> {
    let (sender, parcels) = mpsc::channel::<Parcel>();
    let thread = thread::Builder::new().name("artifact-deploy-asyncio".to_owned());
    let spawned = thread.spawn(move || {
        for parcel in parcels {
            // None when the interpreter is on its way out.
            let _ = Python::try_attach(parcel);
        }
    });
    spawned.is_ok().then_some(sender)
}
