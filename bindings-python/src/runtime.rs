//! The one tokio runtime that all calls share.

use std::process;
use std::sync::OnceLock;

use artifact_deploy::{Error, ErrorKind};
use tokio::runtime::{Builder, Handle, Runtime};

/// A runtime and the process that made it: its threads do not survive a fork.
struct Shared {
    process: u32,
    runtime: Runtime,
}

static SHARED: OnceLock<Result<Shared, String>> = OnceLock::new();

/// The shared runtime, made at the first call.
///
/// Fails with `RUNTIME_UNAVAILABLE` in the child of a fork whose parent had used it already, and
/// where the system gives no threads.
pub(crate) fn handle() -> Result<&'static Handle, Error> {
    let unavailable = |message: String| Error::new(ErrorKind::RuntimeUnavailable, message);
    match SHARED.get_or_init(make) {
        Err(reason) => Err(unavailable(format!(
            "the runtime of the library cannot be started: {reason}"
        ))),
        Ok(shared) if shared.process != process::id() => Err(unavailable(format!(
            "process {} was forked from {}, which had used artifact_deploy already, and threads do \
             not survive a fork; start workers by \"spawn\" or \"forkserver\" \
             (multiprocessing.set_start_method), or call the library only after the fork",
            process::id(),
            shared.process
        ))),
        Ok(shared) => Ok(shared.runtime.handle()),
    }
}

fn make() -> Result<Shared, String> {
    // A call waits for the network, not for a processor.
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("artifact-deploy")
        .enable_all()
        .build()
        .map_err(|cause| cause.to_string())?;
    let process = process::id();
    Ok(Shared { process, runtime })
}
