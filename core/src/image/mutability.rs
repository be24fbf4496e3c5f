//! Whether a repository lets a tag be moved.

use serde::{Deserialize, Serialize};

use super::Tag;

/// What a repository does when a tag that exists is pushed again.
///
/// It says nothing of deletion: in every mode a tag can be deleted and then pushed with other bytes.
///
/// Source: ECR `PutImageTagMutability`: four modes, two of them with wildcard filters.
///
/// ```
/// use artifact_deploy::image::TagMutability;
///
/// let mode = TagMutability::ImmutableExcept(vec!["*-latest".into()]);
/// assert_eq!(mode.protects(&"pr-51-622d2103-20250820-124500".parse().unwrap()), Some(true));
/// assert_eq!(mode.protects(&"pr-51-latest".parse().unwrap()), Some(false));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "mode", content = "filters")]
pub enum TagMutability {
    /// Every tag can be moved.
    Mutable,
    /// No tag can be moved.
    Immutable,
    /// Only tags that match one of these wildcard filters can be moved.
    ImmutableExcept(Vec<String>),
    /// All tags can be moved but those that match one of these wildcard filters.
    MutableExcept(Vec<String>),
    /// The registry does not say.
    Unknown,
}

impl TagMutability {
    /// What ECR says: the mode (`IMMUTABLE_WITH_EXCLUSION`, …) and the filters, each with its type
    /// (`WILDCARD`).
    ///
    /// A mode or a type of filter that is not known gives [`Unknown`](Self::Unknown): it must not
    /// be taken for protection.
    pub fn from_ecr<'a>(mode: &str, filters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let filters: Option<Vec<String>> = filters
            .into_iter()
            .map(|(kind, filter)| (kind == "WILDCARD").then(|| filter.to_owned()))
            .collect();
        match (mode, filters) {
            ("MUTABLE", _) => Self::Mutable,
            ("IMMUTABLE", _) => Self::Immutable,
            ("IMMUTABLE_WITH_EXCLUSION", Some(filters)) => Self::ImmutableExcept(filters),
            ("MUTABLE_WITH_EXCLUSION", Some(filters)) => Self::MutableExcept(filters),
            _ => Self::Unknown,
        }
    }

    /// Whether this tag, once pushed, cannot be moved to other bytes by a push. `None` when that is
    /// not known.
    pub fn protects(&self, tag: &Tag) -> Option<bool> {
        match self {
            Self::Mutable => Some(false),
            Self::Immutable => Some(true),
            Self::ImmutableExcept(filters) => any_matches(filters, tag).map(|exempt| !exempt),
            Self::MutableExcept(filters) => any_matches(filters, tag),
            Self::Unknown => None,
        }
    }
}

/// Whether one of the filters matches; `None` when none does, but one is not understood.
fn any_matches(filters: &[String], tag: &Tag) -> Option<bool> {
    if filters.iter().any(|filter| matches(filter, tag.as_str())) {
        return Some(true);
    }
    filters
        .iter()
        .all(|filter| is_wildcard(filter))
        .then_some(false)
}

/// `[0-9a-zA-Z._*-]{1,128}` (ECR: `ImageTagMutabilityExclusionFilterValue`).
fn is_wildcard(filter: &str) -> bool {
    (1..=128).contains(&filter.len())
        && filter
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'*' | b'-'))
}

/// Whether the whole text matches, where `*` stands for any number of characters. Linear in
/// practice: each piece is taken at its first place.
pub(super) fn matches(filter: &str, text: &str) -> bool {
    let Some((first, rest)) = filter.split_once('*') else {
        return filter == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*') {
        let Some((_, after)) = text.split_once(piece) else {
            return false;
        };
        text = after;
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_modes_of_ecr_are_known_with_their_filters() {
        let filters = || [("WILDCARD", "*-latest")];
        let kept = || vec!["*-latest".to_owned()];
        for (mode, expected) in [
            ("MUTABLE", TagMutability::Mutable),
            ("IMMUTABLE", TagMutability::Immutable),
            (
                "IMMUTABLE_WITH_EXCLUSION",
                TagMutability::ImmutableExcept(kept()),
            ),
            (
                "MUTABLE_WITH_EXCLUSION",
                TagMutability::MutableExcept(kept()),
            ),
        ] {
            assert_eq!(TagMutability::from_ecr(mode, filters()), expected);
        }
    }

    #[test]
    fn what_ecr_may_add_later_is_not_taken_for_protection() {
        let tag: Tag = "v1".parse().unwrap();
        for unknown in [
            TagMutability::from_ecr("FROZEN", []),
            TagMutability::from_ecr("IMMUTABLE_WITH_EXCLUSION", [("REGEX", "v.*")]),
            TagMutability::from_ecr("MUTABLE_WITH_EXCLUSION", [("REGEX", "v.*")]),
        ] {
            assert_eq!(unknown, TagMutability::Unknown);
            assert_eq!(unknown.protects(&tag), None);
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let tag: Tag = "a".repeat(128).parse().unwrap();
        let mode = TagMutability::MutableExcept(vec!["*a".repeat(60) + "*b"]);
        assert_eq!(mode.protects(&tag), Some(false));
    }
}
