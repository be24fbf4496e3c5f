//! The right that is missing, in the words of IAM.

/// What a policy must allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Right {
    /// For example `ecs:UpdateService`.
    pub(super) action: String,
    /// An ARN, a pattern of ARNs, or `*`.
    pub(super) resource: String,
}

impl Right {
    /// The right that a refusal names: `… is not authorized to perform: iam:PassRole on resource:
    /// arn:aws:iam::123456789012:role/app because …`.
    pub(super) fn missing_in(message: &str) -> Option<Self> {
        let (_, named) = message.split_once("is not authorized to perform: ")?;
        let mut words = named.split_ascii_whitespace();
        let action = words.next()?.trim_end_matches(['.', ',']);
        let is_action = action.split_once(':').is_some_and(|(service, name)| {
            [service, name].iter().all(|part| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
        });
        if !is_action {
            return None;
        }
        let resource = match (words.next(), words.next(), words.next()) {
            (Some("on"), Some("resource:"), Some(resource)) => {
                resource.trim_end_matches(['.', ','])
            }
            _ => "*",
        };
        Some(Self {
            action: action.to_owned(),
            resource: resource.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_right_that_is_missing() {
        let role = "arn:aws:iam::123456789012:role/app-task";
        let by =
            "User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform:";
        for (message, resource) in [
            (
                format!("{by} iam:PassRole on resource: {role} because no policy allows it"),
                role,
            ),
            (format!("{by} iam:PassRole on resource: {role}"), role),
            (format!("{by} iam:PassRole"), "*"),
        ] {
            let right = Right::missing_in(&message).unwrap();
            assert_eq!(
                (right.action.as_str(), right.resource.as_str()),
                ("iam:PassRole", resource)
            );
        }
        for message in ["denied", "is not authorized to perform: this"] {
            assert_eq!(Right::missing_in(message), None);
        }
    }
}
