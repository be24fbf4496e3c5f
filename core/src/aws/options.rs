//! How the services of AWS are reached.

use serde::Deserialize;

use crate::timeouts::Timeouts;

/// How a service of AWS is reached, and as whom; what is not given comes from the environment.
///
/// JSON: `{"region"?, "profile"?, "roleArn"?, "endpointUrl"?, "timeouts"?}`.
///
/// Retries are those of the AWS SDK, `standard` with three attempts; `AWS_RETRY_MODE` and
/// `AWS_MAX_ATTEMPTS` change them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwsOptions {
    region: Option<String>,
    profile: Option<String>,
    role_arn: Option<String>,
    endpoint_url: Option<String>,
    #[serde(default)]
    timeouts: Timeouts,
}

impl AwsOptions {
    /// The Region of what does not name one itself. The Region in the host of a repository or in the
    /// ARN of a target group goes before it.
    pub fn with_region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The profile of the shared configuration files. It goes before credentials in the environment.
    pub fn with_profile(mut self, profile: impl Into<String>) -> Self {
        self.profile = Some(profile.into());
        self
    }

    /// A role to assume with the credentials found, for example
    /// `arn:aws:iam::123456789012:role/deploy`.
    pub fn with_role_arn(mut self, role_arn: impl Into<String>) -> Self {
        self.role_arn = Some(role_arn.into());
        self
    }

    /// Where the API of the service is found, in place of AWS's own endpoints. Other AWS services
    /// are not redirected.
    pub fn with_endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
        self.endpoint_url = Some(endpoint_url.into());
        self
    }

    /// Sets how long calls may take.
    pub fn with_timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// The Region of what does not name one itself.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// The profile of the shared configuration files.
    pub fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// The role to assume.
    pub fn role_arn(&self) -> Option<&str> {
        self.role_arn.as_deref()
    }

    /// Where the API of the service is found.
    pub fn endpoint_url(&self) -> Option<&str> {
        self.endpoint_url.as_deref()
    }

    /// How long calls may take.
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }
}
