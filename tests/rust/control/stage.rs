//! What the tests set up, and wait for.

use std::time::Duration;

use artifact_deploy::ports::Page;
use artifact_deploy::service::{
    ServiceAddress, ServiceDeployment, ServiceDeploymentStatus, ServiceLookup, ServiceSnapshot,
    ServiceUpdate, TaskDefinitionArn,
};
use artifact_deploy::{Error, Result};
use serde::Serialize;
use serde_json::{Value, json};

use crate::places::Place;

pub(crate) const GROUP: &str =
    "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/73e2d6bc24d8a067";

/// A task definition that runs `my/app` at a tag.
pub(crate) fn document(tag: &str) -> Value {
    let image = format!("123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app:{tag}");
    json!({
        "family": "web",
        "containerDefinitions": [{ "name": "web", "image": image, "essential": true }],
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
    })
}

impl Place {
    /// Behind the port: a revision that runs `my/app` at a tag.
    pub(crate) fn revision(&self, tag: &str) -> TaskDefinitionArn {
        self.cluster
            .add_task_definition(&document(tag))
            .unwrap()
            .arn
    }

    /// Behind the port: a service of the cluster `main` that runs `v1` and is deployed already.
    pub(crate) fn steady(&self, name: &str, more: &Value) -> ServiceAddress {
        let mut service = json!({
            "cluster": "main",
            "serviceName": name,
            "taskDefinition": self.revision("v1"),
            "desiredCount": 2,
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            service[name] = value.clone();
        }
        self.cluster.create_steady_service(&service).unwrap();
        ServiceAddress::new("main", name).unwrap()
    }

    /// Through the port: deploys a revision of `my/app` at a tag.
    pub(crate) async fn deploy(&self, service: &ServiceAddress, tag: &str) -> ServiceSnapshot {
        let update = ServiceUpdate {
            task_definition: Some(self.revision(tag)),
            ..ServiceUpdate::default()
        };
        self.control.update_service(service, &update).await.unwrap()
    }

    /// Through the port: the service.
    pub(crate) async fn service(&self, service: &ServiceAddress) -> ServiceSnapshot {
        let names = [service.service().to_owned()];
        let found = self.control.describe_services(service.cluster(), &names);
        match found.await.unwrap().pop().unwrap() {
            ServiceLookup::Found(snapshot) => *snapshot,
            ServiceLookup::Missing { reason } => panic!("{service}: {reason}"),
        }
    }

    /// Through the port: the latest service deployment, in full.
    pub(crate) async fn latest(&self, service: &ServiceAddress) -> ServiceDeployment {
        let listed = self.control.list_service_deployments(service, None).await;
        let arn = listed.unwrap().items[0].arn.clone();
        let found = self.control.describe_service_deployments(&[arn]).await;
        found.unwrap().pop().unwrap()
    }

    /// Through the port: the latest service deployment at its end.
    pub(crate) async fn ended(&self, service: &ServiceAddress) -> ServiceDeployment {
        until(async || {
            let latest = self.latest(service).await;
            latest.status.is_terminal().then_some(latest)
        })
        .await
    }

    /// Through the port: the latest service deployment, which ended well.
    pub(crate) async fn deployed(&self, service: &ServiceAddress) -> ServiceDeployment {
        let ended = self.ended(service).await;
        assert_eq!(
            ended.status,
            ServiceDeploymentStatus::Successful,
            "{ended:?}"
        );
        ended
    }
}

/// What `look` gives, once it gives something.
pub(crate) async fn until<T>(look: impl AsyncFn() -> Option<T>) -> T {
    let seek = async {
        loop {
            match look().await {
                Some(found) => return found,
                None => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    };
    let found = tokio::time::timeout(Duration::from_secs(20), seek).await;
    found.expect("it takes too long")
}

/// All pages of a list.
pub(crate) async fn all<T>(ask: impl AsyncFn(Option<&str>) -> Result<Page<T>>) -> Vec<Vec<T>> {
    let (mut pages, mut next) = (Vec::new(), None);
    loop {
        let page = ask(next.as_deref()).await.unwrap();
        pages.push(page.items);
        next = page.next;
        if next.is_none() {
            return pages;
        }
    }
}

/// As JSON, but for what no wire carries: parts of milliseconds, and the stage of a hook.
pub(crate) fn plain(value: &impl Serialize) -> Value {
    let mut value = json!(value);
    prune(&mut value);
    value
}

fn prune(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| name != "stage");
            for (name, member) in members {
                match member {
                    Value::String(time) if name.ends_with("At") => time.truncate(19),
                    other => prune(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}

/// What went wrong.
pub(crate) fn refused<T>(result: Result<T>) -> Error {
    result.err().expect("it must not go well")
}
