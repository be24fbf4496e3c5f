//! The moving tag of an environment.

use super::Environment;
use crate::image::Tag;

/// The alias of an environment in a repository that all environments share: `pr-51-latest`.
///
/// It moves with each build. It is for people; a deployment never depends on it. No version has
/// such a tag, because a version ends in digits.
pub fn alias(environment: &Environment) -> Tag {
    Tag::from_checked(format!("{environment}-latest"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Version;

    #[test]
    fn an_alias_is_never_read_as_a_version() {
        for name in ["pr-51", "pr-51-622d2103-20250820-124500", "latest"] {
            let alias = alias(&name.parse().unwrap());
            let error = alias.as_str().parse::<Version>().unwrap_err();
            assert!(error.message().contains("alias"), "{error}");
        }
    }

    #[test]
    fn the_longest_environment_has_an_alias() {
        let alias = alias(&"e".repeat(Environment::MAX_LENGTH).parse().unwrap());
        assert!(alias.as_str().parse::<Tag>().is_ok());
    }
}
