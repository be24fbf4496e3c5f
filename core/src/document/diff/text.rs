//! The differences as text for people.

use std::fmt;

use serde_json::Value;

use super::Change;
use super::secrecy::{HIDDEN, shown};
use crate::harmless::escaped;

/// One block per difference: what it is of, then `-` before and `+` after.
pub(super) fn write(f: &mut fmt::Formatter<'_>, changes: &[Change]) -> fmt::Result {
    if changes.is_empty() {
        return f.write_str("no difference");
    }
    for (index, change) in changes.iter().enumerate() {
        if index > 0 {
            f.write_str("\n")?;
        }
        one(f, change)?;
    }
    Ok(())
}

fn one(f: &mut fmt::Formatter<'_>, change: &Change) -> fmt::Result {
    let segments: Vec<String> = change
        .path
        .split('/')
        .skip(1)
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
        .collect();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let mark = match (&change.before, &change.after) {
        (None, _) => '+',
        (_, None) => '-',
        _ => '~',
    };
    write!(f, "{mark} {}", title(&path))?;
    let before = change.before.as_ref().map(|value| shown(&path, value));
    let after = change.after.as_ref().map(|value| shown(&path, value));
    let hidden =
        |value: &Option<Value>| matches!(value, Some(Value::String(text)) if text == HIDDEN);
    if hidden(&before) && hidden(&after) {
        return write!(f, "\n    value {HIDDEN}, changed");
    }
    for (sign, value) in [('-', before), ('+', after)] {
        if let Some(value) = value {
            write!(f, "\n    {sign} {}", plain(&value))?;
        }
    }
    Ok(())
}

/// `container app: environment LOG_LEVEL`.
fn title(path: &[&str]) -> String {
    let title = match path {
        [] => "the document".to_owned(),
        ["containerDefinitions", name] => format!("container {name}"),
        ["containerDefinitions", name, rest @ ..] => {
            format!("container {name}: {}", rest.join(" "))
        }
        path => path.join(" "),
    };
    escaped(&title)
}

/// A text bare, everything else as JSON; always on one line, and never what a terminal obeys: JSON
/// text itself escapes less than that.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() => escaped(text),
        other => escaped(&other.to_string()),
    }
}
