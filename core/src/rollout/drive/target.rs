//! What the service is to run: found, or registered.

use super::register::{Registered, register};
use super::service::find_revision;
use super::{Drive, End, Patience, Stop};
use crate::metadata::BuildMetadata;
use crate::ports::{RegisteredTaskDefinition, ServiceControl};
use crate::rollout::existing::require_gated;
use crate::rollout::guard::{OrderCheck, check};
use crate::rollout::registration::Registration;
use crate::rollout::version_of::version_in;
use crate::rollout::{
    DeployRequest, DeployedVersion, Event, ImageRecord, Meant, Outcome, TaskDefinitionRecord, What,
    version_of,
};
use crate::service::ServiceSnapshot;
use crate::task_definition::TaskDefinition;
use crate::version::Version;
use crate::{Error, ErrorKind, Result};

/// How many of the newest revisions of a family are looked at for a version. One call each.
pub const VERSIONS_LOOKED_AT: usize = 100;

/// What was asked for, before anything is changed.
#[derive(Debug)]
pub(in crate::rollout) enum Found {
    /// A document, and the revision with this content where there is one.
    Document {
        registration: Box<Registration>,
        version: Option<Version>,
    },
    /// A revision that is there.
    Revision {
        revision: Box<RegisteredTaskDefinition>,
        version: Option<Version>,
    },
}

impl Found {
    pub(in crate::rollout) fn version(&self) -> Option<&Version> {
        match self {
            Self::Document { version, .. } | Self::Revision { version, .. } => version.as_ref(),
        }
    }

    pub(in crate::rollout) fn document(&self) -> &TaskDefinition {
        match self {
            Self::Document { registration, .. } => registration.document(),
            Self::Revision { revision, .. } => &revision.task_definition,
        }
    }
}

/// What the service is to run.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) revision: RegisteredTaskDefinition,
    pub(super) version: Option<Version>,
    pub(super) meant: Meant,
}

/// Finds what was asked for. Changes nothing.
pub(in crate::rollout) async fn find_target(
    control: &dyn ServiceControl,
    patience: &Patience,
    request: &DeployRequest,
    current: Option<&RegisteredTaskDefinition>,
) -> Result<Found, Stop> {
    let (revision, images) = match &request.what {
        What::Rendered(rendered) => {
            let document = rendered.task_definition();
            let version = request.version.clone().or_else(|| version_in(document));
            let registration = Box::new(Registration::new(document, version.as_ref())?);
            return Ok(Found::Document {
                registration,
                version,
            });
        }
        What::Revision {
            task_definition,
            images,
        } => {
            let read = patience.read(|| control.describe_task_definition(task_definition.as_str()));
            (read.await?, images)
        }
        What::Version { version, images } => {
            let family = current.map(|current| current.arn.family());
            let found = match family {
                Some(family) => find_version(control, patience, family, version).await?,
                None => None,
            };
            let revision = found.ok_or_else(|| {
                Error::new(
                    ErrorKind::TaskDefinitionNotFound,
                    format!(
                        "no active revision of {} has the version {version}, among the newest \
                         {VERSIONS_LOOKED_AT}; render and deploy its image",
                        family.unwrap_or("its task definition")
                    ),
                )
            })?;
            (revision, images)
        }
    };
    require_gated(&revision, images, request.intent)?;
    let version = version_of(&revision);
    if let (Some(asked), Some(says)) = (&request.version, &version)
        && asked != says
    {
        return Err(Stop::Error(Error::new(
            ErrorKind::InvalidArgument,
            format!(
                "{} is version {says}, and is to be deployed as {asked}; leave the version out, or \
                 deploy the revision of {asked}",
                revision.arn.short()
            ),
        )));
    }
    let version = version.or_else(|| request.version.clone());
    Ok(Found::Revision {
        revision: Box::new(revision),
        version,
    })
}

/// The newest active revision of a family with this version.
async fn find_version(
    control: &dyn ServiceControl,
    patience: &Patience,
    family: &str,
    version: &Version,
) -> Result<Option<RegisteredTaskDefinition>, Stop> {
    let page = patience
        .read(|| control.list_task_definitions(family, None))
        .await?;
    let mut newest = page.items;
    newest.retain(|arn| arn.family() == family);
    for arn in newest.iter().take(VERSIONS_LOOKED_AT) {
        let revision = patience
            .read(|| find_revision(control, arn.as_str()))
            .await?;
        let revision = revision.filter(|revision| version_of(revision).as_ref() == Some(version));
        if revision.is_some() {
            return Ok(revision);
        }
    }
    Ok(None)
}

impl Drive<'_> {
    /// Writes down what is to be deployed.
    pub(super) fn note(&mut self, found: &Found) {
        if let Some(version) = found.version() {
            self.draft.version(version.clone());
        }
        let images = self.request.what.images();
        let said = || {
            images.iter().find_map(|(container, image)| {
                let told = || {
                    let variables = found.document().variables(container);
                    BuildMetadata::from_environment(&variables.into_iter().collect()).ok()
                };
                image.metadata().cloned().or_else(told)
            })
        };
        if let Some(build) = self.request.build.clone().or_else(said) {
            self.draft.build(build);
        }
        for (container, image) in images {
            self.draft.image(ImageRecord::new(container, image));
        }
    }

    /// The end, when what is in place is newer. Before anything is registered.
    pub(super) fn check_before(
        &mut self,
        service: &ServiceSnapshot,
        current: Option<&RegisteredTaskDefinition>,
        found: &Found,
    ) -> Option<End> {
        match check(self.request, found.version(), service, current) {
            OrderCheck::Clear => None,
            OrderCheck::GivesWay { by } => Some(self.superseded(*by)),
            OrderCheck::Unknown { reason } => {
                self.order_unknown(reason);
                None
            }
            OrderCheck::Unguarded { reason } => {
                tracing::warn!(
                    service = %self.request.service,
                    "goes without the order guard: {}",
                    crate::harmless::escaped(&reason)
                );
                self.draft.unguarded(&reason);
                None
            }
        }
    }

    pub(super) fn order_unknown(&self, reason: impl Into<String>) {
        self.tell(&Event::OrderUnknown {
            reason: reason.into(),
        });
    }

    pub(super) fn superseded(&mut self, by: DeployedVersion) -> End {
        let reason = format!("{by} is in place");
        self.draft.superseded_by(by.clone());
        self.tell(&Event::Superseded { by });
        End::new(Outcome::Superseded, reason)
    }

    /// The revision, registered where it has to be.
    pub(super) async fn settle_target(
        &mut self,
        found: Found,
        current: Option<&RegisteredTaskDefinition>,
    ) -> Result<Target, Stop> {
        let (revision, version) = match found {
            Found::Revision { revision, version } => {
                self.draft.task_definition(TaskDefinitionRecord {
                    arn: revision.arn.clone(),
                    reused: true,
                    content_hash: None,
                });
                (*revision, version)
            }
            Found::Document {
                registration,
                version,
            } => {
                let Registered { revision, reused } = register(
                    self.reader.control,
                    &self.patience,
                    &self.left,
                    &registration,
                    current,
                )
                .await?;
                self.tell(&Event::Registered {
                    task_definition: revision.arn.clone(),
                    reused,
                });
                self.draft.task_definition(TaskDefinitionRecord {
                    arn: revision.arn.clone(),
                    reused,
                    content_hash: Some(registration.content().to_owned()),
                });
                (revision, version)
            }
        };
        let meant = Meant::of_task_definition(&revision.task_definition);
        let images = self.request.what.images();
        let meant = images
            .iter()
            .fold(meant, |meant, (container, image)| {
                meant.with_image(container, image)
            })
            .with_task_definition(revision.arn.clone());
        let meant = match &version {
            Some(version) => meant.with_version(version.clone()),
            None => meant,
        };
        self.reader
            .ledger
            .know_version(revision.arn.clone(), version.clone());
        Ok(Target {
            revision,
            version,
            meant,
        })
    }
}
