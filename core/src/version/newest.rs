//! The newest version among the tags of a repository.

use super::{Environment, Version};

/// The newest version of `environment` among `tags`, as a registry lists them for a repository that
/// all environments share. `None` where there is none.
///
/// Whatever is no version of exactly this environment is passed over: tags of other tools, aliases,
/// other environments, also those whose name begins or ends alike.
///
/// ```
/// use artifact_deploy::version::newest;
///
/// let tags = [
///     "pr-5-ffffffff-20250820-124500",
///     "pr-5-00000000-20250820-131500",
///     "pr-51-622d2103-20250821-090000",
///     "pr-5-latest",
///     "v1.4.2",
/// ];
/// let newest = newest(&"pr-5".parse()?, tags).unwrap();
/// assert_eq!(newest.to_string(), "pr-5/00000000-20250820-131500");
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
pub fn newest<I>(environment: &Environment, tags: I) -> Option<Version>
where
    I: IntoIterator<Item: AsRef<str>>,
{
    tags.into_iter()
        .filter_map(|tag| tag.as_ref().parse::<Version>().ok())
        .filter(|version| version.environment() == environment)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest_of(environment: &str, tags: &[&str]) -> Option<String> {
        newest(&environment.parse().unwrap(), tags).map(|version| version.to_string())
    }

    #[test]
    fn environments_with_a_common_prefix_are_kept_apart() {
        let tags = [
            "pr-5-aaaaaaaa-20250820-124500",
            "pr-51-bbbbbbbb-20250821-124500",
            "pr-5-622d2103-20250820-124500-cccccccc-20250822-124500",
            "pr-5-blue-dddddddd-20250823-124500",
            "x-pr-5-eeeeeeee-20250824-124500",
        ];
        let newest = newest_of("pr-5", &tags).unwrap();
        assert_eq!(newest, "pr-5/aaaaaaaa-20250820-124500");
        let newest = newest_of("pr-5-622d2103-20250820-124500", &tags).unwrap();
        assert_eq!(
            newest,
            "pr-5-622d2103-20250820-124500/cccccccc-20250822-124500"
        );
    }

    #[test]
    fn foreign_tags_and_aliases_are_passed_over() {
        let tags = [
            "",
            "latest",
            "pr-5-latest",
            "v1.4.2",
            "622d2103",
            "pr-5",
            "sha256-aa.sig",
            "pr-5-622d2103-20250230-124500",
            "pr-5-622D2103-20250820-124500",
            "☃",
        ];
        assert_eq!(newest_of("pr-5", &tags), None);
        assert_eq!(newest_of("pr-5", &[]), None);
    }

    #[test]
    fn the_newest_does_not_depend_on_the_order_of_the_list() {
        let mut tags = vec![
            "production-v1.4.2-aaaaaaaa-20250820-124500",
            "production-bbbbbbbb-20250820-124500-r2.1",
            "production-cccccccc-20250820-124500-r2.1",
            "production-v9.0.0-dddddddd-20240820-124500",
        ];
        let forward = newest_of("production", &tags);
        tags.reverse();
        assert_eq!(forward, newest_of("production", &tags));
        assert_eq!(forward.unwrap(), "production/cccccccc-20250820-124500-r2.1");
    }
}
