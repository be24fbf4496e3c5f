//! Task definitions: JSON all the way, past the types of the SDK.

use aws_sdk_ecs::types::{SortOrder, TaskDefinitionFamilyStatus, TaskDefinitionField};
use serde_json::{Value, json};

use super::limits::Class;
use super::opened::{Asked, Opened, once};
use super::raw::RawJson;
use super::values::{Unusable, revision};
use crate::Result;
use crate::harmless::escaped;
use crate::ports::{Page, RegisteredTaskDefinition};
use crate::service::TaskDefinitionArn;
use crate::task_definition::TaskDefinition;

/// ECS: `ListTaskDefinitions` gives at most 100 a page.
const PAGE: i32 = 100;

impl Opened<'_> {
    pub(super) async fn register_task_definition(
        &self,
        document: &TaskDefinition,
    ) -> Result<RegisteredTaskDefinition> {
        let family = escaped(document.family().unwrap_or("without a family"));
        let asked = self.about(
            "RegisterTaskDefinition",
            format!("task definition {family}"),
            &format!("task-definition/{family}:*"),
        );
        let raw = RawJson::with_body(document.to_json());
        let client = self.client(Class::TaskDefinitionModify).await;
        client
            .register_task_definition()
            .customize()
            .config_override(once())
            .interceptor(raw.clone())
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        registered(&asked, raw.answer())
    }

    pub(super) async fn describe_task_definition(
        &self,
        name: &str,
    ) -> Result<RegisteredTaskDefinition> {
        let subject = format!("task definition {}", escaped(name));
        // IAM knows no resource for it.
        let asked = self.about("DescribeTaskDefinition", subject, "*");
        let raw = RawJson::reading();
        let client = self.client(Class::TaskDefinitionRead).await;
        client
            .describe_task_definition()
            .task_definition(name)
            .include(TaskDefinitionField::Tags)
            .customize()
            .interceptor(raw.clone())
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        registered(&asked, raw.answer())
    }

    pub(super) async fn list_task_definitions(
        &self,
        family: &str,
        page: Option<&str>,
    ) -> Result<Page<TaskDefinitionArn>> {
        let subject = format!("task definitions of family {}", escaped(family));
        let asked = self.about("ListTaskDefinitions", subject, "*");
        let client = self.client(Class::TaskDefinitionRead).await;
        let output = client
            .list_task_definitions()
            .family_prefix(family)
            .status(TaskDefinitionFamilyStatus::Active.as_str().into())
            .sort(SortOrder::Desc)
            .max_results(PAGE)
            .set_next_token(page.map(str::to_owned))
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        let mut items = Vec::new();
        for arn in output.task_definition_arns() {
            let arn = revision(Some(arn), "taskDefinitionArns[]");
            let arn = arn.map_err(|unusable| asked.unusable(unusable))?;
            // ECS takes the prefix for the whole family; an emulator may not.
            if arn.family() == family {
                items.push(arn);
            }
        }
        Ok(Page {
            items,
            next: output.next_token().map(str::to_owned),
        })
    }
}

/// The revision in the JSON of an answer, with the tags that stand beside it.
fn registered(asked: &Asked, answer: Option<Value>) -> Result<RegisteredTaskDefinition> {
    let unusable = |member| asked.unusable(Unusable(member));
    let mut answer = answer.ok_or_else(|| unusable("body"))?;
    let mut member = |name: &str| answer.get_mut(name).map(Value::take).unwrap_or_default();
    let (document, tags) = (member("taskDefinition"), member("tags"));
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let arn = revision(
        text("taskDefinitionArn"),
        "taskDefinition.taskDefinitionArn",
    )
    .map_err(|unusable| asked.unusable(unusable))?;
    let status = text("status").unwrap_or("ACTIVE").to_owned();
    let wrapped = json!({ "taskDefinition": document, "tags": tags });
    Ok(RegisteredTaskDefinition {
        arn,
        status,
        task_definition: TaskDefinition::from_value(wrapped)
            .map_err(|error| unusable("taskDefinition").with_source(error))?,
    })
}
