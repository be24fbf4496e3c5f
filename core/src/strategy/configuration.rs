//! The deployment configuration.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::cdk::CdkProperties;
use super::check;
use super::circuit_breaker::CircuitBreaker;
use super::cloud_formation::cloud_formation;
use super::failure::{Alarms, EarlySuccess};
use super::hook::LifecycleHook;
use super::kind::{Canary, Linear, Strategy};
use super::number;
use super::schema::DEPLOYMENT_CONFIGURATION;
use crate::document::{self, Node, Problem, Problems, check_shape, check_spelling, parse_strictly};
use crate::{Error, ErrorKind, Result};

const WHAT: &str = "the deployment configuration";

/// How a service is deployed (ECS: `DeploymentConfiguration`).
///
/// What is not said stays as the service has it, or is as ECS does it by default. JSON: as ECS writes
/// it. Members that this library does not know are carried on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeploymentConfiguration {
    pub(super) strategy: Option<Strategy>,
    pub(super) common: Common,
}

/// What every strategy has, with the names of ECS.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Common {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::optional")]
    pub(super) minimum_healthy_percent: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::optional")]
    pub(super) maximum_percent: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::optional")]
    pub(super) bake_time_in_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deployment_circuit_breaker: Option<CircuitBreaker>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) alarms: Option<Alarms>,
    /// Absent and empty differ: empty removes those that are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lifecycle_hooks: Option<Vec<LifecycleHook>>,
    #[serde(flatten)]
    pub(super) other: Map<String, Value>,
}

/// What the strategies have each for itself.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    canary_configuration: Option<Canary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    linear_configuration: Option<Linear>,
    #[serde(skip_serializing_if = "Option::is_none")]
    early_success_criteria: Option<EarlySuccess>,
    #[serde(flatten)]
    common: Common,
}

impl DeploymentConfiguration {
    /// Nothing said yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads JSON text as ECS writes it.
    ///
    /// # Errors
    /// `InvalidDeploymentConfiguration`, as [`from_ecs`](Self::from_ecs), and with `{"line", "column",
    /// "pointer"}` in the details for text that is not JSON.
    pub fn parse(text: &str) -> Result<Self> {
        let kind = ErrorKind::InvalidDeploymentConfiguration;
        Self::from_ecs(parse_strictly(text, kind, WHAT)?)
    }

    /// Reads it as ECS writes it, in a service or in a request.
    ///
    /// Judges only what it could not hold: types, what is required, and members that belong to another
    /// strategy. The rest is for [`check`](Self::check).
    ///
    /// # Errors
    /// `InvalidDeploymentConfiguration` with `{"problems": […]}`.
    pub fn from_ecs(value: Value) -> Result<Self> {
        let mut problems = Problems::default();
        let root = Node::root(&value);
        check_shape(&root, DEPLOYMENT_CONFIGURATION, &mut problems);
        let names = DEPLOYMENT_CONFIGURATION.iter().map(|member| member.name);
        check_spelling(&root, names, &mut problems);
        check::representable(&root, &mut problems);
        let problems = problems.into_list();
        if !problems.is_empty() {
            return Err(refusal(&problems));
        }
        let wire: Wire = serde_json::from_value(value).map_err(|error| {
            Error::new(
                ErrorKind::InvalidDeploymentConfiguration,
                format!("{WHAT} cannot be read: {error}"),
            )
        })?;
        Ok(wire.into())
    }

    /// Sets the strategy.
    pub fn strategy(mut self, strategy: Strategy) -> Self {
        self.strategy = Some(strategy);
        self
    }

    /// Sets how many tasks must go on running in a rolling deployment, in percent of the desired count,
    /// rounded up. Without it 100.
    pub fn minimum_healthy_percent(mut self, percent: u32) -> Self {
        self.common.minimum_healthy_percent = Some(percent);
        self
    }

    /// Sets how many tasks may run or start in a rolling deployment, in percent of the desired count,
    /// rounded down. Without it 200.
    pub fn maximum_percent(mut self, percent: u32) -> Self {
        self.common.maximum_percent = Some(percent);
        self
    }

    /// Sets how long old and new tasks run side by side after all traffic has moved. Blue/green
    /// requires it.
    pub fn bake_time_in_minutes(mut self, minutes: u32) -> Self {
        self.common.bake_time_in_minutes = Some(minutes);
        self
    }

    /// Sets the circuit breaker.
    pub fn circuit_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.common.deployment_circuit_breaker = Some(breaker);
        self
    }

    /// Sets the alarms.
    pub fn alarms(mut self, alarms: Alarms) -> Self {
        self.common.alarms = Some(alarms);
        self
    }

    /// Sets the hooks; none removes those that are there.
    pub fn lifecycle_hooks(mut self, hooks: impl IntoIterator<Item = LifecycleHook>) -> Self {
        self.common.lifecycle_hooks = Some(hooks.into_iter().collect());
        self
    }

    /// The strategy, where it is said.
    pub fn chosen_strategy(&self) -> Option<&Strategy> {
        self.strategy.as_ref()
    }

    /// The hooks.
    pub fn hooks(&self) -> &[LifecycleHook] {
        self.common.lifecycle_hooks.as_deref().unwrap_or_default()
    }

    /// Refuses what ECS would refuse, and what could never be carried out with so many tasks: ECS
    /// accepts percentages that let it neither stop nor start a task, and hangs.
    ///
    /// Percentages that are not said count as ECS takes them by default.
    ///
    /// # Errors
    /// `InvalidDeploymentConfiguration` with `{"problems": […]}`, all of them, the arithmetic in words.
    pub fn check(&self, desired_count: u32) -> Result<()> {
        let problems = self.problems(desired_count);
        if problems.is_empty() {
            return Ok(());
        }
        Err(refusal(&problems))
    }

    /// All that [`check`](Self::check) refuses; empty when nothing is wrong.
    pub fn problems(&self, desired_count: u32) -> Vec<Problem> {
        check::problems(&self.to_ecs(), desired_count)
    }

    /// The JSON that UpdateService and CreateService take as `deploymentConfiguration`.
    pub fn to_ecs(&self) -> Value {
        // Nothing in it can fail to become JSON: texts, numbers, flags and JSON itself.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The properties that CloudFormation takes as `AWS::ECS::Service` `DeploymentConfiguration`.
    pub fn to_cloud_formation(&self) -> Value {
        cloud_formation(&self.to_ecs())
    }

    /// The properties that the CDK construct `FargateService` takes, and what it has none for.
    pub fn to_cdk(&self) -> CdkProperties {
        CdkProperties::of(self)
    }
}

fn refusal(problems: &[Problem]) -> Error {
    let kind = ErrorKind::InvalidDeploymentConfiguration;
    document::refusal(kind, WHAT, "that keep it from working", problems)
}

impl Wire {
    /// Of a strategy that is not known, nobody knows which members it has: what came goes on.
    fn carry_on(&mut self) {
        let known = [
            None,
            Some("ROLLING"),
            Some("BLUE_GREEN"),
            Some("CANARY"),
            Some("LINEAR"),
        ];
        if known.contains(&self.strategy.as_deref()) {
            return;
        }
        for (name, member) in [
            (
                "canaryConfiguration",
                self.canary_configuration.take().map(|it| json!(it)),
            ),
            (
                "linearConfiguration",
                self.linear_configuration.take().map(|it| json!(it)),
            ),
            (
                "earlySuccessCriteria",
                self.early_success_criteria.take().map(|it| json!(it)),
            ),
        ] {
            if let Some(member) = member {
                self.common.other.insert(name.to_owned(), member);
            }
        }
    }
}

impl From<Wire> for DeploymentConfiguration {
    fn from(mut wire: Wire) -> Self {
        wire.carry_on();
        let early_success = wire.early_success_criteria;
        let strategy = match wire.strategy.as_deref() {
            None if early_success.is_none() => None,
            None | Some("ROLLING") => Some(Strategy::Rolling { early_success }),
            Some("BLUE_GREEN") => Some(Strategy::BlueGreen),
            Some("CANARY") => Some(Strategy::Canary(
                wire.canary_configuration.unwrap_or_default(),
            )),
            Some("LINEAR") => Some(Strategy::Linear(
                wire.linear_configuration.unwrap_or_default(),
            )),
            Some(name) => Some(Strategy::Other(name.to_owned())),
        };
        Self {
            strategy,
            common: wire.common,
        }
    }
}

impl From<DeploymentConfiguration> for Wire {
    fn from(configuration: DeploymentConfiguration) -> Self {
        let mut wire = Self {
            strategy: configuration
                .strategy
                .as_ref()
                .map(|strategy| strategy.name().to_owned()),
            common: configuration.common,
            ..Self::default()
        };
        match configuration.strategy {
            Some(Strategy::Rolling { early_success }) => {
                wire.early_success_criteria = early_success;
            }
            // Empty, it says no more than the strategy.
            Some(Strategy::Canary(canary)) if canary != Canary::new() => {
                wire.canary_configuration = Some(canary);
            }
            Some(Strategy::Linear(linear)) if linear != Linear::new() => {
                wire.linear_configuration = Some(linear);
            }
            _ => {}
        }
        wire
    }
}

impl Serialize for DeploymentConfiguration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DeploymentConfiguration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_ecs(value).map_err(|error| D::Error::custom(error.message()))
    }
}
