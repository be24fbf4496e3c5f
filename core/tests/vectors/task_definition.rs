use artifact_deploy::task_definition::TaskDefinition;
use serde_json::{Value, json};

#[test]
fn task_definition() {
    super::check("task_definition", |operation, input| match operation {
        "parse" => {
            let text = input["text"].as_str().unwrap();
            Ok(TaskDefinition::parse(text)?.to_json().into())
        }
        "validate" => Ok(json!(read(&input["taskDefinition"])?.validate())),
        "diff" => Ok(json!(diff(input)?)),
        "diff_text" => Ok(diff(input)?.to_string().into()),
        other => panic!("no operation {other}"),
    });
}

fn read(json: &Value) -> artifact_deploy::Result<TaskDefinition> {
    TaskDefinition::from_value(json.clone())
}

fn diff(
    input: &Value,
) -> artifact_deploy::Result<artifact_deploy::task_definition::TaskDefinitionDiff> {
    Ok(TaskDefinition::diff(
        &read(&input["before"])?,
        &read(&input["after"])?,
    ))
}
