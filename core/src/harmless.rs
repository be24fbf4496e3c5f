//! Characters that text from elsewhere must not bring to a terminal, a log or a comment.

/// Whether `c` is shown as it is: no control character (of C1 too: `U+009B` begins an escape
/// sequence), no break of the line, and none that turns the direction of the text around it.
pub(crate) fn is_harmless(c: char) -> bool {
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let breaks = matches!(c, '\u{2028}' | '\u{2029}');
    !(c.is_control() || turns || breaks)
}

/// The text on one line, with an escape in the place of each character that is not harmless.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmless(c) {
            out.push(c);
        } else {
            out.extend(c.escape_default());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_neither_draws_nor_breaks_the_line_nor_turns_around() {
        assert_eq!(
            escaped("a\u{1b}[31m\u{9b}2Jb\r\nc\u{202e}d\u{2028}é"),
            "a\\u{1b}[31m\\u{9b}2Jb\\r\\nc\\u{202e}d\\u{2028}é"
        );
    }
}
