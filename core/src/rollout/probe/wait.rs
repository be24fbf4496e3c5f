//! Asking until the answers are enough.

use tokio::time::{Instant, timeout_at};

use super::{Answers, Probe};
use crate::gate::Wait;
use crate::ports::ApplicationProbe;
use crate::{Error, ErrorKind, Result};

/// Asks until the application has given the meant answer so many times in a row.
///
/// # Errors
/// `ApplicationMismatch` at the deadline, with `{"answers"}` in the details and the last failure as
/// its source; at once when the application refuses to answer (`Unauthenticated`, `AccessDenied`),
/// and `InvalidArgument` when the probe expects nothing or cannot be asked.
pub async fn wait_for_application(
    port: &dyn ApplicationProbe,
    probe: &Probe,
    wait: Wait,
) -> Result<Answers> {
    watch_application(port, probe, wait, &mut |_| {}).await
}

/// The same, and tells after each answer how things stand.
///
/// # Errors
/// Those of [`wait_for_application`].
pub async fn watch_application(
    port: &dyn ApplicationProbe,
    probe: &Probe,
    wait: Wait,
    told: &mut (dyn FnMut(&Answers) + Send),
) -> Result<Answers> {
    if probe.expected().is_empty() {
        return Err(Error::new(
            ErrorKind::InvalidArgument,
            "the probe of the application expects nothing; name a version, a commit or a digest",
        ));
    }
    let mut pace = wait.start();
    // A timeout of zero is no deadline: it is asked once.
    let deadline = (!wait.timeout().is_zero()).then(|| pace.deadline());
    let mut answers = Answers::new(probe);
    loop {
        let answer = ask(port, probe, deadline).await;
        answers.add(answer.as_ref().map(String::as_str));
        told(&answers);
        if answers.is_satisfied() {
            return Ok(answers);
        }
        let failure = answer.err();
        if let Some(error) = failure.as_ref().filter(|error| is_final(error)) {
            return Err(error.clone());
        }
        let Some(delay) = pace.next_delay() else {
            let error = answers.require_satisfied();
            return error.map_err(|error| match failure {
                Some(cause) => error.with_source(cause),
                None => error,
            });
        };
        // Once it answers as it should there is nothing to be patient about.
        let delay = if answers.in_a_row() > 0 {
            delay.min(wait.first_delay())
        } else {
            delay
        };
        tokio::time::sleep(delay).await;
    }
}

async fn ask(
    port: &dyn ApplicationProbe,
    probe: &Probe,
    deadline: Option<Instant>,
) -> Result<String> {
    let answer = port.ask(probe.url(), probe.headers());
    let Some(deadline) = deadline else {
        return answer.await;
    };
    timeout_at(deadline, answer)
        .await
        .unwrap_or_else(|elapsed| {
            let message = format!("{} did not answer before the deadline", probe.shown());
            Err(Error::new(ErrorKind::DeadlineExceeded, message).with_source(elapsed))
        })
}

/// What asking again cannot change.
fn is_final(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unauthenticated
            | ErrorKind::AccessDenied
            | ErrorKind::InvalidArgument
            | ErrorKind::RuntimeUnavailable
    )
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, VecDeque};
    use std::sync::Mutex;
    use std::time::Duration;

    use async_trait::async_trait;
    use serde_json::json;

    use super::*;

    const NEW: &str = r#"{"imageTag":"pr-51-622d2103-20250820-124500","commit":"622d2103"}"#;
    const OLD: &str = r#"{"imageTag":"pr-51-aaaaaaaa-20250819-124500","commit":"aaaaaaaa"}"#;

    /// Answers in turn; the last one for ever.
    struct Script(Mutex<VecDeque<Result<&'static str>>>);

    #[async_trait]
    impl ApplicationProbe for Script {
        async fn ask(&self, _: &str, _: &BTreeMap<String, String>) -> Result<String> {
            let mut script = self.0.lock().unwrap();
            let answer = if script.len() > 1 {
                script.pop_front()
            } else {
                script.front().cloned()
            };
            answer.unwrap().map(str::to_owned)
        }
    }

    async fn run(script: Vec<Result<&'static str>>, seconds: u64) -> Result<Answers> {
        let probe = Probe::from_json(&json!({
            "url": "https://app.example/version",
            "version": "pr-51/622d2103-20250820-124500",
        }))?;
        let port = Script(Mutex::new(script.into()));
        let wait = Wait::for_up_to(Duration::from_secs(seconds));
        wait_for_application(&port, &probe, wait).await
    }

    fn unavailable() -> Result<&'static str> {
        Err(Error::new(ErrorKind::ServiceUnavailable, "503"))
    }

    #[tokio::test(start_paused = true)]
    async fn it_waits_until_the_answer_was_right_three_times_in_a_row() {
        let script = vec![Ok(OLD), Ok(NEW), unavailable(), Ok(NEW), Ok(OLD), Ok(NEW)];
        let answers = run(script, 600).await.unwrap();
        assert_eq!(answers.asked(), 8);
        assert!(answers.saw_both());
    }

    #[tokio::test(start_paused = true)]
    async fn an_application_that_never_reports_it_is_a_mismatch_at_the_deadline() {
        let error = run(vec![Ok(OLD)], 60).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ApplicationMismatch);
        assert!(
            error.message().contains("it reports pr-51-aaaaaaaa"),
            "{error}"
        );
        assert_eq!(error.details().unwrap()["answers"]["right"], 0);
        let error = run(vec![unavailable()], 60).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ApplicationMismatch);
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_ends_at_once() {
        let refused = Err(Error::new(ErrorKind::AccessDenied, "403"));
        let start = Instant::now();
        let error = run(vec![refused], 600).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AccessDenied);
        assert!(start.elapsed() < Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn an_application_that_hangs_is_cut_off_by_the_deadline() {
        struct Hangs;
        #[async_trait]
        impl ApplicationProbe for Hangs {
            async fn ask(&self, _: &str, _: &BTreeMap<String, String>) -> Result<String> {
                std::future::pending().await
            }
        }
        let probe = Probe::new("https://app.example/").unwrap();
        let probe = probe.commit("622d2103".parse().unwrap());
        let start = Instant::now();
        let wait = Wait::for_up_to(Duration::from_secs(30));
        let error = wait_for_application(&Hangs, &probe, wait)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ApplicationMismatch);
        assert!(start.elapsed() <= Duration::from_secs(31));
    }
}
