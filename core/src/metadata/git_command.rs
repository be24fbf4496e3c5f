//! Asks the `git` command about the current directory, without ever waiting long.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::GitFacts;

const TIMEOUT: Duration = Duration::from_secs(5);
const MAX_OUTPUT_BYTES: u64 = 64 << 10;

/// What git says of the current directory; nothing without git, a checkout or a commit.
pub(super) fn ask_git() -> Option<GitFacts> {
    let mut facts = GitFacts::new(run(&["rev-parse", "--verify", "HEAD^{commit}"])?);
    facts.branch = run(&["symbolic-ref", "--quiet", "--short", "HEAD"]);
    facts.tag = run(&["describe", "--tags", "--exact-match", "HEAD"]);
    facts.remote_url = run(&["config", "--get", "remote.origin.url"]);
    Some(facts)
}

/// The output of one command; all arguments are fixed, none comes from outside.
fn run(arguments: &[&str]) -> Option<String> {
    let mut child = Command::new("git")
        .args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let output = read_in_time(&mut child);
    if output.is_none() {
        // It hangs (a dead network file system): end it. Killing fails only when it has ended.
        let _ = child.kill();
    }
    let succeeded = child.wait().ok()?.success();
    let text = output.filter(|_| succeeded)?;
    let line = text.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

fn read_in_time(child: &mut Child) -> Option<String> {
    let stdout = child.stdout.take()?;
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        let read = stdout.take(MAX_OUTPUT_BYTES).read_to_string(&mut text);
        // Nobody listens any more after the timeout.
        let _ = sender.send(read.is_ok().then_some(text));
    });
    receiver.recv_timeout(TIMEOUT).ok().flatten()
}
