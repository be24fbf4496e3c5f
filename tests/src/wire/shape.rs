//! What the port says, in the shapes of the ECS API.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A value of the port, with its times as AWS JSON has them.
pub(super) fn shaped(value: &impl Serialize) -> Map<String, Value> {
    let mut value = serde_json::to_value(value).expect("it is JSON");
    times(&mut value);
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

/// A time as AWS JSON has it: seconds with a fraction.
pub(super) fn epoch(time: DateTime<Utc>) -> Value {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of this century are exact"
    )]
    let seconds = time.timestamp_millis() as f64 / 1000.0;
    json!(seconds)
}

/// Every member of ECS that is a time ends in `At`.
fn times(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let time = name.ends_with("At").then(|| member.as_str()).flatten();
                match time.and_then(|text| text.parse().ok()) {
                    Some(time) => *member = epoch(time),
                    None => times(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(times),
        _ => {}
    }
}

/// Gives a member another name.
pub(super) fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = members.remove(from) {
        members.insert(to.to_owned(), value);
    }
}

/// The ARNs of the service and of its cluster, out of that of a service deployment or revision
/// (`arn:aws:ecs:REGION:ACCOUNT:service-deployment/CLUSTER/SERVICE/ID`).
pub(super) fn owners(arn: &str) -> (String, String) {
    let mut fields = arn.splitn(6, ':');
    let place: Vec<&str> = fields.by_ref().take(5).collect();
    let place = place.join(":");
    let resource: Vec<&str> = fields.next().unwrap_or_default().split('/').collect();
    let (cluster, service) = match resource.as_slice() {
        [_, cluster, service, ..] => (*cluster, *service),
        _ => ("", ""),
    };
    (
        format!("{place}:service/{cluster}/{service}"),
        format!("{place}:cluster/{cluster}"),
    )
}

/// The last part of an ARN or path; a name is its own.
pub(super) fn name_of(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds_with_a_fraction() {
        let mut value = json!({
            "createdAt": "2025-08-20T12:45:00.500Z",
            "deployments": [{ "updatedAt": "2025-08-20T12:45:00Z", "status": "2025-08-20T12:45:00Z" }],
        });
        times(&mut value);
        assert_eq!(value["createdAt"], 1_755_693_900.5);
        assert_eq!(value["deployments"][0]["updatedAt"], 1_755_693_900.0);
        assert!(value["deployments"][0]["status"].is_string());
    }

    #[test]
    fn an_arn_tells_the_service_and_the_cluster() {
        let arn = "arn:aws:ecs:eu-central-1:123456789012:service-deployment/main/web/abc";
        let (service, cluster) = owners(arn);
        assert_eq!(
            service,
            "arn:aws:ecs:eu-central-1:123456789012:service/main/web"
        );
        assert_eq!(
            cluster,
            "arn:aws:ecs:eu-central-1:123456789012:cluster/main"
        );
    }
}
