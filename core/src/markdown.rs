//! Text from elsewhere in GitHub-flavoured Markdown.

/// A code span. A fence longer than any run of backticks inside keeps the text from closing it; a
/// pipe would still end the table cell.
pub(crate) fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text as text. `@` and `#` get a zero-width space after them, because GitHub looks for mentions,
/// addresses and issues after Markdown's escapes are gone; that of a digest can stay as it is.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' if !rest.as_str().starts_with("sha256:") => out.push_str("@&#8203;"),
            '#' => out.push_str("\\#&#8203;"),
            // A dot and a colon make links of `www.…` and `https:…`.
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | ':'
            | '$' => {
                out.push('\\');
                out.push(c);
            }
            '.' if out.ends_with("www") => out.push_str("\\."),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untrusted_text_cannot_format_link_mention_or_leave_its_cell() {
        let escaped =
            escape("| <img src=x> [a](https://e.vil) @octocat **b** www.e.vil `c` a/b#1 d@e.vil");
        for bad in [
            "| <", "<img", "](", "https://", "@octocat", "**", "www.", " `", "#1", "d@e",
        ] {
            assert!(!escaped.contains(bad), "{bad:?} in {escaped}");
        }
        assert_eq!(escape("my/app@sha256:00"), "my/app@sha256\\:00");
    }

    #[test]
    fn backticks_cannot_close_a_code_span() {
        assert_eq!(code("a``b|c"), "``` a``b\\|c ```");
    }
}
