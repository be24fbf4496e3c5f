//! One answer after the other.

use serde::Serialize;
use serde_json::json;

use super::reading::{Told, read};
use super::{Expected, Probe};
use crate::harmless::escaped;
use crate::{Error, ErrorKind, Result};

/// How many different answers are kept apart. An application that answers with something new each
/// time must not fill the memory.
const KEPT: usize = 20;

/// What an application has answered so far, and whether it is enough.
///
/// So many right answers *in a row* are: a wrong one, or none, begins the count again.
///
/// JSON: `{"url", "expected", "times", "satisfied", "asked", "right", "wrong", "failed", "inARow",
/// "both", "seen", "last"?}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    url: String,
    expected: Expected,
    times: u32,
    satisfied: bool,
    asked: u32,
    right: u32,
    wrong: u32,
    failed: u32,
    in_a_row: u32,
    both: bool,
    seen: Vec<SeenAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(skip)]
    pointer: Option<String>,
}

/// One thing that was answered, with how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SeenAnswer {
    #[serde(flatten)]
    told: Told,
    right: bool,
    answers: u32,
}

impl SeenAnswer {
    /// What the application said that it is, in a few words.
    pub fn text(&self) -> String {
        self.told.short()
    }

    /// Whether it is what was meant.
    pub fn is_right(&self) -> bool {
        self.right
    }

    /// How often it was answered.
    pub fn answers(&self) -> u32 {
        self.answers
    }
}

impl Answers {
    /// None yet.
    pub fn new(probe: &Probe) -> Self {
        Self {
            url: probe.shown(),
            expected: probe.expected().clone(),
            times: probe.needed(),
            satisfied: false,
            asked: 0,
            right: 0,
            wrong: 0,
            failed: 0,
            in_a_row: 0,
            both: false,
            seen: Vec::new(),
            last: None,
            pointer: probe.pointer().map(str::to_owned),
        }
    }

    /// Takes one answer: the body, or why there is none.
    pub fn add(&mut self, answer: Result<&str, &Error>) {
        self.asked += 1;
        match answer {
            Ok(body) => match read(body, self.pointer.as_deref()) {
                Ok(told) => self.add_told(told),
                Err(why) => {
                    self.wrong += 1;
                    self.in_a_row = 0;
                    self.last = Some(format!("the answer cannot be read: {why}"));
                }
            },
            Err(error) => {
                self.failed += 1;
                self.in_a_row = 0;
                self.last = Some(format!("{}: {}", error.code(), escaped(error.message())));
            }
        }
        self.both = self.right > 0 && self.wrong > 0;
        self.satisfied = self.satisfied || self.in_a_row >= self.times;
    }

    fn add_told(&mut self, told: Told) {
        let right = !self.expected.is_empty() && told.is(&self.expected);
        if right {
            self.right += 1;
            self.in_a_row += 1;
            self.last = None;
        } else {
            self.wrong += 1;
            self.in_a_row = 0;
            self.last = Some(format!("it reports {}", told.short()));
        }
        if let Some(seen) = self.seen.iter_mut().find(|seen| seen.told == told) {
            seen.answers += 1;
        } else if self.seen.len() < KEPT {
            self.seen.push(SeenAnswer {
                told,
                right,
                answers: 1,
            });
        }
    }

    /// Whether enough right answers came in a row.
    pub fn is_satisfied(&self) -> bool {
        self.satisfied
    }

    /// How many right answers came in a row, up to now.
    pub fn in_a_row(&self) -> u32 {
        self.in_a_row
    }

    /// How often it was asked.
    pub fn asked(&self) -> u32 {
        self.asked
    }

    /// How many answers were right, and how many were wrong.
    pub fn counts(&self) -> (u32, u32) {
        (self.right, self.wrong)
    }

    /// Whether both what was meant and something else answered.
    pub fn saw_both(&self) -> bool {
        self.both
    }

    /// What was answered, the first twenty different ones.
    pub fn seen(&self) -> &[SeenAnswer] {
        &self.seen
    }

    /// In a sentence.
    pub fn summary(&self) -> String {
        let meant = self.meant();
        let in_a_row = match self.times {
            1 => String::new(),
            times => format!(" {times} times in a row"),
        };
        if self.satisfied {
            return format!("{} reported {meant}{in_a_row}", self.url);
        }
        let mixed = match (self.both, &self.last) {
            (true, _) => "; both it and something else answered".to_owned(),
            (false, Some(last)) => format!("; {last}"),
            (false, None) => String::new(),
        };
        format!(
            "{} did not report {meant}{in_a_row}: asked {}, right {}, wrong {}, no answer {}{mixed}",
            self.url, self.asked, self.right, self.wrong, self.failed
        )
    }

    fn meant(&self) -> String {
        let Expected {
            version,
            commit,
            digest,
        } = &self.expected;
        let facts: Vec<String> = [
            version.as_ref().map(|version| format!("version {version}")),
            commit.as_ref().map(|commit| format!("commit {commit}")),
            digest.as_ref().map(|digest| format!("digest {digest}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        facts.join(", ")
    }

    /// The answers, unless they are not enough.
    ///
    /// # Errors
    /// `ApplicationMismatch`, with `{"answers"}` in the details.
    pub fn require_satisfied(self) -> Result<Self> {
        if self.satisfied {
            return Ok(self);
        }
        Err(Error::new(ErrorKind::ApplicationMismatch, self.summary())
            .with_details(json!({ "answers": self })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probe(expected: &serde_json::Value) -> Probe {
        let mut json = expected.clone();
        json["url"] = "https://app.example/version?token=secret".into();
        Probe::from_json(&json).unwrap()
    }

    fn answers(probe: &Probe, bodies: &[&str]) -> Answers {
        let mut answers = Answers::new(probe);
        for body in bodies {
            answers.add(Ok(body));
        }
        answers
    }

    #[test]
    fn a_version_is_known_by_its_id_its_tag_or_its_commit_and_time() {
        let probe = probe(&json!({"version": "pr-51/622d2103-20250820-124500", "times": 1}));
        for right in [
            r#"{"imageTag": "pr-51-622d2103-20250820-124500", "status": "ok"}"#,
            r#"{"imageTag": "622d2103-20250820-124500"}"#,
            r#"{"commit": "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90", "buildTime": "2025-08-20T12:45:00Z"}"#,
            "pr-51/622d2103-20250820-124500\n",
            r#""pr-51-622d2103-20250820-124500""#,
        ] {
            assert!(answers(&probe, &[right]).is_satisfied(), "{right}");
        }
        for wrong in [
            r#"{"imageTag": "pr-52-622d2103-20250820-124500"}"#,
            r#"{"imageTag": "pr-51-622d2103-20250820-124501", "commit": "622d2103", "buildTime": "2025-08-20T12:45:00Z"}"#,
            r#"{"commit": "622d2103"}"#,
            r#"{"buildTime": "2025-08-20T12:45:00Z"}"#,
            "",
            "[]",
            "null",
            "<html>",
        ] {
            assert!(!answers(&probe, &[wrong]).is_satisfied(), "{wrong}");
        }
    }

    #[test]
    fn everything_that_is_expected_must_be_reported() {
        let digest = format!("sha256:{}", "a".repeat(64));
        let probe = probe(&json!({"commit": "622d2103a1b2", "digest": digest, "times": 1}));
        let both = json!({"commit": "622d2103", "imageDigest": digest.to_uppercase()}).to_string();
        assert!(answers(&probe, &[&both]).is_satisfied());
        assert!(!answers(&probe, &[r#"{"commit": "622d2103"}"#]).is_satisfied());
    }

    #[test]
    fn a_pointer_leads_to_the_object_or_to_one_text() {
        let object = probe(&json!({"commit": "622d2103", "pointer": "/image", "times": 1}));
        assert!(answers(&object, &[r#"{"image": {"commit": "622d2103"}}"#]).is_satisfied());
        let text = probe(&json!({"commit": "622d2103", "pointer": "/git/sha", "times": 1}));
        assert!(answers(&text, &[r#"{"git": {"sha": "622d2103"}}"#]).is_satisfied());
        assert!(!answers(&text, &[r#"{"sha": "622d2103"}"#, "622d2103"]).is_satisfied());
    }

    #[test]
    fn a_commit_that_reads_as_a_number_is_still_that_commit() {
        for commit in ["62210103", "6221e001", "622100e1"] {
            let probe = probe(&json!({"commit": commit, "times": 1}));
            assert!(answers(&probe, &[commit]).is_satisfied(), "{commit}");
            let line = format!("{commit}\n");
            assert!(answers(&probe, &[&line]).is_satisfied(), "{commit}");
        }
    }

    #[test]
    fn a_wrong_answer_begins_the_count_again_and_both_are_told() {
        let probe = probe(&json!({"commit": "622d2103", "times": 2}));
        let mut answers = answers(&probe, &["622d2103", "aaaaaaaa", "622d2103"]);
        assert!(!answers.is_satisfied() && answers.saw_both());
        assert_eq!(answers.in_a_row(), 1);
        answers.add(Ok("622d2103"));
        assert!(answers.is_satisfied());
        assert_eq!(answers.counts(), (3, 1));
    }

    #[test]
    fn no_answer_begins_the_count_again() {
        let probe = probe(&json!({"commit": "622d2103", "times": 2}));
        let mut answers = answers(&probe, &["622d2103"]);
        answers.add(Err(&Error::new(ErrorKind::Timeout, "late")));
        answers.add(Ok("622d2103"));
        assert!(!answers.is_satisfied());
    }

    #[test]
    fn an_application_that_answers_anew_each_time_does_not_fill_the_memory() {
        let probe = probe(&json!({"commit": "622d2103"}));
        let mut answers = Answers::new(&probe);
        for number in 0..10_000 {
            answers.add(Ok(&"x".repeat(number)));
        }
        assert_eq!(answers.seen().len(), KEPT);
        let error = answers.require_satisfied().unwrap_err();
        assert!(error.message().len() < 1_000);
        assert!(!format!("{error:?}").contains("secret"));
    }
}
