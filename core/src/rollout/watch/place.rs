//! The place of our deployment among those of its service.

use std::collections::HashSet;

use super::Observation;
use crate::service::{Deployment, DeploymentStatus};

/// What a snapshot shows of our deployment.
#[derive(Debug)]
pub(super) enum Place<'a> {
    /// It is the latest.
    Latest(&'a Deployment),
    /// It is there, and another one is the latest: `later` when that was begun after ours, else it is
    /// one from before that came back.
    Behind {
        ours: &'a Deployment,
        latest: Option<&'a Deployment>,
        later: bool,
    },
    /// It is not there: `later` is the latest one, when that was begun after ours.
    Absent {
        latest: Option<&'a Deployment>,
        later: bool,
    },
}

impl<'a> Place<'a> {
    pub(super) fn find(seen: &'a Observation, ours: &Deployment, before: &HashSet<String>) -> Self {
        let latest = seen.service.primary();
        let later = latest.is_some_and(|latest| {
            latest.id != ours.id
                && !before.contains(&latest.id)
                && latest.created_at >= ours.created_at
        });
        let entry = seen
            .service
            .deployments
            .iter()
            .find(|one| one.id == ours.id);
        match entry {
            Some(entry) if entry.status == DeploymentStatus::Primary => Self::Latest(entry),
            Some(entry) => Self::Behind {
                ours: entry,
                latest,
                later,
            },
            None => Self::Absent { latest, later },
        }
    }

    /// Our entry.
    pub(super) fn entry(&self) -> Option<&'a Deployment> {
        match self {
            Self::Latest(ours) | Self::Behind { ours, .. } => Some(ours),
            Self::Absent { .. } => None,
        }
    }

    /// The latest deployment, when that was begun after ours.
    pub(super) fn later(&self) -> Option<&'a Deployment> {
        match self {
            Self::Behind {
                latest,
                later: true,
                ..
            }
            | Self::Absent {
                latest,
                later: true,
                ..
            } => *latest,
            _ => None,
        }
    }
}
