//! Where a rollback goes.

use std::fmt;
use std::str::FromStr;

use serde_json::json;

use super::past::{History, HistorySource, PastDeployment};
use crate::service::TaskDefinitionArn;
use crate::version::Version;
use crate::{Error, ErrorKind, Result};

/// What a service is to be taken back to.
#[derive(Debug, Clone, PartialEq)]
pub enum RollbackTo {
    /// The latest that is known to be good and is not in place.
    Previous,
    /// A version that it ran before.
    Version(Version),
    /// A revision, whether it ran before or not.
    Revision(TaskDefinitionArn),
}

impl History {
    /// The past deployment that a rollback goes to.
    ///
    /// Of several deployments of one version that is the latest good one. Where it is not known what
    /// was good, `Previous` is the newest revision before the one in place, and a version is the
    /// newest revision that names it.
    ///
    /// # Errors
    /// `NoKnownGood` when there is none, with `{"known": […]}`, what there is.
    pub fn rollback_target(&self, to: &RollbackTo) -> Result<PastDeployment> {
        let found = match to {
            RollbackTo::Previous => self.previous(),
            RollbackTo::Version(version) => self
                .candidates()
                .find(|past| past.version.as_ref() == Some(version)),
            RollbackTo::Revision(arn) => {
                let past = self
                    .candidates()
                    .find(|past| past.task_definition == *arn)
                    .cloned();
                return Ok(past.unwrap_or_else(|| PastDeployment::registered(arn.clone())));
            }
        };
        found.cloned().ok_or_else(|| self.nothing(to))
    }

    fn previous(&self) -> Option<&PastDeployment> {
        let in_place = self.in_place.as_ref();
        self.candidates().find(|past| match self.source {
            HistorySource::ServiceDeployments => Some(&past.task_definition) != in_place,
            // A newer revision than the one in place was registered and perhaps never deployed.
            HistorySource::Revisions => in_place.is_none_or(|now| {
                past.task_definition.family() == now.family()
                    && past.task_definition.revision() < now.revision()
            }),
        })
    }

    /// What a rollback may go to, newest first.
    fn candidates(&self) -> Box<dyn Iterator<Item = &PastDeployment> + '_> {
        match self.source {
            HistorySource::ServiceDeployments => Box::new(self.known_good()),
            HistorySource::Revisions => Box::new(self.deployments.iter()),
        }
    }

    fn nothing(&self, to: &RollbackTo) -> Error {
        let known: Vec<String> = self.candidates().map(ToString::to_string).collect();
        let sort = match self.source {
            HistorySource::ServiceDeployments => "no successful deployment",
            HistorySource::Revisions => "no active revision of its task definition",
        };
        Error::new(
            ErrorKind::NoKnownGood,
            format!(
                "service {} has {sort} of {to} to go back to; name a version or a revision that it \
                 had, or deploy a new one ({} known)",
                self.service,
                known.len()
            ),
        )
        .with_details(json!({ "known": known }))
    }
}

/// `previous`, a version in either of its forms, or the ARN of a revision.
///
/// Fails with the kind of the form that the text comes nearest to: `InvalidTaskDefinitionArn` or
/// `InvalidVersion`.
impl FromStr for RollbackTo {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "previous" => Ok(Self::Previous),
            arn if arn.starts_with("arn:") => arn.parse().map(Self::Revision),
            version => version.parse().map(Self::Version),
        }
    }
}

impl fmt::Display for RollbackTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Previous => f.write_str("another revision than the one in place"),
            Self::Version(version) => write!(f, "{version}"),
            Self::Revision(arn) => f.write_str(&arn.short()),
        }
    }
}
