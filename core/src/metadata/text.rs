//! What a text of the metadata may hold.

use crate::{Error, ErrorKind, Result};

/// The longest branch, tag, run id. Git keeps a ref in a file of that name, so 255 bytes is its own
/// limit; twelve of them stay far below what ECS and Docker take as an environment.
const MAX_BYTES: usize = 255;
/// The longest source URL in bytes.
const MAX_URL_BYTES: usize = 2048;

/// Accepts a branch, tag or run id. Such texts come from whoever opens a pull request, and go into
/// files, command lines and logs where a line break would start something new.
pub(super) fn checked(what: &str, text: String) -> Result<String> {
    check(what, &text, MAX_BYTES)?;
    Ok(text)
}

/// Accepts an `http` or `https` URL without credentials.
pub(super) fn checked_url(text: String) -> Result<String> {
    check("source URL", &text, MAX_URL_BYTES)?;
    let invalid = |why| Err(Error::new(ErrorKind::InvalidMetadata, why));
    let Some((scheme, rest)) = text.split_once("://") else {
        return invalid("the source URL has no scheme; expected https://host/path");
    };
    if !matches!(scheme, "https" | "http") {
        return invalid("the source URL is not http or https; expected https://host/path");
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // The URL is not repeated: what stands before the '@' may be a token.
    if authority.contains('@') {
        return invalid("the source URL holds credentials; remove what stands before the '@'");
    }
    if authority.is_empty() || text.contains(char::is_whitespace) {
        return invalid("the source URL has no host or holds a space; expected https://host/path");
    }
    Ok(text)
}

fn check(what: &str, text: &str, limit: usize) -> Result<()> {
    let invalid = |why: String| {
        Err(Error::new(
            ErrorKind::InvalidMetadata,
            format!("{what} {why}"),
        ))
    };
    if text.trim().is_empty() {
        return invalid("is empty; leave it out where it is not known".into());
    }
    if let Some(bad) = text.chars().find(|c| breaks_lines(*c)) {
        return invalid(format!("holds the control character {bad:?}; remove it"));
    }
    if text.len() > limit {
        return invalid(format!(
            "has {} bytes; at most {limit} are accepted",
            text.len()
        ));
    }
    Ok(())
}

/// The value, where there is one: empty and `unknown` (any case) stand for a missing one.
pub(super) fn known(value: Option<&String>) -> Option<&str> {
    let text = value?.trim();
    (!text.is_empty() && !text.eq_ignore_ascii_case("unknown")).then_some(text)
}

fn breaks_lines(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
