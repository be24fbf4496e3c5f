//! Services.

use artifact_deploy::memory::MemoryCluster;
use artifact_deploy::ports::ServiceControl as _;
use artifact_deploy::service::{ServiceLookup, ServiceSnapshot, ServiceUpdate};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{address, all, cluster_of, failures};
use crate::wire::input::{bounded, read};
use crate::wire::paging::{Size, page};
use crate::wire::protocol::{Answer, Refusal};
use crate::wire::shape::{name_of, shaped};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Describe {
    cluster: Option<String>,
    services: Vec<String>,
    // Tags of services are not kept.
    #[serde(rename = "include")]
    _include: Option<Vec<String>>,
}

pub(super) async fn describe(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: Describe = read(input)?;
    bounded(&asked.services, "Services", 10)?;
    let name = cluster_of(asked.cluster.as_deref());
    let names = asked
        .services
        .iter()
        .map(|service| name_of(service).to_owned());
    let names: Vec<String> = names.collect();
    let found = cluster.describe_services(name, &names).await;
    let (mut services, mut missing) = (Vec::new(), Vec::new());
    for (lookup, asked) in found?.into_iter().zip(&asked.services) {
        match lookup {
            ServiceLookup::Found(snapshot) => services.push(service(&snapshot)),
            ServiceLookup::Missing { .. } => missing.push(asked.as_str()),
        }
    }
    Ok(json!({ "services": services, "failures": failures(missing.into_iter()) }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct List {
    cluster: Option<String>,
    #[serde(rename = "nextToken")]
    _next_token: Option<String>,
    #[serde(rename = "maxResults")]
    _max_results: Option<i64>,
}

pub(super) async fn list(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: List = read(input)?;
    let name = cluster_of(asked.cluster.as_deref());
    let names =
        all(|next| async move { cluster.list_services(name, next.as_deref()).await }).await?;
    let place = cluster.arn(&format!("service/{name}"));
    let arns = names.iter().map(|service| format!("{place}/{service}"));
    let size = Size {
        default: 10,
        most: 100,
    };
    let (arns, next) = page("ListServices", input, arns.collect(), String::as_str, size)?;
    let mut answer = json!({ "serviceArns": arns });
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

/// What a service has that nothing here follows from. Source: `CreateServiceRequest`.
const WITHOUT_EFFECT: [&str; 19] = [
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "gatewayConnectors",
    "launchType",
    "monitoring",
    "networkConfiguration",
    "placementConstraints",
    "placementStrategy",
    "platformVersion",
    "propagateTags",
    "role",
    "schedulingStrategy",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "tags",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Create {
    cluster: Option<String>,
    service_name: String,
    #[serde(rename = "taskDefinition")]
    _task_definition: Option<String>,
    #[serde(rename = "clientToken")]
    _client_token: Option<String>,
    #[serde(rename = "desiredCount")]
    _desired_count: Option<u32>,
    #[serde(rename = "deploymentConfiguration")]
    _deployment_configuration: Option<Map<String, Value>>,
    #[serde(rename = "deploymentController")]
    _deployment_controller: Option<Map<String, Value>>,
    #[serde(rename = "healthCheckGracePeriodSeconds")]
    _health_check_grace_period_seconds: Option<u32>,
    #[serde(rename = "loadBalancers")]
    _load_balancers: Option<Vec<Value>>,
}

pub(super) async fn create(cluster: &MemoryCluster, input: &Value) -> Answer {
    let mut known = input.clone();
    if let Some(members) = known.as_object_mut() {
        members.retain(|name, _| !WITHOUT_EFFECT.contains(&name.as_str()));
    }
    let asked: Create = read(&known)?;
    let address = address(asked.cluster.as_deref(), &asked.service_name)?;
    // Fails where there is no cluster.
    cluster.list_services(address.cluster(), None).await?;
    let there = cluster.service(&address);
    if there.is_ok_and(|service| service.status != "INACTIVE") {
        return Err(Refusal::parameter(
            "Creation of service was not idempotent.",
        ));
    }
    let snapshot = cluster.create_service(input)?;
    Ok(json!({ "service": service(&snapshot) }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Update {
    cluster: Option<String>,
    service: String,
    task_definition: Option<String>,
    force_new_deployment: Option<bool>,
    deployment_configuration: Option<Value>,
    desired_count: Option<u32>,
}

pub(super) async fn update(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: Update = read(input)?;
    let address = address(asked.cluster.as_deref(), &asked.service)?;
    let task_definition = match &asked.task_definition {
        // A family is its latest active revision at this moment.
        Some(name) => Some(cluster.describe_task_definition(name).await?.arn),
        None => None,
    };
    let update = ServiceUpdate {
        task_definition,
        force_new_deployment: asked.force_new_deployment,
        deployment_configuration: asked.deployment_configuration,
    };
    let snapshot = cluster.update_service(&address, &update).await;
    let mut snapshot = snapshot?;
    if let Some(count) = asked.desired_count {
        cluster.set_desired_count(&address, count)?;
        snapshot = cluster.service(&address)?;
    }
    Ok(json!({ "service": service(&snapshot) }))
}

/// As DescribeServices tells it.
fn service(snapshot: &ServiceSnapshot) -> Value {
    let mut members = shaped(snapshot);
    let controller = json!({ "type": snapshot.deployment_controller });
    members.insert("deploymentController".to_owned(), controller);
    members.insert("launchType".to_owned(), json!("FARGATE"));
    members.insert("schedulingStrategy".to_owned(), json!("REPLICA"));
    // The times of the configuration are none of the service's.
    let configuration = snapshot.deployment_configuration.clone();
    if let Some(configuration) = configuration {
        members.insert("deploymentConfiguration".to_owned(), configuration);
    }
    for balancer in members["loadBalancers"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        advanced(balancer);
    }
    Value::Object(members)
}

/// The other target group has a place of its own on the wire.
fn advanced(balancer: &mut Value) {
    let Some(members) = balancer.as_object_mut() else {
        return;
    };
    if let Some(arn) = members.remove("alternateTargetGroupArn") {
        let mut advanced = Map::new();
        advanced.insert("alternateTargetGroupArn".to_owned(), arn);
        members.insert("advancedConfiguration".to_owned(), Value::Object(advanced));
    }
}
