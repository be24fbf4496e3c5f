#![cfg(feature = "memory")]

use std::collections::BTreeMap;

use artifact_deploy::Error;
use artifact_deploy::gate::{
    Gate, ImageQuery, Policy, Wait, default_tag, publication, require_all,
};
use artifact_deploy::memory::MemoryRegistry;
use serde_json::{Value, json};

use super::Outcome;

#[test]
fn gate() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    super::check("gate", |operation, input| {
        runtime.block_on(run(operation, input))
    });
}

async fn run(operation: &str, input: &Value) -> Outcome {
    match operation {
        "inspect" => Ok(json(inspect(input).await?)),
        "inspect_text" => Ok(inspect(input).await?.to_text().into()),
        "inspect_markdown" => Ok(inspect(input).await?.to_markdown().into()),
        "resolve" => {
            let (registry, gate) = (registry(input)?, gate_of(input)?);
            let query = ImageQuery::from_json(&input["query"])?;
            Ok(json(gate.resolve(&registry, &query).await?))
        }
        "resolve_all" => {
            let (registry, gate) = (registry(input)?, gate_of(input)?);
            let queries = queries(input)?;
            let outcomes = gate.resolve_all(&registry, &queries).await;
            Ok(outcomes
                .into_iter()
                .map(|outcome| match outcome {
                    Ok(image) => json!({ "reference": image.reference() }),
                    Err(error) => json!({ "code": error.code() }),
                })
                .collect())
        }
        "require_all" => {
            let (registry, gate) = (registry(input)?, gate_of(input)?);
            let queries = queries(input)?;
            let outcomes = gate.resolve_all(&registry, &queries).await;
            let images = require_all(&queries, outcomes)?;
            Ok(images
                .iter()
                .map(|image| Value::from(image.reference()))
                .collect())
        }
        "publication" => {
            let text = |key: &str| input[key].as_str();
            let digest = text("digest").map(str::parse).transpose()?;
            let address = text("repository").unwrap().parse()?;
            let tag = text("tag").unwrap().parse()?;
            let registry = registry(input)?;
            Ok(json(
                publication(&registry, &address, &tag, digest.as_ref()).await?,
            ))
        }
        "default_tag" => {
            let variables: BTreeMap<String, String> =
                serde_json::from_value(input["variables"].clone()).unwrap();
            let environment = input["environment"].as_str().map(str::parse).transpose()?;
            Ok(json(default_tag(&variables, environment.as_ref())?))
        }
        other => panic!("no operation {other}"),
    }
}

async fn inspect(input: &Value) -> Result<artifact_deploy::gate::GateReport, Error> {
    let (registry, gate) = (registry(input)?, gate_of(input)?);
    let query = ImageQuery::from_json(&input["query"])?;
    gate.inspect(&registry, &query).await
}

fn registry(input: &Value) -> Result<MemoryRegistry, Error> {
    MemoryRegistry::from_json(&input["registry"])
}

fn gate_of(input: &Value) -> Result<Gate, Error> {
    let policy = input
        .get("policy")
        .map_or(Ok(Policy::new()), Policy::from_json)?;
    let gate = Gate::new(policy);
    match input.get("wait") {
        Some(wait) => Ok(gate.waiting(Wait::from_json(wait)?)),
        None => Ok(gate),
    }
}

fn queries(input: &Value) -> Result<Vec<ImageQuery>, Error> {
    input["queries"]
        .as_array()
        .unwrap()
        .iter()
        .map(ImageQuery::from_json)
        .collect()
}

fn json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}
