use artifact_deploy::Result;
use artifact_deploy::strategy::DeploymentConfiguration;
use serde_json::{Value, json};

#[test]
fn strategies() {
    super::check("strategies", |operation, input| match operation {
        "parse" => Ok(DeploymentConfiguration::parse(input["text"].as_str().unwrap())?.to_ecs()),
        "to_ecs" => Ok(read(input)?.to_ecs()),
        "problems" => Ok(json!(read(input)?.problems(desired_count(input)))),
        "check" => Ok(json!(read(input)?.check(desired_count(input))?)),
        "to_cloud_formation" => Ok(read(input)?.to_cloud_formation()),
        "to_cdk" => Ok(json!(read(input)?.to_cdk())),
        other => panic!("no operation {other}"),
    });
}

fn read(input: &Value) -> Result<DeploymentConfiguration> {
    DeploymentConfiguration::from_ecs(input["configuration"].clone())
}

fn desired_count(input: &Value) -> u32 {
    input["desiredCount"].as_u64().unwrap().try_into().unwrap()
}
