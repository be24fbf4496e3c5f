//! Lists, page by page.

use super::refusal::invalid_parameter;
use crate::Result;
use crate::ports::Page;

/// The page of `items`, which are made only as far as it goes, that `from` asks for.
pub(super) fn page<T>(
    items: impl IntoIterator<Item = T>,
    from: Option<&str>,
    size: usize,
) -> Result<Page<T>> {
    let begin = match from {
        None => 0,
        Some(token) => token
            .strip_prefix("from-")
            .and_then(|number| number.parse::<usize>().ok())
            .ok_or_else(|| invalid_parameter("Invalid token."))?,
    };
    let mut items = items.into_iter().skip(begin);
    let page = items.by_ref().take(size).collect();
    let more = items.next().is_some();
    Ok(Page {
        items: page,
        next: more.then(|| format!("from-{}", begin.saturating_add(size))),
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
