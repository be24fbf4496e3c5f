//! Service deployments and service revisions.

use artifact_deploy::memory::MemoryCluster;
use artifact_deploy::ports::ServiceControl as _;
use artifact_deploy::service::{HookAction, ServiceDeployment, ServiceRevision};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{address, all, failures};
use crate::wire::input::{bounded, read};
use crate::wire::paging::{Size, page};
use crate::wire::protocol::{Answer, Refusal};
use crate::wire::shape::{owners, rename, shaped};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct List {
    service: String,
    cluster: Option<String>,
    status: Option<Vec<String>>,
    created_at: Option<Created>,
    #[serde(rename = "nextToken")]
    _next_token: Option<String>,
    #[serde(rename = "maxResults")]
    _max_results: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Created {
    before: Option<f64>,
    after: Option<f64>,
}

pub(super) async fn list(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: List = read(input)?;
    let address = &address(asked.cluster.as_deref(), &asked.service)?;
    let deployments = all(|next| async move {
        cluster
            .list_service_deployments(address, next.as_deref())
            .await
    })
    .await?;
    let created = asked.created_at;
    let briefs = deployments.iter().map(brief).filter(|brief| {
        let status = brief["status"].as_str().unwrap_or_default();
        let at = brief["createdAt"].as_f64().unwrap_or_default();
        let wanted = asked.status.as_ref();
        wanted.is_none_or(|wanted| wanted.iter().any(|one| one == status))
            && created.as_ref().is_none_or(|created| {
                created.before.is_none_or(|before| at < before)
                    && created.after.is_none_or(|after| at > after)
            })
    });
    let size = Size {
        default: 20,
        most: 100,
    };
    let key = |brief: &Value| {
        brief["serviceDeploymentArn"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let keyed = briefs.map(|brief| (key(&brief), brief)).collect();
    let (items, next) = page("ListServiceDeployments", input, keyed, |(key, _)| key, size)?;
    let items: Vec<Value> = items.into_iter().map(|(_, brief)| brief).collect();
    let mut answer = json!({ "serviceDeployments": items });
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Describe {
    service_deployment_arns: Vec<String>,
}

pub(super) async fn describe(cluster: &MemoryCluster, input: &Value) -> Answer {
    let arns = read::<Describe>(input)?.service_deployment_arns;
    bounded(&arns, "Service deployment ARNs", 20)?;
    let found = cluster.describe_service_deployments(&arns).await;
    let found = found?;
    let missing = arns
        .iter()
        .filter(|arn| !found.iter().any(|deployment| deployment.arn == **arn));
    Ok(json!({
        "serviceDeployments": found.iter().map(whole).collect::<Vec<_>>(),
        "failures": failures(missing.map(String::as_str)),
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Revisions {
    service_revision_arns: Vec<String>,
}

pub(super) async fn revisions(cluster: &MemoryCluster, input: &Value) -> Answer {
    let arns = read::<Revisions>(input)?.service_revision_arns;
    bounded(&arns, "Service revision ARNs", 20)?;
    let found = cluster.describe_service_revisions(&arns).await;
    let found = found?;
    let missing = arns
        .iter()
        .filter(|arn| !found.iter().any(|revision| revision.arn == **arn));
    Ok(json!({
        "serviceRevisions": found.iter().map(revision).collect::<Vec<_>>(),
        "failures": failures(missing.map(String::as_str)),
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Stop {
    service_deployment_arn: String,
    stop_type: Option<String>,
}

pub(super) async fn stop(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: Stop = read(input)?;
    // The model has ABORT too; its words name ROLLBACK alone.
    if asked.stop_type.is_some_and(|stop| stop != "ROLLBACK") {
        return Err(Refusal::parameter(
            "The valid value of stopType is ROLLBACK.",
        ));
    }
    let arn = asked.service_deployment_arn;
    cluster.stop_service_deployment(&arn).await?;
    Ok(json!({ "serviceDeploymentArn": arn }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GoOn {
    service_deployment_arn: String,
    hook_id: String,
    action: Option<HookAction>,
}

pub(super) async fn go_on(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: GoOn = read(input)?;
    let arn = asked.service_deployment_arn;
    let action = asked.action.unwrap_or(HookAction::Continue);
    cluster
        .continue_service_deployment(&arn, &asked.hook_id, action)
        .await?;
    Ok(json!({ "serviceDeploymentArn": arn }))
}

/// As ListServiceDeployments tells it.
fn brief(deployment: &ServiceDeployment) -> Value {
    let mut members = shaped(deployment);
    members.retain(|name, _| {
        let kept = [
            "arn",
            "createdAt",
            "finishedAt",
            "startedAt",
            "status",
            "statusReason",
            "targetServiceRevision",
        ];
        kept.contains(&name.as_str())
    });
    rename(
        &mut members,
        "targetServiceRevision",
        "targetServiceRevisionArn",
    );
    rename(&mut members, "arn", "serviceDeploymentArn");
    let (service, cluster) = owners(&deployment.arn);
    members.insert("serviceArn".to_owned(), json!(service));
    members.insert("clusterArn".to_owned(), json!(cluster));
    Value::Object(members)
}

/// As DescribeServiceDeployments tells it.
fn whole(deployment: &ServiceDeployment) -> Value {
    let mut members = shaped(deployment);
    let hooks = members.remove("lifecycleHooks").unwrap_or_default();
    let hooks = hooks.as_array().into_iter().flatten().map(|hook| {
        let mut hook = hook.clone();
        if let Some(members) = hook.as_object_mut() {
            // The stage is told for the deployment alone.
            members.remove("stage");
            members.insert("targetType".to_owned(), json!("PAUSE"));
        }
        hook
    });
    let hooks: Vec<Value> = hooks.collect();
    if !hooks.is_empty() {
        members.insert("lifecycleHookDetails".to_owned(), json!(hooks));
    }
    members.insert(
        "targetServiceRevision".to_owned(),
        json!({ "arn": deployment.target_service_revision }),
    );
    rename(&mut members, "circuitBreaker", "deploymentCircuitBreaker");
    rename(&mut members, "arn", "serviceDeploymentArn");
    let (service, cluster) = owners(&deployment.arn);
    members.insert("serviceArn".to_owned(), json!(service));
    members.insert("clusterArn".to_owned(), json!(cluster));
    Value::Object(members)
}

fn revision(revision: &ServiceRevision) -> Value {
    let mut members = shaped(revision);
    rename(&mut members, "arn", "serviceRevisionArn");
    let (service, cluster) = owners(&revision.arn);
    members.insert("serviceArn".to_owned(), json!(service));
    members.insert("clusterArn".to_owned(), json!(cluster));
    members.insert("launchType".to_owned(), json!("FARGATE"));
    Value::Object(members)
}
