//! The operations of the ECS API, on the cluster in memory.

mod clusters;
mod deployments;
mod services;
mod task_definitions;
mod tasks;

use artifact_deploy::Result as PortResult;
use artifact_deploy::memory::MemoryCluster;
use artifact_deploy::ports::Page;
use artifact_deploy::service::ServiceAddress;
use serde_json::{Value, json};

use super::protocol::{Answer, Refusal};
use super::shape::name_of;

/// The answer of an operation.
pub(super) async fn answer(cluster: &MemoryCluster, operation: &str, input: &Value) -> Answer {
    match operation {
        "ContinueServiceDeployment" => deployments::go_on(cluster, input).await,
        "CreateService" => services::create(cluster, input).await,
        "DeregisterTaskDefinition" => task_definitions::deregister(cluster, input).await,
        "DescribeClusters" => clusters::describe(cluster, input).await,
        "DescribeServiceDeployments" => deployments::describe(cluster, input).await,
        "DescribeServiceRevisions" => deployments::revisions(cluster, input).await,
        "DescribeServices" => services::describe(cluster, input).await,
        "DescribeTaskDefinition" => task_definitions::describe(cluster, input).await,
        "DescribeTasks" => tasks::describe(cluster, input).await,
        "ListServiceDeployments" => deployments::list(cluster, input).await,
        "ListServices" => services::list(cluster, input).await,
        "ListTaskDefinitions" => task_definitions::list(cluster, input).await,
        "ListTasks" => tasks::list(cluster, input).await,
        "RegisterTaskDefinition" => task_definitions::register(cluster, input).await,
        "StopServiceDeployment" => deployments::stop(cluster, input).await,
        "StopTask" => tasks::stop(cluster, input).await,
        "UpdateService" => services::update(cluster, input).await,
        _ => Err(Refusal::unknown_operation()),
    }
}

/// The cluster that an input names by name or ARN; without one, `default`.
fn cluster_of(name: Option<&str>) -> &str {
    name.map_or("default", name_of)
}

/// The service that an input names, by name or ARN.
fn address(cluster: Option<&str>, service: &str) -> Result<ServiceAddress, Refusal> {
    Ok(ServiceAddress::new(cluster_of(cluster), name_of(service))?)
}

/// All pages of a list of the port.
async fn all<T, F>(ask: impl Fn(Option<String>) -> F) -> Result<Vec<T>, Refusal>
where
    F: Future<Output = PortResult<Page<T>>>,
{
    let (mut items, mut next) = (Vec::new(), None);
    loop {
        let page = ask(next).await?;
        items.extend(page.items);
        next = page.next;
        if next.is_none() {
            return Ok(items);
        }
    }
}

/// What could not be found of what was asked for.
fn failures<'a>(missing: impl Iterator<Item = &'a str>) -> Value {
    let failures = missing.map(|arn| json!({ "arn": arn, "reason": "MISSING" }));
    failures.collect()
}
