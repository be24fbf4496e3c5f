//! What the types that are written as text share.

/// How much of a wrong input a message repeats, in characters: more than most legal ones have.
const SHOWN: usize = 200;

/// Input as a message repeats it: quoted, escaped, and cut when it is very long.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!(
            "{:?}… ({} bytes)",
            text.get(..end).unwrap_or_default(),
            text.len()
        ),
        None => format!("{text:?}"),
    }
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

pub(crate) use string_form;

#[cfg(test)]
mod tests {
    use crate::image::{
        Digest, ImageReference, Platform, Repository, RepositoryAddress, RepositoryName, Tag,
    };
    use crate::metadata::{Commit, Provider, parse_time};
    use crate::version::{Environment, Release, Run, Version};

    #[test]
    fn no_message_repeats_the_whole_of_a_very_long_input() {
        let long = "ü".repeat(100_000);
        let tag = format!("app:{long}");
        let slash = format!("app:{}/{}", "a".repeat(100_000), "b".repeat(100_000));
        let messages = [
            long.parse::<Tag>().map(drop),
            "a".repeat(100_000).parse::<Tag>().map(drop),
            long.parse::<Digest>().map(drop),
            format!("sha256:{long}").parse::<Digest>().map(drop),
            long.parse::<RepositoryName>().map(drop),
            long.parse::<RepositoryAddress>().map(drop),
            tag.parse::<RepositoryAddress>().map(drop),
            slash.parse::<RepositoryAddress>().map(drop),
            format!("{long}/app").parse::<Repository>().map(drop),
            format!("{long}.io/app").parse::<Repository>().map(drop),
            format!("[{long}]:5/app").parse::<Repository>().map(drop),
            format!("a.io:{}/app", "1".repeat(100_000))
                .parse::<Repository>()
                .map(drop),
            format!(
                "{}.dkr.ecr.us-east-1.amazonaws.com/app",
                "1".repeat(100_000)
            )
            .parse::<Repository>()
            .map(drop),
            tag.parse::<ImageReference>().map(drop),
            slash.parse::<ImageReference>().map(drop),
            format!("app@{long}").parse::<ImageReference>().map(drop),
            format!("app:sha256:{long}")
                .parse::<ImageReference>()
                .map(drop),
            long.parse::<Platform>().map(drop),
            "a".repeat(100_000).parse::<Platform>().map(drop),
            long.parse::<Commit>().map(drop),
            long.parse::<Provider>().map(drop),
            parse_time(&long).map(drop),
            long.parse::<Environment>().map(drop),
            Environment::from_branch(&long).map(drop),
            long.parse::<Release>().map(drop),
            long.parse::<Run>().map(drop),
            long.parse::<Version>().map(drop),
            format!("production/{long}-622d2103-20250820-124500")
                .parse::<Version>()
                .map(drop),
            format!("production/{long}-20250820-124500")
                .parse::<Version>()
                .map(drop),
            format!("production/622d2103-20250820-{long}")
                .parse::<Version>()
                .map(drop),
        ];
        for (number, message) in messages.into_iter().enumerate() {
            let message = message.unwrap_err().to_string();
            let length = message.chars().count();
            assert!(
                length < 1100,
                "message {number} has {length}: {message:.300}"
            );
        }
    }
}
