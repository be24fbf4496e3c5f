//! Tasks.

use artifact_deploy::memory::MemoryCluster;
use artifact_deploy::ports::{ServiceControl as _, TaskState};
use artifact_deploy::service::Task;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{address, all, cluster_of, failures};
use crate::wire::input::{bounded, read};
use crate::wire::paging::{Size, page};
use crate::wire::protocol::{Answer, Refusal};
use crate::wire::shape::{name_of, shaped};

const HUNDRED: Size = Size {
    default: 100,
    most: 100,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct List {
    cluster: Option<String>,
    service_name: Option<String>,
    family: Option<String>,
    started_by: Option<String>,
    desired_status: Option<Desired>,
    launch_type: Option<String>,
    #[serde(rename = "nextToken")]
    _next_token: Option<String>,
    #[serde(rename = "maxResults")]
    _max_results: Option<i64>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Desired {
    Running,
    Pending,
    Stopped,
}

pub(super) async fn list(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: List = read(input)?;
    if asked.started_by.is_some() && (asked.service_name.is_some() || asked.family.is_some()) {
        return Err(Refusal::parameter("startedBy must be the only filter."));
    }
    let state = match asked.desired_status.unwrap_or(Desired::Running) {
        Desired::Running => TaskState::Running,
        Desired::Stopped => TaskState::Stopped,
        // ECS: a task never wants to be pending.
        Desired::Pending => return Ok(json!({ "taskArns": [] })),
    };
    let name = cluster_of(asked.cluster.as_deref());
    let mut arns = match &asked.service_name {
        Some(service) => of_service(cluster, asked.cluster.as_deref(), service, state).await?,
        None => of_cluster(cluster, name, state).await?,
    };
    if asked.launch_type.is_some_and(|launch| launch != "FARGATE") {
        arns.clear();
    }
    if asked.family.is_some() || asked.started_by.is_some() {
        let tasks = tasks(cluster, name, &arns).await?;
        let wanted = tasks.into_iter().filter(|task| {
            asked
                .family
                .as_ref()
                .is_none_or(|family| task.task_definition_arn.family() == family)
                && asked
                    .started_by
                    .as_ref()
                    .is_none_or(|by| task.started_by.as_ref() == Some(by))
        });
        arns = wanted.map(|task| task.task_arn).collect();
    }
    let (arns, next) = page("ListTasks", input, arns, String::as_str, HUNDRED)?;
    let mut answer = json!({ "taskArns": arns });
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

async fn of_service(
    cluster: &MemoryCluster,
    name: Option<&str>,
    service: &str,
    state: TaskState,
) -> Result<Vec<String>, Refusal> {
    let address = &address(name, service)?;
    all(|next| async move { cluster.list_tasks(address, state, next.as_deref()).await }).await
}

async fn of_cluster(
    cluster: &MemoryCluster,
    name: &str,
    state: TaskState,
) -> Result<Vec<String>, Refusal> {
    if state == TaskState::Running {
        return all(|next| async move { cluster.list_cluster_tasks(name, next.as_deref()).await })
            .await;
    }
    let services =
        all(|next| async move { cluster.list_services(name, next.as_deref()).await }).await?;
    let mut arns = Vec::new();
    for service in services {
        arns.extend(of_service(cluster, Some(name), &service, state).await?);
    }
    Ok(arns)
}

async fn tasks(cluster: &MemoryCluster, name: &str, arns: &[String]) -> Result<Vec<Task>, Refusal> {
    let mut tasks = Vec::new();
    for some in arns.chunks(100) {
        tasks.extend(cluster.describe_tasks(name, some).await?);
    }
    Ok(tasks)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Describe {
    cluster: Option<String>,
    tasks: Vec<String>,
    // Tags of tasks are not kept.
    #[serde(rename = "include")]
    _include: Option<Vec<String>>,
}

pub(super) async fn describe(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: Describe = read(input)?;
    bounded(&asked.tasks, "Tasks", 100)?;
    let name = cluster_of(asked.cluster.as_deref());
    let found = cluster.describe_tasks(name, &asked.tasks).await;
    let found = found?;
    let missing = asked.tasks.iter().map(String::as_str).filter(|asked| {
        !found
            .iter()
            .any(|task| name_of(&task.task_arn) == name_of(asked))
    });
    Ok(json!({
        "tasks": found.iter().map(task).collect::<Vec<_>>(),
        "failures": failures(missing),
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Stop {
    cluster: Option<String>,
    task: String,
    reason: Option<String>,
}

pub(super) async fn stop(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: Stop = read(input)?;
    let name = cluster_of(asked.cluster.as_deref());
    let reason = asked.reason.as_deref().unwrap_or("Task stopped by user");
    let arn = cluster.arn(&format!("task/{name}/{}", name_of(&asked.task)));
    cluster.stop_task(&arn, reason)?;
    let stopped = cluster.describe_tasks(name, &[arn]).await;
    match stopped?.first() {
        Some(stopped) => Ok(json!({ "task": task(stopped) })),
        None => Err(Refusal::parameter("The referenced task was not found.")),
    }
}

/// As DescribeTasks tells it.
fn task(task: &Task) -> Value {
    let mut members = shaped(task);
    let id = name_of(&task.task_arn);
    let place = task.task_arn.split(":task/").next().unwrap_or_default();
    let cluster = task.task_arn.rsplit('/').nth(1).unwrap_or_default();
    members.insert(
        "clusterArn".to_owned(),
        json!(format!("{place}:cluster/{cluster}")),
    );
    members.insert("launchType".to_owned(), json!("FARGATE"));
    members.insert("version".to_owned(), json!(1));
    let address = members.remove("privateIpv4Address");
    let attachment = format!("eni-{id}");
    if let Some(address) = &address {
        members.insert(
            "attachments".to_owned(),
            json!([{
                "id": attachment,
                "type": "ElasticNetworkInterface",
                "status": "ATTACHED",
                "details": [{ "name": "privateIPv4Address", "value": address }],
            }]),
        );
    }
    for container in members["containers"].as_array_mut().into_iter().flatten() {
        container["taskArn"] = json!(task.task_arn);
        let name = container["name"].as_str().unwrap_or_default();
        let arn = format!("{place}:container/{cluster}/{id}/{name}");
        container["containerArn"] = json!(arn);
        if let Some(address) = &address {
            container["networkInterfaces"] =
                json!([{ "attachmentId": attachment, "privateIpv4Address": address }]);
        }
    }
    Value::Object(members)
}
