//! The dry run: what a deployment would do.

mod markdown;
mod text;

use std::time::Duration;

use serde::{Serialize, Serializer};

use super::drive::{
    FIRST_READ, Found, Patience, Stop, find_revision, find_target, look_for, read_service,
    require_deployable, require_possible, told_to_run,
};
use super::guard::{OrderCheck, check};
use super::{
    ConfigurationChange, DeployRequest, DeployedVersion, Deployer, ImageRecord, Intent, Until,
    configuration, default_timeout, version_of,
};
use crate::Result;
use crate::gate::Wait;
use crate::ports::RegisteredTaskDefinition;
use crate::service::{ServiceAddress, ServiceSnapshot, TaskDefinitionArn};
use crate::task_definition::{TaskDefinition, TaskDefinitionDiff};
use crate::version::Version;

/// What a deployment would do, as things are now. Making it changes nothing.
///
/// JSON: `{"service", "intent", "until", "version"?, "current": {…}, "taskDefinition": {"family",
/// "arn"?, "registers"}, "order": {"order", …}, "changes"?: [{"path", "before"?, "after"?}],
/// "deploymentConfiguration": [{"path", "before"?, "after"}], "images": [{"container", "reference",
/// "digest", "children", "report"}], "registers", "updates", "restarts", "timeoutSeconds"}`. `changes`
/// has the values as they are, which may be secret; [`to_text`](Self::to_text) and
/// [`to_markdown`](Self::to_markdown) hide what looks so.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    service: ServiceAddress,
    intent: Intent,
    until: Until,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    current: DeployedVersion,
    task_definition: PlannedRevision,
    order: OrderCheck,
    #[serde(
        rename = "changes",
        serialize_with = "changes",
        skip_serializing_if = "Option::is_none"
    )]
    diff: Option<TaskDefinitionDiff>,
    deployment_configuration: Vec<ConfigurationChange>,
    images: Vec<ImageRecord>,
    registers: bool,
    updates: bool,
    restarts: bool,
    #[serde(rename = "timeoutSeconds", serialize_with = "seconds")]
    timeout: Duration,
    #[serde(skip)]
    gated: Vec<(String, String)>,
}

/// The revision that would be deployed.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct PlannedRevision {
    family: String,
    /// Absent where it would have to be registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<TaskDefinitionArn>,
}

impl Deployer {
    /// What [`deploy`](Self::deploy) would do, as things are now. It reads, and changes nothing.
    ///
    /// # Errors
    /// What would keep it from deploying: those of [`deploy`](Self::deploy), without a record, and
    /// `DeadlineExceeded`.
    pub async fn plan(&self, request: &DeployRequest) -> Result<Plan> {
        let wait = self.wait.unwrap_or(Wait::for_up_to(FIRST_READ));
        let patience = Patience::new(wait, self.teller.clone());
        make(self, request, &patience)
            .await
            .map_err(Stop::into_error)
    }
}

async fn make(
    deployer: &Deployer,
    request: &DeployRequest,
    patience: &Patience,
) -> Result<Plan, Stop> {
    let control = deployer.control.as_ref();
    let wanted = request.deployment_configuration.as_ref();
    let service = patience
        .read(|| read_service(control, &request.service))
        .await?;
    require_deployable(&request.service, &service)?;
    require_possible(&service, wanted)?;
    let current = match told_to_run(&service) {
        Some(arn) => {
            let read = patience.read(|| find_revision(control, arn.as_str()));
            read.await?
        }
        None => None,
    };
    let found = find_target(control, patience, request, current.as_ref()).await?;
    let order = check(request, found.version(), &service, current.as_ref());
    let arn = match &found {
        Found::Revision { revision, .. } => Some(revision.arn.clone()),
        Found::Document { registration, .. } => {
            let look = look_for(control, patience, registration, current.as_ref(), 0);
            look.await?.0.map(|revision| revision.arn)
        }
    };
    let timeout = deployer
        .wait
        .map_or_else(|| default_timeout(&service, wanted), |wait| wait.timeout());
    let gives_way = matches!(order, OrderCheck::GivesWay { .. });
    let touches = deployer.until > Until::Registered && !gives_way;
    let same = arn.is_some() && arn.as_ref() == told_to_run(&service);
    let configuration = wanted.map_or_else(Vec::new, |wanted| {
        configuration::changes(service.deployment_configuration.as_ref(), wanted)
    });
    let restarts = touches && same && request.force_new_deployment;
    Ok(Plan {
        service: request.service.clone(),
        intent: request.intent,
        until: deployer.until,
        version: found.version().cloned(),
        current: described(&service, current.as_ref()),
        registers: arn.is_none() && !(gives_way && deployer.until > Until::Registered),
        updates: touches && (!same || restarts || !configuration.is_empty()),
        restarts,
        task_definition: PlannedRevision {
            family: found.document().family().unwrap_or_default().to_owned(),
            arn,
        },
        order,
        diff: current.as_ref().map(|current| {
            let content = |document: &TaskDefinition| document.with_own_tags(&[]);
            TaskDefinition::diff(
                &content(&current.task_definition),
                &content(found.document()),
            )
        }),
        deployment_configuration: configuration,
        images: request
            .what
            .images()
            .into_iter()
            .map(|(container, image)| ImageRecord::new(container, image))
            .collect(),
        gated: request
            .what
            .images()
            .into_iter()
            .map(|(container, image)| (container.to_owned(), image.reference()))
            .collect(),
        timeout,
    })
}

fn described(
    service: &ServiceSnapshot,
    current: Option<&RegisteredTaskDefinition>,
) -> DeployedVersion {
    DeployedVersion {
        deployment_id: service.primary().map(|primary| primary.id.clone()),
        task_definition: told_to_run(service).cloned(),
        version: current.and_then(version_of),
    }
}

impl Plan {
    /// Whether a revision would be registered.
    pub fn registers(&self) -> bool {
        self.registers
    }

    /// Whether the service would be told anything.
    pub fn updates(&self) -> bool {
        self.updates
    }

    /// Whether nothing would be changed at all.
    pub fn changes_nothing(&self) -> bool {
        !self.registers && !self.updates
    }

    /// What the order guard says.
    pub fn order(&self) -> &OrderCheck {
        &self.order
    }

    /// What differs from the task definition that the service runs; `None` where it runs none.
    pub fn task_definition_diff(&self) -> Option<&TaskDefinitionDiff> {
        self.diff.as_ref()
    }

    /// What differs from how the service is deployed now.
    pub fn configuration_changes(&self) -> &[ConfigurationChange] {
        &self.deployment_configuration
    }

    /// What would be done, step by step, in sentences.
    fn steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        let family = &self.task_definition.family;
        let name = match &self.task_definition.arn {
            Some(arn) => arn.short(),
            None => format!("a new revision of {family}"),
        };
        if let OrderCheck::GivesWay { by } = &self.order
            && self.until > Until::Registered
        {
            return vec![format!("give way: {by} is in place, and newer")];
        }
        steps.push(if self.registers {
            format!("register {name}")
        } else {
            format!("register nothing: {name} has this content")
        });
        if self.until == Until::Registered {
            return steps;
        }
        steps.push(if self.restarts {
            format!("start all tasks of {name} anew")
        } else if !self.updates {
            format!("tell the service nothing: it runs {name} already")
        } else if self.task_definition.arn.is_some()
            && self.task_definition.arn == self.current.task_definition
        {
            "change how the service is deployed".to_owned()
        } else {
            format!(
                "tell the service to run {name} in place of {}",
                self.current
            )
        });
        match self.until {
            Until::Registered | Until::Deployed => {}
            Until::Stable => {
                steps.push("wait until ECS calls the deployment successful".to_owned());
            }
            Until::Verified => {
                steps.push("wait until every running task is proven to run it".to_owned());
            }
        }
        if self.until > Until::Deployed {
            let minutes = self.timeout.as_secs_f64() / 60.0;
            steps.push(format!("give up after {minutes:.1} minutes"));
        }
        steps
    }
}

#[allow(
    clippy::ref_option,
    reason = "serde hands over a reference to the field"
)]
fn changes<S: Serializer>(
    diff: &Option<TaskDefinitionDiff>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match diff {
        Some(diff) => serializer.collect_seq(diff.changes()),
        None => serializer.serialize_none(),
    }
}

fn seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}
