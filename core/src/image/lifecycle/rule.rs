//! One rule.

use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::Value;

use super::{Action, Fate, StoredImage};
use crate::image::mutability::matches;

/// The text of a policy. Source: ECR "Lifecycle policy properties".
#[derive(Deserialize)]
pub(super) struct Rules {
    pub(super) rules: Vec<Value>,
}

/// A rule, as far as it is understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    pub(super) priority: i64,
    understood: Result<(Selection, Count, Action), String>,
}

/// Which images a rule is about.
#[derive(Debug, Clone, PartialEq)]
enum Selection {
    /// Images in archive storage: none that can be deployed.
    Archived,
    Untagged,
    Any,
    /// Each of these patterns matches one of the tags of the image.
    Tagged(Vec<String>),
}

/// When it takes them away.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Count {
    MoreThan(u32),
    DaysSincePush(u32),
    DaysSincePull,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Form {
    selection: SelectionForm,
    action: ActionForm,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SelectionForm {
    tag_status: String,
    #[serde(default)]
    tag_pattern_list: Vec<String>,
    #[serde(default)]
    tag_prefix_list: Vec<String>,
    storage_class: Option<String>,
    count_type: String,
    count_unit: Option<String>,
    count_number: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActionForm {
    #[serde(rename = "type")]
    kind: String,
}

impl Rule {
    pub(super) fn read(json: Value) -> Self {
        // Without a place of its own it goes first: nothing that it may decide is passed over.
        let priority = json.get("rulePriority");
        let priority = priority.and_then(Value::as_i64).unwrap_or(i64::MIN);
        let understood = serde_json::from_value::<Form>(json)
            .map_err(|error| error.to_string())
            .and_then(Form::read);
        Self {
            priority,
            understood,
        }
    }

    /// Whether the image meets its requirements of tags; `None` when that is not understood.
    pub(super) fn meets(&self, image: &StoredImage) -> Option<bool> {
        let (selection, ..) = self.understood.as_ref().ok()?;
        Some(match selection {
            Selection::Archived => false,
            Selection::Any => true,
            Selection::Untagged => image.tags.is_empty(),
            Selection::Tagged(patterns) => {
                !image.tags.is_empty()
                    && patterns
                        .iter()
                        .all(|pattern| image.tags.iter().any(|tag| matches(pattern, tag.as_str())))
            }
        })
    }

    /// What it does with an image that meets its requirements.
    pub(super) fn fate(&self, image: &StoredImage, images: Option<&[StoredImage]>) -> Fate {
        let Ok((_, count, action)) = &self.understood else {
            return self.not_understood();
        };
        let unknown = |reason: &str, needs_images| Fate::Unknown {
            rule: Some(self.priority),
            reason: reason.to_owned(),
            needs_images,
        };
        let expires = |at, after_pushes| Fate::Expires {
            rule: self.priority,
            action: *action,
            at,
            after_pushes,
        };
        match count {
            Count::DaysSincePull => expires(None, None),
            Count::DaysSincePush(days) => {
                let pushed_at = image.pushed_at;
                let days = TimeDelta::try_days(i64::from(*days));
                match pushed_at
                    .zip(days)
                    .map(|(at, days)| at.checked_add_signed(days))
                {
                    Some(at @ Some(_)) => expires(at, None),
                    // In so many days that no calendar has them.
                    Some(None) => Fate::Kept,
                    None => unknown("the registry does not say when the image was pushed", false),
                }
            }
            Count::MoreThan(most) => {
                let Some(images) = images else {
                    return unknown("it counts the images of the repository", true);
                };
                let newer = images
                    .iter()
                    .filter(|other| other.digest != image.digest)
                    .filter(|other| self.meets(other) == Some(true))
                    // One of the same moment, or of none that is told, may go before or after it.
                    .filter(|other| other.pushed_at.is_none() || other.pushed_at >= image.pushed_at)
                    .count();
                let newer = u32::try_from(newer).unwrap_or(u32::MAX);
                expires(None, Some(most.saturating_sub(newer)))
            }
        }
    }

    pub(super) fn not_understood(&self) -> Fate {
        Fate::Unknown {
            rule: Some(self.priority).filter(|priority| *priority != i64::MIN),
            reason: format!(
                "the rule is not understood: {}",
                self.understood.as_ref().err().map_or("", String::as_str)
            ),
            needs_images: false,
        }
    }
}

impl Form {
    fn read(self) -> Result<(Selection, Count, Action), String> {
        let Self { selection, action } = self;
        let action = match action.kind.as_str() {
            "expire" => Action::Expire,
            "transition" => Action::Archive,
            other => return Err(format!("action {other:?}")),
        };
        let archived = match selection.storage_class.as_deref() {
            None | Some("standard") => false,
            Some("archive") => true,
            Some(other) => return Err(format!("storageClass {other:?}")),
        };
        let days = match selection.count_unit.as_deref() {
            None | Some("days") => Ok(()),
            Some(other) => Err(format!("countUnit {other:?}")),
        };
        let number = selection.count_number;
        let count = match selection.count_type.as_str() {
            "imageCountMoreThan" => Count::MoreThan(number),
            "sinceImagePushed" => days.map(|()| Count::DaysSincePush(number))?,
            "sinceImagePulled" => days.map(|()| Count::DaysSincePull)?,
            // About images in archive storage alone.
            "sinceImageTransitioned" => {
                return Ok((Selection::Archived, Count::DaysSincePull, action));
            }
            other => return Err(format!("countType {other:?}")),
        };
        let tags = match selection.tag_status.as_str() {
            _ if archived => Selection::Archived,
            "untagged" => Selection::Untagged,
            "any" => Selection::Any,
            "tagged" => {
                let mut patterns = selection.tag_pattern_list;
                let prefixes = selection.tag_prefix_list.into_iter();
                patterns.extend(prefixes.map(|prefix| format!("{prefix}*")));
                if patterns.is_empty() {
                    return Err("tagStatus \"tagged\" without patterns".to_owned());
                }
                Selection::Tagged(patterns)
            }
            other => return Err(format!("tagStatus {other:?}")),
        };
        Ok((tags, count, action))
    }
}
