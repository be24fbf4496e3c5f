//! Addresses of images, as messages repeat them.

/// An address without the user name and password of a URL, quoted for a message.
pub(super) fn quoted_address(text: &str) -> String {
    let credentials_end = text
        .rfind('/')
        .and_then(|slash| text.get(..slash))
        .and_then(|before| before.rfind('@'));
    match credentials_end.and_then(|at| text.get(at..)) {
        Some(rest) => crate::text::quoted(&format!("***{rest}")),
        None => crate::text::quoted(text),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted_address;

    #[test]
    fn a_password_in_a_url_is_not_repeated() {
        for (text, shown) in [
            ("https://me:secret@host/app", "\"***@host/app\""),
            ("me:se/cret@host/app:1", "\"***@host/app:1\""),
        ] {
            assert_eq!(quoted_address(text), shown);
        }
    }

    #[test]
    fn a_digest_is_not_taken_for_a_password() {
        assert_eq!(
            quoted_address("host/app@sha256:00"),
            "\"host/app@sha256:00\""
        );
    }
}
