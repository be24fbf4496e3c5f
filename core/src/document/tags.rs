//! Tags of a resource.

use serde_json::Value;

use super::node::{Node, shown};
use super::problem::Problems;

const MOST_TAGS: usize = 50;
const LONGEST_KEY: usize = 128;
const LONGEST_VALUE: usize = 256;

/// Source: ECS: Tag, `TagKey`, `TagValue`; "Tagging Amazon ECS resources".
pub(crate) fn check(root: &Node<'_>, problems: &mut Problems) {
    let tags = root.get("tags");
    if tags.len() > MOST_TAGS {
        problems.add(
            &tags,
            format!("has {} tags", tags.len()),
            format!("at most {MOST_TAGS}"),
        );
    }
    for tag in tags.items() {
        let key = tag.get("key");
        if key.text().is_some_and(str::is_empty) {
            problems.add(&key, "is empty", format!("1 to {LONGEST_KEY} characters"));
        }
        text(&key, LONGEST_KEY, problems);
        text(&tag.get("value"), LONGEST_VALUE, problems);
    }
}

fn text(node: &Node<'_>, longest: usize, problems: &mut Problems) {
    let Some(text) = node.text() else { return };
    let length = text.chars().count();
    if length > longest {
        problems.add(
            node,
            format!("has {length} characters"),
            format!("at most {longest}"),
        );
    }
    if is_reserved(text) {
        problems.add(
            node,
            format!("is {}", shown(text)),
            "no \"aws:\" at the beginning; AWS keeps it for itself",
        );
    }
    if let Some(bad) = text.chars().find(|&c| !allowed(c)) {
        problems.add(
            node,
            format!("has the character {bad:?}"),
            "letters, digits, spaces and _ . : / = + - @",
        );
    }
}

/// The tags without those that AWS set itself, such as `aws:cloudformation:stack-name`: they are output
/// only, and a request with one of them is refused. Source: ECS, "Tagging Amazon ECS resources".
pub(crate) fn without_reserved(mut tags: Value) -> Value {
    if let Some(list) = tags.as_array_mut() {
        list.retain(|tag| {
            let key = tag.get("key").and_then(Value::as_str);
            !key.is_some_and(is_reserved)
        });
    }
    tags
}

/// Whether only AWS itself can set it.
pub(crate) fn is_reserved(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
}

/// Letters, numbers and separators of any script, a little more than AWS allows rather than less.
fn allowed(c: char) -> bool {
    c.is_alphanumeric()
        || (c.is_whitespace() && !c.is_control())
        || matches!(c, '_' | '.' | ':' | '/' | '=' | '+' | '-' | '@')
        // Marks that belong to letters are passed over: no table of them is worth its weight here.
        || (!c.is_ascii() && !c.is_control())
}
