use artifact_deploy::ErrorKind;
use serde_json::{Value, json};

#[test]
fn error_codes() {
    super::check("error_codes", |operation, _input| match operation {
        "error_codes" => Ok(Value::Array(
            ErrorKind::ALL
                .iter()
                .map(|kind| json!({ "code": kind.code(), "retryable": kind.is_retryable() }))
                .collect(),
        )),
        other => panic!("no operation {other}"),
    });
}
