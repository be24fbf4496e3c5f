//! What the types that are written as text share.

/// How much of a wrong input a message repeats, in characters.
const SHOWN: usize = 300;

/// Input as a message may repeat it: quoted, cut when very long, and without the user name and
/// password of a URL.
pub(super) fn quoted(text: &str) -> String {
    let credentials_end = text
        .rfind('/')
        .and_then(|slash| text.get(..slash))
        .and_then(|before| before.rfind('@'));
    let text = match credentials_end.and_then(|at| text.get(at..)) {
        Some(rest) => format!("***{rest}"),
        None => text.to_owned(),
    };
    if text.chars().nth(SHOWN).is_none() {
        return format!("{text:?}");
    }
    let cut: String = text.chars().take(SHOWN).collect();
    format!("{cut:?}…")
}

/// The conversions that serde uses for a type that is one string in JSON.
macro_rules! string_form {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = $crate::Error;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    };
}

pub(super) use string_form;

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_password_in_a_url_is_not_repeated() {
        assert_eq!(quoted("https://me:secret@host/app"), "\"***@host/app\"");
        assert_eq!(quoted("me:se/cret@host/app:1"), "\"***@host/app:1\"");
    }

    #[test]
    fn a_digest_is_not_taken_for_a_password() {
        assert_eq!(quoted("host/app@sha256:00"), "\"host/app@sha256:00\"");
    }

    #[test]
    fn a_very_long_input_is_cut() {
        assert!(quoted(&"a".repeat(10_000)).len() < 310);
    }
}
