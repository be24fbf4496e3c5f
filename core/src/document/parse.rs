//! Strict JSON: what cannot be carried on exactly is refused, not guessed.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::node::escape;
use crate::{Error, ErrorKind, Result};

/// Parses JSON text and refuses what a reader would otherwise drop or change in silence: the same
/// member twice in one object, and numbers that come out as other numbers.
///
/// A byte order mark at the beginning is passed over.
///
/// # Errors
/// `kind` with `{"line", "column"}` in its details, and `"pointer"` where the place has one. `what`
/// begins the message: `the task definition`.
pub(crate) fn parse_strictly(text: &str, kind: ErrorKind, what: &'static str) -> Result<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text).map_err(|error| {
        Error::new(kind, format!("{what} is not JSON: {error}"))
            .with_details(json!({"line": error.line(), "column": error.column()}))
    })?;
    Check {
        refused: (kind, what),
        text,
        at: 0,
        pointer: String::new(),
    }
    .value()?;
    Ok(value)
}

/// Walks over text that is known to be JSON, in the order of its bytes.
struct Check<'a> {
    refused: (ErrorKind, &'static str),
    text: &'a str,
    at: usize,
    pointer: String,
}

impl Check<'_> {
    fn value(&mut self) -> Result<()> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'"') => {
                self.string();
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                self.skip_while(|byte| byte.is_ascii_alphabetic());
                Ok(())
            }
        }
    }

    fn object(&mut self) -> Result<()> {
        let mut names = HashSet::new();
        self.at += 1;
        loop {
            self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b',');
            if self.peek() != Some(b'"') {
                self.at += 1;
                return Ok(());
            }
            let start = self.at;
            let written = self.string();
            let name: String = serde_json::from_str(written).unwrap_or_default();
            let parent = self.pointer.len();
            self.pointer.push('/');
            self.pointer.push_str(&escape(&name));
            if !names.insert(name) {
                return Err(self.refusal(start, "stands twice in one object; keep one of them"));
            }
            self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b':');
            self.value()?;
            self.pointer.truncate(parent);
        }
    }

    fn array(&mut self) -> Result<()> {
        self.at += 1;
        for index in 0_usize.. {
            self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b',');
            if matches!(self.peek(), Some(b']') | None) {
                break;
            }
            let parent = self.pointer.len();
            self.pointer.push('/');
            self.pointer.push_str(&index.to_string());
            self.value()?;
            self.pointer.truncate(parent);
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> &str {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn number(&mut self) -> Result<()> {
        let start = self.at;
        self.skip_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
        let literal = self.text.get(start..self.at).unwrap_or_default();
        if is_exact(literal) {
            return Ok(());
        }
        let why = format!(
            "is the number {literal}, which cannot be carried exactly; write one with fewer digits"
        );
        Err(self.refusal(start, &why))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        self.skip_while(|byte| byte.is_ascii_whitespace());
    }

    fn skip_while(&mut self, skip: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&skip) {
            self.at += 1;
        }
    }

    fn refusal(&self, at: usize, why: &str) -> Error {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        let (kind, what) = self.refused;
        Error::new(
            kind,
            format!(
                "{what}'s {:?} (line {line}, column {column}) {why}",
                self.pointer
            ),
        )
        .with_details(json!({"pointer": self.pointer, "line": line, "column": column}))
    }
}

/// Whether the number that is kept for this literal is the one that is written.
fn is_exact(literal: &str) -> bool {
    if !literal.contains(['.', 'e', 'E']) {
        return literal.parse::<i64>().is_ok() || literal.parse::<u64>().is_ok();
    }
    // The shortest text that reads back as the same float has the digits of the literal, unless
    // the literal says more than a float holds.
    literal
        .parse::<f64>()
        .is_ok_and(|number| number.is_finite() && digits(literal) == digits(&format!("{number:e}")))
}

/// The significant digits of a number and the power of ten behind the last of them.
fn digits(literal: &str) -> (String, i64) {
    let (mantissa, exponent) = literal.split_once(['e', 'E']).unwrap_or((literal, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{}{fraction}", whole.trim_start_matches('-'));
    let significant = all.trim_end_matches('0');
    let dropped = all.len() - significant.len();
    let digits = significant.trim_start_matches('0').to_owned();
    if digits.is_empty() {
        return (digits, 0);
    }
    let shift = i64::try_from(dropped).unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
    let exponent = exponent.parse::<i64>().unwrap_or(i64::MAX);
    (digits, exponent.saturating_add(shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Value> {
        parse_strictly(text, ErrorKind::InvalidTaskDefinition, "the document")
    }

    fn refused(text: &str) -> Value {
        let error = parse(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidTaskDefinition, "{error}");
        error.details().unwrap().clone()
    }

    #[test]
    fn the_order_of_members_is_kept() {
        let text = r#"{"z":1,"a":{"y":[true,null,"x"],"b":-0.5}}"#;
        assert_eq!(parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn a_member_that_stands_twice_is_refused_with_its_place() {
        let text = "{\n  \"containerDefinitions\": [\n    {\"name\": \"app\", \"\\u006eame\": \"b\"}\n  ]\n}";
        assert_eq!(
            refused(text),
            json!({"pointer": "/containerDefinitions/0/name", "line": 3, "column": 21})
        );
    }

    #[test]
    fn the_same_name_in_two_objects_is_no_duplicate() {
        assert!(parse(r#"[{"a":1,"b":{"a":2}},{"a":"\"a\":"}]"#).is_ok());
    }

    #[test]
    fn a_number_that_would_change_is_refused_with_its_place() {
        assert_eq!(
            refused(r#"{"a":[1,18446744073709551616]}"#)["pointer"],
            "/a/1"
        );
        assert_eq!(refused(r#"{"a":0.10000000000000000001}"#)["pointer"], "/a");
        assert_eq!(refused(r#"{"a":1e400}"#)["line"], 1);
    }

    #[test]
    fn a_number_that_stays_the_same_is_accepted_in_any_spelling() {
        for number in [
            "0",
            "-1",
            "18446744073709551615",
            "0.10",
            "1e2",
            "1E+2",
            "2.50e-3",
            "-0.0",
            "0e9",
        ] {
            assert!(parse(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        assert_eq!(refused("{\n  'a': 1}"), json!({"line": 2, "column": 3}));
        assert_eq!(refused(r#"{"a": "\ud800"}"#)["line"], 1);
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert_eq!(parse("\u{feff}{}").unwrap(), json!({}));
    }
}
