//! From the name of a branch to the name of an environment.

use sha2::{Digest, Sha256};

use super::Environment;
use crate::text::quoted;
use crate::{Error, ErrorKind};

/// How many hexadecimal digits of the hash are appended.
const HASH_LENGTH: usize = 8;

/// The rule of [`Environment::from_branch`], as text. Whether the result is a legal environment is
/// checked after it, by the caller: what a branch name leaves behind is not known before.
pub(super) fn slug(branch: &str) -> Result<String, Error> {
    let invalid = |why: &str| {
        Err(Error::new(
            ErrorKind::InvalidEnvironment,
            format!("branch {} {why}", quoted(branch)),
        ))
    };
    if branch.starts_with("refs/") {
        return invalid("is a full ref; give the name of the branch alone, such as main");
    }
    if branch == "HEAD" {
        return invalid("is no branch (a detached checkout has none); give the name of the branch");
    }
    let plain = replace(branch);
    if plain.is_empty() {
        return invalid("has no letter or digit that an environment can be made of; name one");
    }
    if plain == branch && plain.len() <= Environment::MAX_LENGTH && !reads_as_made(&plain) {
        return Ok(plain);
    }
    let kept: String = plain
        .chars()
        .take(Environment::MAX_LENGTH - HASH_LENGTH - 1)
        .collect();
    let mut hash = hex::encode(Sha256::digest(branch));
    hash.truncate(HASH_LENGTH);
    Ok(format!("{}-{hash}", kept.trim_end_matches('-')))
}

/// Lower case, and one `-` for each run of other characters between letters and digits.
fn replace(branch: &str) -> String {
    branch
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// Whether a name reads as one that this library makes of something else than a branch of that
/// name: a pull request, or a branch whose name had to be changed.
fn reads_as_made(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(before, last)| {
        let pull_request = before == "pr" && last.bytes().all(|byte| byte.is_ascii_digit());
        let hash = last.len() == HASH_LENGTH && last.bytes().all(|byte| byte.is_ascii_hexdigit());
        pull_request || hash
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn branches_that_differ_only_in_replaced_characters_do_not_collide() {
        let names = ["feat/x", "feat-x", "Feat-x", "feat_x", "feat--x", "feat/x/"];
        let slugs: std::collections::BTreeSet<_> =
            names.iter().map(|name| slug(name).unwrap()).collect();
        assert_eq!(slugs.len(), names.len(), "{slugs:?}");
    }

    #[test]
    fn a_branch_named_like_the_slug_of_another_does_not_collide_with_it() {
        let made = slug("feat/x").unwrap();
        assert_ne!(slug(&made).unwrap(), made);
    }

    #[test]
    fn a_branch_named_like_a_pull_request_does_not_collide_with_it() {
        assert_ne!(slug("pr-51").unwrap(), "pr-51");
        assert_eq!(slug("pr-main").unwrap(), "pr-main");
    }

    #[test]
    fn long_branches_with_the_same_beginning_do_not_collide() {
        let [one, two] = ["1", "2"].map(|end| slug(&("x".repeat(80) + end)).unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), Environment::MAX_LENGTH);
    }

    #[test]
    fn a_cut_before_a_hyphen_leaves_no_double_hyphen() {
        let environment =
            Environment::from_branch(&format!("{}-{}", "a".repeat(53), "b".repeat(20)));
        assert!(
            environment
                .unwrap()
                .as_str()
                .starts_with(&format!("{}-", "a".repeat(53)))
        );
    }

    #[test]
    fn the_result_is_checked_after_sanitizing_so_that_nothing_empty_gets_through() {
        for branch in ["", "-", "///", "功能", "unknown"] {
            let error = Environment::from_branch(branch).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidEnvironment, "{branch}");
        }
    }

    proptest! {
        #[test]
        fn every_branch_gives_a_valid_environment_or_a_clear_refusal(branch in "\\PC{0,90}") {
            match Environment::from_branch(&branch) {
                Ok(environment) => {
                    prop_assert!(environment.as_str().parse::<Environment>().is_ok());
                }
                Err(error) => prop_assert_eq!(error.kind(), ErrorKind::InvalidEnvironment),
            }
        }

        #[test]
        fn two_branches_share_an_environment_only_when_they_are_one(
            one in "[a-cA-C/_-]{1,6}", two in "[a-cA-C/_-]{1,6}"
        ) {
            if let (Ok(first), Ok(second)) = (slug(&one), slug(&two)) {
                prop_assert_eq!(first == second, one == two);
            }
        }
    }
}
