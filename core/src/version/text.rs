//! Input, as messages repeat it.

/// How much of a wrong input a message repeats, in characters: more than any legal one has.
const SHOWN: usize = 200;

/// Input as a message repeats it: quoted, and cut when it is very long.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or(text)),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::version::{Environment, Version};

    #[test]
    fn a_very_long_input_is_cut_in_the_message() {
        let long = "ü".repeat(10_000);
        let messages = [
            long.parse::<Environment>().unwrap_err().to_string(),
            Environment::from_branch(&long).unwrap_err().to_string(),
            long.parse::<Version>().unwrap_err().to_string(),
            format!("production/{long}-622d2103-20250820-124500")
                .parse::<Version>()
                .unwrap_err()
                .to_string(),
            format!("production/{long}-20250820-124500")
                .parse::<Version>()
                .unwrap_err()
                .to_string(),
            format!("production/622d2103-20250820-{long}")
                .parse::<Version>()
                .unwrap_err()
                .to_string(),
        ];
        for message in messages {
            assert!(message.chars().count() < 1000, "{message}");
        }
    }
}
