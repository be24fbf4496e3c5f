//! Task definitions.

use artifact_deploy::memory::MemoryCluster;
use artifact_deploy::ports::{RegisteredTaskDefinition, ServiceControl as _};
use artifact_deploy::task_definition::TaskDefinition;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::all;
use crate::wire::input::read;
use crate::wire::paging::{Size, page};
use crate::wire::protocol::{Answer, Refusal, now};

/// What ECS writes and takes from nobody. Source: the members of `TaskDefinition` that
/// `RegisterTaskDefinitionRequest` has not.
const OUTPUT_ONLY: [&str; 9] = [
    "compatibilities",
    "deleteRequestedAt",
    "deregisteredAt",
    "registeredAt",
    "registeredBy",
    "requiresAttributes",
    "revision",
    "status",
    "taskDefinitionArn",
];

pub(super) async fn register(cluster: &MemoryCluster, input: &Value) -> Answer {
    let members = input.as_object().into_iter().flat_map(Map::keys);
    if let Some(member) = members
        .into_iter()
        .find(|name| OUTPUT_ONLY.contains(&name.as_str()))
    {
        let text = format!("unknown member {member}: only the service writes it");
        return Err(Refusal::new("SerializationException", text));
    }
    let document = TaskDefinition::from_value(input.clone());
    let document = document.map_err(|error| Refusal::new("ClientException", error.message()))?;
    let registered = cluster.register_task_definition(&document).await;
    Ok(answer(&registered?, true))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Describe {
    task_definition: String,
    include: Option<Vec<String>>,
}

pub(super) async fn describe(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: Describe = read(input)?;
    let include = asked.include.unwrap_or_default();
    if let Some(unknown) = include.iter().find(|what| *what != "TAGS") {
        return Err(Refusal::parameter(format!("Invalid include: {unknown}")));
    }
    let found = cluster.describe_task_definition(&asked.task_definition);
    Ok(answer(&found.await?, !include.is_empty()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Deregister {
    task_definition: String,
}

pub(super) async fn deregister(cluster: &MemoryCluster, input: &Value) -> Answer {
    let name = read::<Deregister>(input)?.task_definition;
    let id = name.rsplit('/').next().unwrap_or_default();
    if !id.contains(':') {
        return Err(Refusal::parameter("Task definition must have a revision."));
    }
    cluster.deregister_task_definition(&name)?;
    let found = cluster.describe_task_definition(&name).await;
    Ok(answer(&found?, false))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct List {
    family_prefix: Option<String>,
    status: Option<Status>,
    sort: Option<Sort>,
    #[serde(rename = "nextToken")]
    _next_token: Option<String>,
    #[serde(rename = "maxResults")]
    _max_results: Option<i64>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Active,
    Inactive,
    DeleteInProgress,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
enum Sort {
    Asc,
    Desc,
}

pub(super) async fn list(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: List = read(input)?;
    // ECS: the full name of one family.
    let Some(family) = &asked.family_prefix else {
        return Err(Refusal::parameter(
            "This stand-in lists one family: give familyPrefix.",
        ));
    };
    let arns = match asked.status.unwrap_or(Status::Active) {
        Status::Active => {
            let ask = |next: Option<String>| async move {
                cluster.list_task_definitions(family, next.as_deref()).await
            };
            all(ask).await?
        }
        Status::Inactive => cluster.inactive_task_definitions(family),
        Status::DeleteInProgress => Vec::new(),
    };
    let mut arns: Vec<String> = arns.iter().map(ToString::to_string).collect();
    if asked.sort.unwrap_or(Sort::Asc) == Sort::Asc {
        arns.reverse();
    }
    let size = Size {
        default: 100,
        most: 100,
    };
    let (arns, next) = page("ListTaskDefinitions", input, arns, String::as_str, size)?;
    let mut answer = json!({ "taskDefinitionArns": arns });
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

/// As DescribeTaskDefinition tells it: the tags beside the document, on request.
fn answer(registered: &RegisteredTaskDefinition, with_tags: bool) -> Value {
    let document = registered.task_definition.as_value();
    let mut members = document.as_object().cloned().unwrap_or_default();
    let tags = members.shift_remove("tags").unwrap_or_else(|| json!([]));
    members.insert("taskDefinitionArn".to_owned(), json!(registered.arn));
    members.insert("revision".to_owned(), json!(registered.arn.revision()));
    members.insert("status".to_owned(), json!(registered.status));
    members.insert("registeredAt".to_owned(), json!(now()));
    members.insert("compatibilities".to_owned(), json!(["EC2", "FARGATE"]));
    let mut answer = json!({ "taskDefinition": members });
    if with_tags {
        answer["tags"] = tags;
    }
    answer
}
