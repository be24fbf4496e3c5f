//! A cluster from JSON.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::behaviour::{Behaviour, Check};
use super::fault::ControlFault;
use super::memory_cluster::MemoryCluster;
use super::pace::Pace;
use super::pull::PullFailure;
use crate::memory::MemoryRegistry;
use crate::{Error, ErrorKind, Result};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClusterForm {
    #[serde(default)]
    clusters: Vec<String>,
    #[serde(default)]
    task_definitions: Vec<Value>,
    #[serde(default)]
    services: Vec<Value>,
    #[serde(default)]
    behaviours: Vec<BehaviourForm>,
    #[serde(default)]
    failing_hooks: Vec<String>,
    #[serde(default)]
    alarms: Vec<String>,
    #[serde(default)]
    faults: Vec<ControlFault>,
    #[serde(default)]
    pace: Option<Pace>,
    #[serde(default)]
    faster: Option<u32>,
    #[serde(default)]
    time: Option<DateTime<Utc>>,
    #[serde(default)]
    page_size: Option<usize>,
    #[serde(default)]
    platform_digests: bool,
    #[serde(default = "yes")]
    service_deployments: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "a behaviour as an object"
)]
struct BehaviourForm {
    image: String,
    behaviour: Kind,
    #[serde(default)]
    exit_code: Option<i32>,
    #[serde(default)]
    after_seconds: Option<f64>,
    #[serde(default)]
    check: Option<Check>,
    #[serde(default)]
    pull: Option<PullFailure>,
    #[serde(default)]
    tasks: Option<u32>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Healthy,
    SlowStart,
    CrashLoop,
    OutOfMemory,
    NeverHealthy,
    SecretsUnreadable,
    CannotPull,
    CannotStart,
}

pub(super) fn read(registry: MemoryRegistry, json: &Value) -> Result<MemoryCluster> {
    if !json.is_object() {
        return Err(invalid("cannot be read: it is not an object"));
    }
    let form = ClusterForm::deserialize(json)
        .map_err(|error| invalid(&format!("cannot be read: {error}")))?;
    let cluster = MemoryCluster::new(registry);
    let pace = form.pace.unwrap_or_default();
    cluster.set_pace(form.faster.map_or(pace, |factor| pace.faster(factor)));
    if let Some(time) = form.time {
        cluster.set_time(time);
    }
    if let Some(items) = form.page_size {
        cluster.set_page_size(items);
    }
    if form.platform_digests {
        cluster.report_platform_digests();
    }
    if !form.service_deployments {
        cluster.without_service_deployments();
    }
    for rule in &form.behaviours {
        rule.apply(&cluster)?;
    }
    form.failing_hooks
        .iter()
        .for_each(|hook| cluster.fail_hook(hook));
    form.alarms
        .iter()
        .for_each(|alarm| cluster.sound_alarm(alarm));
    form.clusters
        .iter()
        .for_each(|name| cluster.create_cluster(name));
    for document in &form.task_definitions {
        cluster.add_task_definition(document)?;
    }
    for mut document in form.services {
        let steady = document
            .as_object_mut()
            .and_then(|members| members.shift_remove("steady"));
        if steady == Some(Value::Bool(true)) {
            cluster.create_steady_service(&document)?;
        } else {
            cluster.create_service(&document)?;
        }
    }
    for fault in form.faults {
        cluster.inject(fault);
    }
    Ok(cluster)
}

/// One member of `behaviours`.
pub(super) fn read_behaviour(cluster: &MemoryCluster, json: &Value) -> Result<()> {
    BehaviourForm::deserialize(json)
        .map_err(|error| invalid(&format!("cannot read a behaviour: {error}")))?
        .apply(cluster)
}

impl BehaviourForm {
    fn apply(&self, cluster: &MemoryCluster) -> Result<()> {
        let behaviour = self.read()?;
        match self.tasks {
            Some(tasks) => cluster.behave_for(tasks, &self.image, behaviour),
            None => cluster.behave(&self.image, behaviour),
        }
        Ok(())
    }

    fn read(&self) -> Result<Behaviour> {
        let after = self
            .after_seconds
            .map(|seconds| {
                Duration::try_from_secs_f64(seconds)
                    .ok()
                    .filter(|after| *after <= Duration::from_hours(24))
                    .ok_or_else(|| invalid("has an \"afterSeconds\" that is not within a day"))
            })
            .transpose()?;
        Ok(match self.behaviour {
            Kind::Healthy => Behaviour::Healthy,
            Kind::SlowStart => Behaviour::SlowStart(after.unwrap_or(Duration::from_mins(1))),
            Kind::CrashLoop => Behaviour::CrashLoop {
                exit_code: self.exit_code.unwrap_or(1),
                after,
            },
            Kind::OutOfMemory => Behaviour::OutOfMemory,
            Kind::NeverHealthy => Behaviour::NeverHealthy(self.check.unwrap_or(Check::Container)),
            Kind::SecretsUnreadable => Behaviour::SecretsUnreadable,
            Kind::CannotPull => Behaviour::CannotPull(self.pull.unwrap_or_default()),
            Kind::CannotStart => Behaviour::CannotStart,
        })
    }
}

fn invalid(why: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument, format!("memory cluster {why}"))
}
