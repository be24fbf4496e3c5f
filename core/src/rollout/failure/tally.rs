//! Failures that are alike, counted.

use super::TaskFailure;

/// How many unlike failures are kept apart. From there on, those of one kind in one container count
/// as alike, whatever the reason says.
const APART: usize = 50;

/// Failures, those that are alike together: 200 tasks that fail alike read as one line.
#[derive(Debug, Clone, Default)]
pub(in crate::rollout) struct Tally {
    failures: Vec<TaskFailure>,
    likenesses: Vec<String>,
}

impl Tally {
    pub(in crate::rollout) fn add(&mut self, failure: TaskFailure) {
        let crowded = self.failures.len() >= APART;
        let likeness = likeness(&failure.reason);
        let known = self.failures.iter_mut().zip(&self.likenesses);
        let alike = known
            .filter(|(known, _)| known.code == failure.code && known.container == failure.container)
            .find(|(known, words)| {
                crowded || (known.exit_code == failure.exit_code && **words == likeness)
            });
        if let Some((known, _)) = alike {
            known.count = known.count.saturating_add(failure.count);
        } else {
            self.failures.push(failure);
            self.likenesses.push(likeness);
        }
    }

    pub(in crate::rollout) fn failures(&self) -> &[TaskFailure] {
        &self.failures
    }

    pub(in crate::rollout) fn into_failures(self) -> Vec<TaskFailure> {
        self.failures
    }
}

/// The text without what differs from task to task: ids, addresses, times. Equal for messages that
/// say the same.
pub(in crate::rollout) fn likeness(text: &str) -> String {
    text.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .map(|word| if names_one_thing(word) { "#" } else { word })
        .collect()
}

/// Whether a word is an id: at least eight characters, all hexadecimal or `-`, with a digit among
/// them; or a number.
fn names_one_thing(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let hex = word.len() >= 8
        && word.len() < 64
        && word
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let digits = word.bytes().any(|byte| byte.is_ascii_digit());
    let number = word.len() < 64 && word.bytes().all(|byte| byte.is_ascii_digit());
    digits && (hex || number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_differ_in_the_task_alone_are_alike() {
        let one = "(task 0123456789abcdef0123456789abcdef) failed on 10.0.0.7 port 8080";
        let other = "(task fedcba98765432100123456789abcdef) failed on 10.0.1.9 port 8080";
        assert_eq!(likeness(one), likeness(other));
        assert_ne!(likeness(one), likeness("(task 0123) stopped"));
    }

    #[test]
    fn two_digests_are_not_alike() {
        let of = |digit: &str| likeness(&format!("app@sha256:{}: not found", digit.repeat(64)));
        assert_ne!(of("a1"), of("b2"));
        let full = |c: &str| likeness(&format!("app@sha256:{}", c.repeat(64)));
        assert_ne!(full("1"), full("2"));
    }
}
