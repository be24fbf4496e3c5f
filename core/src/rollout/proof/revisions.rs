//! The versions of revisions, each asked for once.

use std::collections::HashMap;

use crate::Result;
use crate::ports::{RegisteredTaskDefinition, ServiceControl};
use crate::rollout::version_of;
use crate::service::TaskDefinitionArn;
use crate::version::Version;

/// What is known of revisions. It keeps their versions, not the documents, and no more of them than
/// its capacity.
pub(crate) struct Revisions<'a> {
    control: &'a dyn ServiceControl,
    versions: HashMap<TaskDefinitionArn, Option<Version>>,
    capacity: usize,
}

impl<'a> Revisions<'a> {
    pub(crate) fn new(control: &'a dyn ServiceControl, capacity: usize) -> Self {
        Self {
            control,
            versions: HashMap::new(),
            capacity,
        }
    }

    /// The whole revision, asked for.
    pub(crate) async fn describe(
        &mut self,
        arn: &TaskDefinitionArn,
    ) -> Result<RegisteredTaskDefinition> {
        let revision = self.control.describe_task_definition(arn.as_str()).await?;
        self.keep(arn, version_of(&revision));
        Ok(revision)
    }

    /// Finds out the version of a revision. It is for people: where it cannot be told, for lack of a
    /// permission too, there is none.
    pub(crate) async fn learn(&mut self, arn: &TaskDefinitionArn) {
        if self.versions.contains_key(arn) {
            return;
        }
        if let Err(error) = self.describe(arn).await {
            tracing::debug!(
                revision = arn.as_str(),
                code = error.code(),
                "version not known"
            );
            self.keep(arn, None);
        }
    }

    /// The version, where it was found out.
    pub(crate) fn version(&self, arn: &TaskDefinitionArn) -> Option<&Version> {
        self.versions.get(arn)?.as_ref()
    }

    fn keep(&mut self, arn: &TaskDefinitionArn, version: Option<Version>) {
        if self.versions.len() >= self.capacity {
            self.versions.clear();
        }
        self.versions.insert(arn.clone(), version);
    }
}
