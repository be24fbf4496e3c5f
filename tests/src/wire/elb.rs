//! The `ELBv2` API: AWS Query in, XML out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use artifact_deploy::ports::TargetGroups;
use bytes::Bytes;
use hyper::Response;
use serde_json::{Value, json};

use super::protocol::{Refusal, request_id};

const NAMESPACE: &str = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";

/// The operation and the parameters of a form.
pub(super) fn read(body: &Bytes) -> (String, Value) {
    let mut form: BTreeMap<Cow<'_, str>, Cow<'_, str>> = form_urlencoded::parse(body).collect();
    form.remove("Version");
    let operation = form.remove("Action").unwrap_or_default().into_owned();
    (operation, json!(form))
}

/// The answer of an operation.
pub(super) async fn answer(
    groups: &dyn TargetGroups,
    operation: &str,
    input: &Value,
) -> Response<Bytes> {
    let answer = match operation {
        "DescribeTargetHealth" => target_health(groups, input).await,
        _ => Err(Refusal::new(
            "InvalidAction",
            format!("Could not find operation {operation} for version 2015-12-01"),
        )),
    };
    match answer {
        Ok(result) => {
            let id = request_id();
            respond(
                200,
                &format!(
                    "<{operation}Response xmlns=\"{NAMESPACE}\"><{operation}Result>{result}\
                     </{operation}Result><ResponseMetadata><RequestId>{id}</RequestId>\
                     </ResponseMetadata></{operation}Response>"
                ),
            )
        }
        Err(refusal) => error(refusal.status, &refusal.code, &refusal.message),
    }
}

/// An error as AWS Query has it.
pub(super) fn error(status: u16, code: &str, message: &str) -> Response<Bytes> {
    let side = if status < 500 { "Sender" } else { "Receiver" };
    let (code, message, id) = (escaped(code), escaped(message), request_id());
    respond(
        status,
        &format!(
            "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{side}</Type><Code>{code}</Code>\
             <Message>{message}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>"
        ),
    )
}

async fn target_health(groups: &dyn TargetGroups, input: &Value) -> Result<String, Refusal> {
    if let Some(unknown) = input
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
        .find(|name| *name != "TargetGroupArn")
    {
        let text = format!("{unknown} is not understood by this stand-in");
        return Err(Refusal::new("ValidationError", text));
    }
    let Some(group) = input["TargetGroupArn"].as_str() else {
        let text = "A target group ARN must be specified";
        return Err(Refusal::new("ValidationError", text));
    };
    let targets = groups.target_health(group).await;
    let mut members = String::new();
    for target in targets? {
        let state = json!(target.state);
        let port = target.port.map(|port| port.to_string());
        let health = [
            element("State", state.as_str()),
            element("Reason", target.reason.as_deref()),
            element("Description", target.description.as_deref()),
        ];
        let _ = write!(
            members,
            "<member><Target>{}{}</Target>{}<TargetHealth>{}</TargetHealth></member>",
            element("Id", Some(&target.id)),
            element("Port", port.as_deref()),
            element("HealthCheckPort", port.as_deref()),
            health.concat(),
        );
    }
    Ok(format!(
        "<TargetHealthDescriptions>{members}</TargetHealthDescriptions>"
    ))
}

fn element(name: &str, text: Option<&str>) -> String {
    text.map_or_else(String::new, |text| {
        format!("<{name}>{}</{name}>", escaped(text))
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn respond(status: u16, xml: &str) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("content-type", "text/xml")
        .header("x-amzn-requestid", request_id())
        .body(Bytes::from(xml.to_owned()))
        .expect("a valid answer")
}

#[cfg(test)]
mod tests {
    use artifact_deploy::service::{TargetHealth, TargetState};
    use artifact_deploy::{Error, ErrorKind, Result};
    use async_trait::async_trait;

    use super::*;

    struct One;

    #[async_trait]
    impl TargetGroups for One {
        async fn target_health(&self, arn: &str) -> Result<Vec<TargetHealth>> {
            if arn != "arn:one" {
                return Err(Error::new(ErrorKind::TargetGroupNotFound, "no such group"));
            }
            Ok(vec![TargetHealth {
                id: "10.0.0.1".to_owned(),
                port: Some(8080),
                state: TargetState::UnhealthyDraining,
                reason: None,
                description: Some("a < b & c".to_owned()),
            }])
        }
    }

    async fn ask(form: &'static str) -> (u16, String) {
        let (operation, input) = read(&Bytes::from(form));
        let answer = answer(&One, &operation, &input).await;
        let text = String::from_utf8(answer.body().to_vec()).unwrap();
        (answer.status().as_u16(), text)
    }

    #[tokio::test]
    async fn health_is_told_in_xml_that_text_cannot_break() {
        let (status, text) =
            ask("Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=arn%3Aone").await;
        assert_eq!(status, 200);
        assert!(text.contains("<State>unhealthy.draining</State>"), "{text}");
        assert!(text.contains("a &lt; b &amp; c"), "{text}");
    }

    #[tokio::test]
    async fn refusals_have_the_codes_of_the_service() {
        for (form, code) in [
            (
                "Action=DescribeTargetHealth&TargetGroupArn=x",
                "TargetGroupNotFound",
            ),
            ("Action=DescribeTargetHealth", "ValidationError"),
            (
                "Action=DescribeTargetHealth&TargetGroupArn=arn:one&Other=1",
                "ValidationError",
            ),
            ("Action=DescribeRules", "InvalidAction"),
        ] {
            let (status, text) = ask(form).await;
            assert_eq!(status, 400, "{form}");
            assert!(text.contains(&format!("<Code>{code}</Code>")), "{text}");
        }
    }
}
