//! What must hold for any service document.

use proptest::prelude::{Just, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::Strategy as _;
use serde_json::{Value, json};

use super::{ServiceDocument, ServiceSpec};

fn read(value: Value) -> ServiceDocument {
    ServiceDocument::from_value(value).unwrap()
}

fn member() -> impl proptest::strategy::Strategy<Value = (String, Value)> {
    let known = prop_oneof![
        (0..5).prop_map(|count| ("desiredCount", json!(count))),
        Just(("loadBalancers", json!([]))),
        Just((
            "loadBalancers",
            json!([{"targetGroupArn": "a", "containerPort": 80}])
        )),
        Just(("enableExecuteCommand", json!(true))),
        Just(("networkConfiguration", Value::Null)),
        Just((
            "deploymentConfiguration",
            json!({"maximumPercent": 300, "new": {}})
        )),
        Just((
            "placementConstraints",
            json!([{"type": "distinctInstance"}])
        )),
        Just(("somethingNew", json!({"b": [], "a": 1.5}))),
    ];
    known.prop_map(|(name, value)| (name.to_owned(), value))
}

fn service() -> impl proptest::strategy::Strategy<Value = Value> {
    proptest::collection::vec(member(), 0..6).prop_map(|members| {
        let mut document: serde_json::Map<_, _> = members.into_iter().collect();
        document.insert("serviceName".to_owned(), json!("api"));
        Value::Object(document)
    })
}

proptest! {
    #[test]
    fn a_service_that_is_as_it_is_wanted_needs_no_update(service in service()) {
        let update = read(service.clone()).update(&read(service));
        prop_assert_eq!(update.to_json(), "");
        prop_assert_eq!(update.unchangeable(), []);
    }

    #[test]
    fn an_update_makes_the_service_what_it_says(live in service(), wanted in service()) {
        let update = read(wanted.clone()).update(&read(live.clone()));
        let mut after = live;
        for (name, value) in update.request().and_then(Value::as_object).into_iter().flatten() {
            if name == "service" {
                continue;
            }
            // ECS merges the deployment configuration.
            match (after.get_mut(name).and_then(Value::as_object_mut), value) {
                (Some(there), Value::Object(said)) if name == "deploymentConfiguration" => there.extend(said.clone()),
                _ => after[name] = value.clone(),
            }
        }
        prop_assert_eq!(read(wanted).update(&read(after)).to_json(), "");
    }

    #[test]
    fn a_document_is_carried_on_as_it_is(service in service()) {
        let text = service.to_string();
        prop_assert_eq!(ServiceDocument::parse(&text).unwrap().to_json(), text.clone());
        let rendered = read(service).render(&ServiceSpec::new()).unwrap();
        prop_assert_eq!(rendered.to_json(), text);
    }
}

#[test]
fn a_negative_percentage_is_one_problem_without_arithmetic() {
    for name in ["minimumHealthyPercent", "maximumPercent"] {
        let document = json!({"serviceName": "api", "desiredCount": 3,
            "deploymentConfiguration": {name: -50}});
        let problems = read(document).validate();
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
}

#[test]
fn debug_output_shows_no_content() {
    let document = read(json!({"serviceName": "api", "serviceConnectConfiguration":
        {"enabled": true, "logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": "hunter2"}}}}));
    assert!(!format!("{document:?}").contains("hunter2"));
    let text = ServiceDocument::diff(&read(json!({})), &document).to_string();
    assert!(!text.contains("hunter2"), "{text}");
}
