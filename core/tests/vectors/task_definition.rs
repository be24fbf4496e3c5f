use artifact_deploy::Result;
use artifact_deploy::gate::{Gate, ImageQuery, Policy, VerifiedImage};
use artifact_deploy::memory::MemoryRegistry;
use artifact_deploy::task_definition::{
    RenderSpec, RenderedTaskDefinition, TaskDefinition, TaskDefinitionDiff,
};
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
        "render" => Ok(json!(render(input)?)),
        "registration_json" => Ok(render(input)?.registration_json().into()),
        other => panic!("no operation {other}"),
    });
}

fn read(json: &Value) -> Result<TaskDefinition> {
    TaskDefinition::from_value(json.clone())
}

fn diff(input: &Value) -> Result<TaskDefinitionDiff> {
    let before = read(&input["before"])?;
    let after = read(&input["after"])?;
    Ok(TaskDefinition::diff(&before, &after))
}

fn render(input: &Value) -> Result<RenderedTaskDefinition> {
    let mut spec = RenderSpec::from_value(input["changes"].clone())?;
    for image in input["images"].as_array().unwrap() {
        let verified = resolve(&input["registry"], &image["query"])?;
        spec = spec.with_image(image["container"].as_str(), verified);
    }
    read(&input["template"])?.render(&spec)
}

fn resolve(registry: &Value, query: &Value) -> Result<VerifiedImage> {
    let registry = MemoryRegistry::from_json(registry)?;
    let query = ImageQuery::from_json(query)?;
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap()
        .block_on(Gate::new(Policy::default()).resolve(&registry, &query))
}
