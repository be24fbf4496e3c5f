//! Judging answers that were asked for elsewhere, as JSON.

use serde::Deserialize;
use serde_json::Value;

use super::{Answers, Probe};
use crate::{Error, ErrorKind, Result};

/// Judges answers that somebody else asked for, one after the other.
///
/// JSON: `{"probe": Probe, "answers": [{"body"} or {"code", "message"}]}`: the text of the answer, or
/// the error there was instead.
///
/// # Errors
/// `InvalidArgument` for the shape, and those of [`Probe::from_json`].
pub fn judge_answers_json(json: &Value) -> Result<Answers> {
    let form = Form::deserialize(json).map_err(|error| {
        let message = format!("the answers cannot be read: {error}");
        Error::new(ErrorKind::InvalidArgument, message)
    })?;
    let mut answers = Answers::new(&Probe::from_json(&form.probe)?);
    for answer in form.answers {
        match answer {
            Answer::Body { body } => answers.add(Ok(&body)),
            Answer::Failure { code, message } => {
                let known = ErrorKind::ALL.iter().find(|kind| kind.code() == code);
                let kind = known.copied().unwrap_or(ErrorKind::UnexpectedResponse);
                answers.add(Err(&Error::new(kind, message)));
            }
        }
    }
    Ok(answers)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    probe: Value,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Body { body: String },
    Failure { code: String, message: String },
}
