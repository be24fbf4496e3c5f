//! Deploying, watching and proving.

use std::sync::Arc;

use artifact_deploy::ErrorKind;
use artifact_deploy::gate::{Gate, Policy};
use artifact_deploy::ports::{ImageRegistry, ServiceControl};
use artifact_deploy::rollout::probe::HttpProbe;
use artifact_deploy::rollout::{
    DeployOptions, DeployRequest, Deployer, EvidenceRecord, VerifiedImages, What, verify_revision,
};
use artifact_deploy::service::{ServiceAddress, TaskDefinitionArn};
use artifact_deploy::{Error, Result as CoreResult};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::PyString;
use pyo3::{PyTypeInfo, type_hint_identifier, type_hint_union};

use super::{PyDeploymentEvent, PyEvidenceRecord};
use crate::argument::Text;
use crate::control::{Control, ControlArgument, TargetsArgument};
use crate::failure::Result;
use crate::job::{Job, Reporter};
use crate::json::ObjectArgument;
use crate::registry::RegistryArgument;
use crate::task_definition::PyRenderedTaskDefinition;

/// What a service is to run, as scripts name it.
pub(crate) enum WhatArgument {
    /// A document with verified images in it.
    Rendered(Box<What>),
    /// A revision that is registered, whose images still have to pass the gate.
    Revision(TaskDefinitionArn),
}

impl<'py> FromPyObject<'_, 'py> for WhatArgument {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        <PyRenderedTaskDefinition as PyTypeInfo>::TYPE_HINT,
        type_hint_identifier!("builtins", "str")
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(rendered) = value.cast::<PyRenderedTaskDefinition>() {
            return Ok(Self::Rendered(Box::new(rendered.get().0.clone().into())));
        }
        let text = value.cast::<PyString>()?;
        let arn = text.to_cow()?.parse().map_err(crate::failure::raise)?;
        Ok(Self::Revision(arn))
    }
}

impl WhatArgument {
    /// What it stands for; the images of a revision pass the gate here.
    pub(super) async fn verified(
        self,
        control: &dyn ServiceControl,
        registry: &dyn ImageRegistry,
    ) -> CoreResult<What> {
        match self {
            Self::Rendered(what) => Ok(*what),
            Self::Revision(arn) => {
                let revision = control.describe_task_definition(arn.as_str()).await?;
                let gate = Gate::new(Policy::new());
                let images: VerifiedImages =
                    verify_revision(registry, &gate, &revision, &[]).await?;
                Ok(What::Revision {
                    task_definition: revision.arn,
                    images,
                })
            }
        }
    }
}

/// What all calls take that deploy.
pub(super) struct Rollout {
    pub(super) control: Control,
    pub(super) registry: Arc<dyn ImageRegistry>,
    targets: Option<crate::control::Targets>,
    pub(super) options: DeployOptions,
}

impl Rollout {
    pub(super) fn new(
        control: Option<ControlArgument<'_>>,
        registry: Option<RegistryArgument<'_>>,
        targets: Option<TargetsArgument<'_>>,
        options: ObjectArgument,
    ) -> Result<Self> {
        let options = options.read(ErrorKind::InvalidArgument, "the options of the deployment")?;
        Ok(Self {
            control: ControlArgument::or_default(control)?,
            registry: RegistryArgument::or_default(registry)?,
            targets: targets.map(|targets| targets.share()),
            options: DeployOptions::from_json(&options)?,
        })
    }

    /// The deployer of one call; events go to whoever waits for that call.
    pub(super) fn deployer(&self, reporter: Reporter) -> CoreResult<Deployer> {
        let mut deployer = self
            .options
            .deployer(Deployer::new(Arc::clone(&self.control)))
            .on_event(move |event| {
                let event = PyDeploymentEvent::now(event.clone());
                reporter.report(|py| Ok(Bound::new(py, event)?.into_any()));
            });
        if let Some(targets) = &self.targets {
            deployer = deployer.targets(Arc::clone(targets));
        }
        if let Some(probe) = self.options.probe() {
            deployer = deployer.probing(Arc::new(HttpProbe::new()?), probe.clone());
        }
        Ok(deployer)
    }
}

/// The call behind `deploy`.
#[pyfunction]
#[pyo3(signature = (service, what, control, registry, targets, options, check))]
pub(crate) fn deploy(
    service: Text<ServiceAddress>,
    what: WhatArgument,
    control: Option<ControlArgument>,
    registry: Option<RegistryArgument>,
    targets: Option<TargetsArgument>,
    options: ObjectArgument,
    check: bool,
) -> Result<Job> {
    let rollout = Rollout::new(control, registry, targets, options)?;
    let work = move |reporter| async move {
        let what = what.verified(&*rollout.control, &*rollout.registry).await?;
        let request = rollout.options.request(DeployRequest::new(service.0, what));
        let record = rollout.deployer(reporter)?.deploy(&request).await?;
        finish(record, check)
    };
    Ok(Job::new(work, |py, record| {
        Ok(Bound::new(py, PyEvidenceRecord(record))?.into_any())
    }))
}

/// With `check`, everything but success is an error.
pub(super) fn finish(record: EvidenceRecord, check: bool) -> Result<EvidenceRecord, Error> {
    if check {
        record.require_completed()
    } else {
        Ok(record)
    }
}
