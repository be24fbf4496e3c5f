//! New services.

use std::collections::VecDeque;

use serde_json::Value;
use tokio::time::Instant;

use super::configuration::Configuration;
use super::definition::Definitions;
use super::refusal::invalid_parameter;
use super::service::Service;
use super::world::{MARK, World, hex_id};
use crate::Result;
use crate::service::{LoadBalancer, ServiceAddress};

impl Service {
    /// A service as CreateService takes it.
    pub(super) fn create(
        document: &Value,
        definitions: &Definitions,
        world: &mut World,
        now: Instant,
    ) -> Result<Self> {
        let text = |member: &str| document[member].as_str();
        let cluster = text("cluster").unwrap_or("default");
        let cluster = cluster.rsplit('/').next().unwrap_or(cluster);
        let name = text("serviceName")
            .ok_or_else(|| invalid_parameter("ServiceName should not be null or empty."))?;
        ServiceAddress::new(cluster, name)?;
        let definition = text("taskDefinition")
            .ok_or_else(|| invalid_parameter("TaskDefinition should not be null or empty."))?;
        let definition = definitions.active(definition)?;
        let configuration_json = document.get("deploymentConfiguration").cloned();
        let number = |member: &str| {
            let number = document[member].as_u64();
            number.and_then(|number| u32::try_from(number).ok())
        };
        let controller = document
            .pointer("/deploymentController/type")
            .and_then(Value::as_str);
        let mut service = Self {
            cluster: cluster.to_owned(),
            name: name.to_owned(),
            status: "ACTIVE",
            controller: controller.unwrap_or("ECS").to_owned(),
            configuration: Configuration::read(configuration_json.as_ref())?,
            configuration_json,
            desired: number("desiredCount").unwrap_or(1),
            load_balancers: load_balancers(&document["loadBalancers"]),
            grace_seconds: number("healthCheckGracePeriodSeconds"),
            definition: definition.clone(),
            rollouts: Vec::new(),
            revisions: Vec::new(),
            records: Vec::new(),
            tasks: Vec::new(),
            events: VecDeque::new(),
            created: now,
            serial: 0,
            mark: hex_id(&format!("{cluster}/{name}"))
                .chars()
                .take(MARK)
                .collect(),
            completed: None,
            retry: None,
            steady: false,
            before: None,
        };
        service.deploy(definition, now, world);
        Ok(service)
    }
}

fn load_balancers(value: &Value) -> Vec<LoadBalancer> {
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    list.iter()
        .map(|one| LoadBalancer {
            target_group_arn: one["targetGroupArn"].as_str().map(str::to_owned),
            alternate_target_group_arn: one
                .pointer("/advancedConfiguration/alternateTargetGroupArn")
                .and_then(Value::as_str)
                .map(str::to_owned),
            container_name: one["containerName"].as_str().map(str::to_owned),
            container_port: one["containerPort"]
                .as_u64()
                .and_then(|port| u16::try_from(port).ok()),
        })
        .collect()
}
