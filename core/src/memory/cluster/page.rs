//! Lists, page by page.

use super::refusal::invalid_parameter;
use crate::Result;
use crate::ports::Page;

/// The page of `items` that `from` asks for.
pub(super) fn page<T>(items: Vec<T>, from: Option<&str>, size: usize) -> Result<Page<T>> {
    let begin = match from {
        None => 0,
        Some(token) => token
            .strip_prefix("from-")
            .and_then(|number| number.parse::<usize>().ok())
            .ok_or_else(|| invalid_parameter("Invalid token."))?,
    };
    let end = begin.saturating_add(size);
    let next = (items.len() > end).then(|| format!("from-{end}"));
    Ok(Page {
        items: items.into_iter().skip(begin).take(size).collect(),
        next,
    })
}

/// Refuses more than ECS takes in one call.
pub(super) fn at_most(limit: usize, count: usize, what: &str) -> Result<()> {
    if count <= limit {
        return Ok(());
    }
    Err(invalid_parameter(&format!(
        "At most {limit} {what} can be described."
    )))
}
