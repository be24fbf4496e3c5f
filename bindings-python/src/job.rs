//! A call that takes time: run to its end, or awaited.

use std::future::Future;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use artifact_deploy::{Error, ErrorKind};
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::delivery;
use crate::failure::{Failure, exception};
use crate::rollout::PyDeploymentEvent;
use crate::runtime;

/// How long Ctrl-C may go unnoticed.
const SIGNALS_EVERY: Duration = Duration::from_millis(50);

/// How long a call that is broken off may take to say what it left behind.
const FAREWELL: Duration = Duration::from_millis(500);

/// Makes a Python object of what the core gave; it runs with the GIL held.
type Converted = Box<dyn for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>> + Send>;

/// What a running call says.
enum Event {
    /// It goes on; the callback wants to know.
    Progress(Converted),
    /// It came to its end.
    Done(Result<Converted, Error>),
}

/// Where events go: to the thread that waits, or to an event loop.
type Sink = Arc<dyn Fn(Event) + Send + Sync>;

type Start = Box<dyn FnOnce(Sink) -> Result<AbortHandle, Error> + Send>;

/// Passes on what the core reports while it waits. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Reporter(Sink);

impl Reporter {
    /// Reports one thing; `convert` makes the Python object, later and elsewhere.
    pub(crate) fn report<C>(&self, convert: C)
    where
        C: for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>> + Send + 'static,
    {
        (self.0)(Event::Progress(Box::new(convert)));
    }
}

/// A call that is ready to run, once: `wait()` for its result, or `start()` it for an event loop.
#[pyclass(frozen, module = "artifact_deploy._native")]
pub(crate) struct Job {
    start: Mutex<Option<Start>>,
}

impl Job {
    /// A call that runs `work` on the shared runtime and gives what `convert` makes of its value.
    pub(crate) fn new<T, W, F, C>(work: W, convert: C) -> Self
    where
        T: Send + 'static,
        W: FnOnce(Reporter) -> F + Send + 'static,
        F: Future<Output = Result<T, Error>> + Send + 'static,
        C: for<'py> FnOnce(Python<'py>, T) -> PyResult<Bound<'py, PyAny>> + Send + 'static,
    {
        let start: Start = Box::new(move |sink| {
            let future = work(Reporter(Arc::clone(&sink)));
            let end = End(Some(sink));
            let task = runtime::handle()?.spawn(async move {
                let outcome = future.await.map(|value| {
                    let converted: Converted = Box::new(move |py| convert(py, value));
                    converted
                });
                end.reach(outcome);
            });
            Ok(task.abort_handle())
        });
        Self {
            start: Mutex::new(Some(start)),
        }
    }

    fn take(&self) -> Result<Start, Error> {
        let mut start = self.start.lock().unwrap_or_else(PoisonError::into_inner);
        start.take().ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidArgument,
                "this call was started already; make a new one",
            )
        })
    }
}

#[pymethods]
impl Job {
    /// Runs the call and waits for its result, without the GIL. Signals are seen every 50 ms.
    ///
    /// `on_progress` is called in this thread; what it raises ends the call.
    #[pyo3(signature = (on_progress=None))]
    fn wait<'py>(
        &self,
        py: Python<'py>,
        on_progress: Option<Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyAny>, Failure> {
        let (sender, mut events) = mpsc::channel();
        let sink: Sink = Arc::new(move |event| {
            // Nobody listens any more when the caller was interrupted.
            let _ = sender.send(event);
        });
        let running = AbortOnDrop(self.take()?(sink)?);
        let outcome = pump(py, &mut events, on_progress.as_ref());
        if let Err(Failure::Python(problem)) = &outcome {
            running.0.abort();
            say_what_was_left(py, &mut events, on_progress.as_ref(), problem);
        }
        outcome
    }

    /// Starts the call for an asyncio event loop and gives a handle that can cancel it.
    ///
    /// In the thread of `event_loop`, `on_progress` is called with each report, and at the end
    /// `on_done` with the result and `None`, or with `None` and the exception.
    fn start(
        &self,
        event_loop: Bound<'_, PyAny>,
        on_done: Bound<'_, PyAny>,
        on_progress: Option<Bound<'_, PyAny>>,
    ) -> Result<RunningJob, Failure> {
        let event_loop = Arc::new(event_loop.unbind());
        let on_done = Arc::new(on_done.unbind());
        let on_progress = on_progress.map(|callback| Arc::new(callback.unbind()));
        let sink: Sink = Arc::new(move |event| {
            let event_loop = Arc::clone(&event_loop);
            let on_done = Arc::clone(&on_done);
            let on_progress = on_progress.clone();
            delivery::send(move |py| {
                let (callback, value) = match event {
                    Event::Progress(convert) => (on_progress, convert(py)),
                    Event::Done(Ok(convert)) => (Some(Arc::clone(&on_done)), convert(py)),
                    Event::Done(Err(error)) => (None, Err(exception(py, &error))),
                };
                let (callback, value, problem) = match (callback, value) {
                    (Some(callback), Ok(value)) => (callback, Some(value), None),
                    (_, Err(problem)) => (on_done, None, Some(problem)),
                    // Progress that nobody asked for.
                    (None, Ok(_)) => return Ok(()),
                };
                let arguments = (&*callback, value, problem);
                event_loop
                    .bind(py)
                    .call_method1("call_soon_threadsafe", arguments)?;
                Ok(())
            });
        });
        delivery::ready()?;
        let abort = self.take()?(sink)?;
        Ok(RunningJob { abort })
    }
}

/// A call that runs for an event loop.
#[pyclass(frozen, module = "artifact_deploy._native")]
pub(crate) struct RunningJob {
    abort: AbortHandle,
}

#[pymethods]
impl RunningJob {
    /// Ends the call where it stands. After its end this does nothing.
    fn cancel(&self) {
        self.abort.abort();
    }
}

/// Waits for the end, and passes on what is reported until then.
fn pump<'py>(
    py: Python<'py>,
    events: &mut Receiver<Event>,
    on_progress: Option<&Bound<'py, PyAny>>,
) -> Result<Bound<'py, PyAny>, Failure> {
    loop {
        match py.detach(|| next(events, SIGNALS_EVERY)) {
            Ok(Event::Progress(convert)) => {
                if let Some(callback) = on_progress {
                    callback.call1((convert(py)?,))?;
                }
            }
            Ok(Event::Done(Ok(convert))) => return Ok(convert(py)?),
            Ok(Event::Done(Err(error))) => return Err(error.into()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                let message = "the runtime of the library is gone; is the interpreter ending?";
                return Err(Error::new(ErrorKind::RuntimeUnavailable, message).into());
            }
        }
        py.check_signals()?;
    }
}

/// What a call that was broken off still says of what it left behind becomes a note of `problem`.
fn say_what_was_left<'py>(
    py: Python<'py>,
    events: &mut Receiver<Event>,
    on_progress: Option<&Bound<'py, PyAny>>,
    problem: &PyErr,
) {
    let until = Instant::now() + FAREWELL;
    while let Ok(Event::Progress(convert)) =
        py.detach(|| next(events, until.saturating_duration_since(Instant::now())))
    {
        let told = convert(py).and_then(|event| {
            let last = event
                .cast::<PyDeploymentEvent>()
                .is_ok_and(|event| event.get().is_cancelled());
            if !last {
                return Ok(());
            }
            problem
                .value(py)
                .call_method1("add_note", (event.str()?,))?;
            on_progress.map_or(Ok(()), |callback| callback.call1((event,)).map(drop))
        });
        if let Err(second) = told {
            // The first problem is the one that is raised.
            second.write_unraisable(py, on_progress);
        }
    }
}

/// Ends the work when the thread that waits for it leaves, for whatever reason.
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn next(events: &mut Receiver<Event>, within: Duration) -> Result<Event, RecvTimeoutError> {
    events.recv_timeout(within)
}

/// Makes sure that whoever waits hears of the end, also when the task ends without one.
struct End(Option<Sink>);

impl End {
    fn reach(mut self, outcome: Result<Converted, Error>) {
        if let Some(sink) = self.0.take() {
            sink(Event::Done(outcome));
        }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        if let Some(sink) = self.0.take() {
            let error = if thread::panicking() {
                let message =
                    "the call broke off, which is a defect of the library; please report it";
                Error::new(ErrorKind::RuntimeUnavailable, message)
            } else {
                Error::new(ErrorKind::Cancelled, "the call was cancelled")
            };
            sink(Event::Done(Err(error)));
        }
    }
}
