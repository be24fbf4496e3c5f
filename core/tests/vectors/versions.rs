use artifact_deploy::image::RepositoryAddress;
use artifact_deploy::metadata::BuildMetadata;
use artifact_deploy::version::{Environment, RepositoryLayout, Run, Version};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Outcome;

#[test]
fn versions() {
    super::check("versions", |operation, input| match operation {
        "environment" => Ok(json!(text(input).parse::<Environment>()?)),
        "environment_from_branch" => Ok(json!(Environment::from_branch(text(input))?)),
        "environment_for_pull_request" => {
            let number = input.as_u64().expect("a number");
            Ok(json!(Environment::for_pull_request(number)?))
        }
        "version" => version(input),
        "parse_version" => Ok(json!(text(input).parse::<Version>()?)),
        "parse_tag_of" => {
            let environment = text(&input["environment"]).parse()?;
            let version = Version::parse_tag_of(&environment, text(&input["tag"]))?;
            Ok(json!(version))
        }
        "sort" => sort(input),
        "newest" => {
            let environment = text(&input["environment"]).parse()?;
            let tags: Vec<String> = read(&input["tags"]);
            let layout = input.get("layout").map(read).unwrap_or_default();
            Ok(json!(RepositoryLayout::newest(layout, &environment, tags)))
        }
        "alias" => {
            let layout: RepositoryLayout = read(&input["layout"]);
            Ok(json!(layout.alias(&text(&input["environment"]).parse()?)))
        }
        "locate" => locate(input),
        "identify" => identify(input),
        other => panic!("no operation {other}"),
    });
}

fn version(input: &Value) -> Outcome {
    let metadata: BuildMetadata = read(&input["metadata"]);
    let mut version = Version::new(text(&input["environment"]).parse()?, &metadata)?;
    if let Some(release) = input.get("release") {
        version = version.with_release(text(release).parse()?)?;
    }
    match input.get("run") {
        None => {}
        Some(Value::String(_)) => version = version.with_run_of(&metadata)?,
        Some(run) => {
            version = version.with_run(Run::new(read(&run["id"]), read(&run["attempt"]))?)?;
        }
    }
    Ok(json!(version))
}

fn sort(input: &Value) -> Outcome {
    let mut versions = read::<Vec<String>>(input)
        .iter()
        .map(|text| text.parse())
        .collect::<Result<Vec<Version>, _>>()?;
    versions.sort();
    Ok(versions.iter().map(ToString::to_string).collect())
}

fn locate(input: &Value) -> Outcome {
    let layout: RepositoryLayout = read(&input["layout"]);
    let base: RepositoryAddress = read(&input["repository"]);
    let version = text(&input["version"]).parse()?;
    let (repository, tag) = layout.locate(&base, &version)?;
    Ok(json!({ "repository": repository, "tag": tag }))
}

fn identify(input: &Value) -> Outcome {
    let layout: RepositoryLayout = read(&input["layout"]);
    let repository: RepositoryAddress = read(&input["repository"]);
    let tag = text(&input["tag"]).parse()?;
    let (base, version) = layout.identify(&repository, &tag)?;
    Ok(json!({ "repository": base, "version": version.to_string() }))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("the documented input")
}
