//! Services.

use aws_sdk_ecs::types::Failure;
use serde_json::Value;

use super::limits::Class;
use super::opened::{Asked, MISSING, Opened, at_most, once, short};
use super::raw::RawJson;
use super::snapshot::snapshot;
use super::values::Unusable;
use crate::Result;
use crate::harmless::escaped;
use crate::ports::Page;
use crate::service::{ServiceAddress, ServiceLookup, ServiceSnapshot, ServiceUpdate};

/// ECS: `DescribeServices` takes at most 10 services.
const BATCH: usize = 10;

/// ECS: `ListServices` gives at most 100 a page.
const PAGE: i32 = 100;

impl Opened<'_> {
    pub(super) async fn describe_services(
        &self,
        cluster: &str,
        names: &[String],
    ) -> Result<Vec<ServiceLookup>> {
        at_most(BATCH, names.len(), "services")?;
        let asked = self.about_services("DescribeServices", cluster, names);
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let raw = RawJson::reading();
        let client = self.client(Class::ServiceRead).await;
        let output = client
            .describe_services()
            .cluster(cluster)
            .set_services(Some(names.to_vec()))
            .customize()
            .interceptor(raw.clone())
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        asked.only_missing(output.failures())?;
        let answer = raw.answer().unwrap_or_default();
        let answer = |name: &String| {
            let found = output
                .services()
                .iter()
                .find(|service| service.service_name() == Some(name.as_str()));
            if let Some(found) = found {
                let configuration = configuration_of(&answer, found.service_arn());
                let snapshot = snapshot(found, configuration);
                let snapshot = snapshot.map_err(|unusable| asked.unusable(unusable))?;
                return Ok(ServiceLookup::Found(Box::new(snapshot)));
            }
            missing(&asked, name, output.failures())
        };
        names.iter().map(answer).collect()
    }

    pub(super) async fn list_services(
        &self,
        cluster: &str,
        page: Option<&str>,
    ) -> Result<Page<String>> {
        let subject = format!("cluster {}", escaped(cluster));
        let asked = self.about("ListServices", subject, "*");
        let client = self.client(Class::ServiceRead).await;
        let output = client
            .list_services()
            .cluster(cluster)
            .max_results(PAGE)
            .set_next_token(page.map(str::to_owned))
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        let arns = output.service_arns().iter();
        Ok(Page {
            items: arns.map(|arn| short(arn).to_owned()).collect(),
            next: output.next_token().map(str::to_owned),
        })
    }

    pub(super) async fn update_service(
        &self,
        service: &ServiceAddress,
        update: &ServiceUpdate,
    ) -> Result<ServiceSnapshot> {
        let asked = self.about_service("UpdateService", service);
        let configuration = update.deployment_configuration.clone();
        // As JSON: it may have members that are newer than the SDK.
        let raw = configuration.map_or_else(RawJson::reading, |configuration| {
            RawJson::with_member("deploymentConfiguration", configuration)
        });
        let revision = update.task_definition.as_ref();
        let client = self.client(Class::ServiceModify).await;
        let output = client
            .update_service()
            .cluster(service.cluster())
            .service(service.service())
            .set_task_definition(revision.map(ToString::to_string))
            .set_force_new_deployment(update.force_new_deployment)
            .customize()
            .config_override(once())
            .interceptor(raw.clone())
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        let updated = output.service();
        let updated = updated.ok_or_else(|| asked.unusable(Unusable("service")))?;
        let mut answer = raw.answer().unwrap_or_default();
        let configuration = answer.pointer_mut("/service/deploymentConfiguration");
        snapshot(updated, configuration.map(Value::take))
            .map_err(|unusable| asked.unusable(unusable))
    }

    fn about_services(&self, operation: &'static str, cluster: &str, names: &[String]) -> Asked {
        let (subject, resource) = match names {
            [only] => (format!("service {}/{only}", short(cluster)), only.as_str()),
            _ => (format!("services of cluster {cluster}"), "*"),
        };
        let resource = format!("service/{}/{resource}", short(cluster));
        self.about(operation, escaped(&subject), &resource)
    }
}

/// What ECS says of a service that is not among those it found.
fn missing(asked: &Asked, name: &str, failures: &[Failure]) -> Result<ServiceLookup> {
    let named = |failure: &&Failure| failure.arn().is_some_and(|arn| short(arn) == name);
    if failures.iter().any(|failure| named(&failure)) {
        return Ok(ServiceLookup::Missing {
            reason: MISSING.to_owned(),
        });
    }
    Err(asked.unusable(Unusable("answer for each service")))
}

/// The deployment configuration of one service, as ECS wrote it.
fn configuration_of(answer: &Value, arn: Option<&str>) -> Option<Value> {
    let services = answer.get("services")?.as_array()?;
    let is_it = |service: &&Value| {
        service.get("serviceArn").and_then(Value::as_str) == arn && arn.is_some()
    };
    let service = services.iter().find(is_it)?;
    service.get("deploymentConfiguration").cloned()
}
