//! From single values of the SDK to those of the library.

use aws_sdk_ecs::primitives::DateTime as SdkTime;
use chrono::{DateTime, SubsecRound as _, Utc};

use crate::service::TaskDefinitionArn;

/// A member of an answer that is absent where ECS always has it, or that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unusable(pub(super) &'static str);

pub(super) type Read<T> = Result<T, Unusable>;

/// A text that ECS always tells.
pub(super) fn text(value: Option<&str>, member: &'static str) -> Read<String> {
    value.map(str::to_owned).ok_or(Unusable(member))
}

/// A text that may be absent; an empty one is none.
pub(super) fn some_text(value: Option<&str>) -> Option<String> {
    value.filter(|value| !value.is_empty()).map(str::to_owned)
}

/// A time. ECS writes seconds with a fraction, which the SDK reads as a binary number: digits below a
/// microsecond are not those of ECS.
pub(super) fn some_time(value: Option<&SdkTime>) -> Option<DateTime<Utc>> {
    let value = value?;
    let time = DateTime::from_timestamp(value.secs(), value.subsec_nanos())?;
    Some(time.round_subsecs(6))
}

/// A time that ECS always tells.
pub(super) fn time(value: Option<&SdkTime>, member: &'static str) -> Read<DateTime<Utc>> {
    some_time(value).ok_or(Unusable(member))
}

/// A number of things: never negative.
pub(super) fn count(value: i32) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

/// The ARN of a revision of a task definition.
pub(super) fn revision(value: Option<&str>, member: &'static str) -> Read<TaskDefinitionArn> {
    value
        .and_then(|value| value.parse().ok())
        .ok_or(Unusable(member))
}
