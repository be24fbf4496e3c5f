//! One revision of a task definition.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// The full ARN of one revision of a task definition:
/// `arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7`.
///
/// Never a family alone: ECS would take its latest revision at the moment of the call. Fails with
/// `InvalidTaskDefinitionArn`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskDefinitionArn {
    text: String,
    family: String,
    revision: u32,
}

impl TaskDefinitionArn {
    /// The family.
    pub fn family(&self) -> &str {
        &self.family
    }

    /// The number of the revision, from 1.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The ARN as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `family:revision`, which is how people write it.
    pub fn short(&self) -> String {
        format!("{}:{}", self.family, self.revision)
    }
}

impl FromStr for TaskDefinitionArn {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parts(text)
            .map(|(family, revision)| Self {
                text: text.to_owned(),
                family: family.to_owned(),
                revision,
            })
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::InvalidTaskDefinitionArn,
                    format!(
                        "{} is not the ARN of a revision of a task definition; expected \
                         arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION",
                        quoted(text)
                    ),
                )
            })
    }
}

fn parts(text: &str) -> Option<(&str, u32)> {
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, "ecs", region, account, resource] = fields.as_slice() else {
        return None;
    };
    let (family, revision) = resource.strip_prefix("task-definition/")?.split_once(':')?;
    let named = (1..=255).contains(&family.len())
        && family
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let numbered = !revision.starts_with('0') && revision.bytes().all(|byte| byte.is_ascii_digit());
    let placed = partition.starts_with("aws")
        && !region.is_empty()
        && account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit());
    (named && numbered && placed).then_some((family, revision.parse().ok()?))
}

impl fmt::Display for TaskDefinitionArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

string_form!(TaskDefinitionArn);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_tells_family_and_revision() {
        let text = "arn:aws-us-gov:ecs:us-gov-west-1:123456789012:task-definition/my_app-1:42";
        let arn: TaskDefinitionArn = text.parse().unwrap();
        assert_eq!((arn.family(), arn.revision()), ("my_app-1", 42));
        assert_eq!(arn.to_string(), text);
        assert_eq!(arn.short(), "my_app-1:42");
    }

    #[test]
    fn what_could_lead_to_another_revision_later_is_refused() {
        for bad in [
            "app",
            "app:7",
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/app",
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:latest",
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:0",
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:+7",
            "arn:aws:ecs:eu-central-1:12:task-definition/app:7",
            "arn:aws:ecs:eu-central-1:123456789012:service/app:7",
            "",
        ] {
            let error = bad.parse::<TaskDefinitionArn>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidTaskDefinitionArn, "{bad}");
        }
    }
}
