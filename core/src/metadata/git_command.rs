//! Asks the `git` command about a directory, without ever waiting long.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::GitFacts;

const TIMEOUT: Duration = Duration::from_secs(5);
const MAX_OUTPUT_BYTES: u64 = 64 << 10;

/// What git says of a directory; nothing without git, a checkout or a commit.
pub(super) fn ask_git(directory: &Path) -> Option<GitFacts> {
    let mut facts = GitFacts::new(run(directory, &["rev-parse", "--verify", "HEAD^{commit}"])?);
    facts.branch = run(directory, &["symbolic-ref", "--quiet", "--short", "HEAD"]);
    facts.tag = run(directory, &["describe", "--tags", "--exact-match", "HEAD"]);
    facts.remote_url = run(directory, &["config", "--get", "remote.origin.url"]);
    Some(facts)
}

/// The output of one question; all arguments are fixed, none comes from outside.
fn run(directory: &Path, arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.current_dir(directory)
        .args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0");
    output_in_time(&mut git, TIMEOUT)
}

/// What the command prints, where it succeeds within that time.
fn output_in_time(command: &mut Command, limit: Duration) -> Option<String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let stdout = child.stdout.take()?;
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        let read = stdout.take(MAX_OUTPUT_BYTES).read_to_string(&mut text);
        // Nobody listens any more after the timeout.
        let _ = sender.send(read.is_ok().then_some(text));
    });
    let Some(text) = receiver.recv_timeout(limit).ok().flatten() else {
        // It hangs, as on a dead network file system, where even its end may be long in coming.
        // Killing fails only when it has ended.
        let _ = child.kill();
        std::thread::spawn(move || child.wait());
        return None;
    };
    let succeeded = child.wait().ok()?.success();
    let line = text.trim();
    (succeeded && !line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_command_that_hangs_is_ended_and_gives_nothing() {
        let started = std::time::Instant::now();
        let mut hangs = Command::new("sh");
        hangs.args(["-c", "echo half; exec sleep 60"]);
        let found = output_in_time(&mut hangs, Duration::from_millis(100));
        assert_eq!(found, None);
        assert!(started.elapsed() < TIMEOUT);
    }

    #[cfg(unix)]
    #[test]
    fn a_command_that_fails_or_prints_no_text_or_is_not_there_gives_nothing() {
        let found = |program: &str, script: &str| {
            output_in_time(Command::new(program).args(["-c", script]), TIMEOUT)
        };
        assert_eq!(found("sh", "echo commit"), Some("commit".to_owned()));
        assert_eq!(found("sh", "echo commit; exit 1"), None);
        assert_eq!(found("sh", "printf '\\377'"), None);
        assert_eq!(found("sh", "true"), None);
        assert_eq!(found("artifact-deploy-no-such-program", ""), None);
    }

    #[test]
    fn a_checkout_gives_its_commit_branch_tag_and_remote() {
        let folder =
            std::env::temp_dir().join(format!("artifact-deploy-git-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // Where a temporary folder lies within a checkout, that one would answer.
        let outside = ask_git(&folder);
        let git = |arguments: &[&str]| {
            let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
            Command::new("git")
                .current_dir(&folder)
                .args(identity)
                .args(arguments)
                .output()
                .unwrap()
        };
        git(&["init", "--initial-branch=feat/x"]);
        let empty = ask_git(&folder);
        git(&["commit", "--allow-empty", "--message=one"]);
        git(&["-c", "tag.gpgSign=false", "tag", "v1"]);
        git(&["remote", "add", "origin", "git@github.com:o/r.git"]);
        let head = String::from_utf8(git(&["rev-parse", "HEAD"]).stdout).unwrap();
        let found = ask_git(&folder);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!((outside, empty), (None, None));
        let expected = GitFacts::new(head.trim())
            .with_branch("feat/x")
            .with_tag("v1")
            .with_remote_url("git@github.com:o/r.git");
        assert_eq!(found, Some(expected));
    }
}
