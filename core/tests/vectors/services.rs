use artifact_deploy::Result;
use artifact_deploy::service::{DocumentDiff, ServiceDocument, ServiceSpec};
use serde_json::{Value, json};

#[test]
fn services() {
    super::check("services", |operation, input| match operation {
        "parse" => {
            let text = input["text"].as_str().unwrap();
            Ok(ServiceDocument::parse(text)?.to_json().into())
        }
        "validate" => Ok(json!(read(&input["service"])?.validate())),
        "render" => {
            let changes = ServiceSpec::from_value(input["changes"].clone())?;
            Ok(json!(read(&input["service"])?.render(&changes)?))
        }
        "diff" => Ok(json!(diff(input)?)),
        "diff_text" => Ok(diff(input)?.to_string().into()),
        "update" => Ok(json!(
            read(&input["wanted"])?.update(&read(&input["live"])?)
        )),
        other => panic!("no operation {other}"),
    });
}

fn read(json: &Value) -> Result<ServiceDocument> {
    ServiceDocument::from_value(json.clone())
}

fn diff(input: &Value) -> Result<DocumentDiff> {
    let before = read(&input["before"])?;
    Ok(ServiceDocument::diff(&before, &read(&input["after"])?))
}
