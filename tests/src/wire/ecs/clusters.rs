//! Clusters.

use artifact_deploy::memory::MemoryCluster;
use artifact_deploy::ports::ServiceControl as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{all, failures};
use crate::wire::input::{bounded, read};
use crate::wire::protocol::Answer;
use crate::wire::shape::name_of;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Describe {
    clusters: Option<Vec<String>>,
    #[serde(rename = "include")]
    _include: Option<Vec<String>>,
}

pub(super) async fn describe(cluster: &MemoryCluster, input: &Value) -> Answer {
    let asked: Describe = read(input)?;
    let names = asked.clusters.unwrap_or_else(|| vec!["default".to_owned()]);
    bounded(&names, "Clusters", 100)?;
    let (mut clusters, mut missing) = (Vec::new(), Vec::new());
    for asked in &names {
        let name = name_of(asked);
        let services =
            all(|next| async move { cluster.list_services(name, next.as_deref()).await }).await;
        let Ok(services) = services else {
            missing.push(asked.as_str());
            continue;
        };
        let tasks =
            all(|next| async move { cluster.list_cluster_tasks(name, next.as_deref()).await })
                .await?;
        clusters.push(json!({
            "clusterArn": cluster.arn(&format!("cluster/{name}")),
            "clusterName": name,
            "status": "ACTIVE",
            "activeServicesCount": services.len(),
            "runningTasksCount": tasks.len(),
            "pendingTasksCount": 0,
            "registeredContainerInstancesCount": 0,
        }));
    }
    Ok(json!({ "clusters": clusters, "failures": failures(missing.into_iter()) }))
}
