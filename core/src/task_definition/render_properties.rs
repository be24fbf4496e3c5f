//! Rendering and comparing arbitrary documents.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{ContainerChange, RenderSpec, TaskDefinition};
use crate::gate::VerifiedImage;

/// Any JSON, three levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            members(inner).prop_map(Value::from),
        ]
    })
}

/// Members that no schema knows.
fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec(("x[a-zA-Z~/]{0,4}", value), 0..4)
        .prop_map(|members| members.into_iter().collect())
}

fn variables() -> impl Strategy<Value = Value> {
    prop::collection::vec(("[A-E]", "[a-z=]{0,3}"), 0..6).prop_map(|pairs| {
        pairs
            .into_iter()
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect()
    })
}

prop_compose! {
    fn container(name: String)(
        extra in members(any_json()), environment in variables(), flags in any::<[bool; 3]>(), cpu in 0..512_i64,
    ) -> Value {
        let mut container = extra;
        container.insert("name".into(), json!(name));
        container.insert("environment".into(), environment);
        if flags[0] {
            container.insert("cpu".into(), json!(cpu));
        }
        container.insert("image".into(), json!("old:latest"));
        container.insert("essential".into(), json!(true));
        if flags[1] {
            container.insert("command".into(), json!([]));
        }
        if flags[2] {
            container.insert("dockerLabels".into(), json!({}));
        }
        Value::Object(container)
    }
}

prop_compose! {
    fn document()(
        extra in members(any_json()), app in container("app".into()), side in container("side".into()),
        after in members(any_json()),
    ) -> TaskDefinition {
        let mut document = extra;
        document.insert("family".into(), json!("app"));
        document.insert("containerDefinitions".into(), json!([side, app]));
        document.extend(after);
        TaskDefinition::from_value(Value::Object(document)).unwrap()
    }
}

/// The document without what the render below changes, as bytes.
fn the_rest(document: &TaskDefinition) -> String {
    let mut value = document.as_value().clone();
    let app = value.pointer_mut("/containerDefinitions/1").unwrap();
    let app = app.as_object_mut().unwrap();
    app.shift_remove("image");
    app.shift_remove("command");
    if let Some(Value::Array(environment)) = app.get_mut("environment") {
        environment.retain(|variable| variable["name"] != "A" && variable["name"] != "B");
    }
    value.to_string()
}

fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev();
            members
                .map(|(name, value)| (name.clone(), reversed_known(name, value)))
                .collect()
        }
        other => other.clone(),
    }
}

/// Lists whose order means nothing, the other way round; a variable that stands twice keeps its place.
fn reversed_known(name: &str, value: &Value) -> Value {
    match (name, value) {
        ("containerDefinitions", Value::Array(items)) => items.iter().rev().map(reversed).collect(),
        ("environment", Value::Array(items)) => {
            let mut names: Vec<_> = items.iter().map(|item| item["name"].as_str()).collect();
            names.sort_unstable();
            names.dedup();
            if names.len() == items.len() {
                items.iter().rev().cloned().collect()
            } else {
                value.clone()
            }
        }
        _ => value.clone(),
    }
}

proptest! {
    #[test]
    fn rendering_changes_nothing_else(template in document()) {
        let image = VerifiedImage::for_tests("localhost:5000/app", None, &[]);
        let change = ContainerChange::new()
            .image(image.clone())
            .metadata_environment(false)
            .environment("A", "new")
            .remove_environment("B")
            .command(["run"]);
        let rendered = template.render(&RenderSpec::new().container("app", change)).unwrap();
        let document = rendered.task_definition();
        prop_assert_eq!(the_rest(document), the_rest(&template));
        let app = &document.as_value()["containerDefinitions"][1];
        prop_assert_eq!(&app["image"], &json!(image.reference()));
        let names: Vec<_> = app["environment"].as_array().unwrap().iter().map(|v| &v["name"]).collect();
        prop_assert_eq!(names.iter().filter(|name| **name == "A").count(), 1);
        prop_assert!(!names.iter().any(|name| *name == "B"));
    }

    #[test]
    fn rendering_twice_is_rendering_once(template in document()) {
        let spec = RenderSpec::new()
            .tag("team", "web")
            .container("app", ContainerChange::new().environment("A", "new").docker_label("a", "b"));
        let once = template.render(&spec).unwrap();
        let twice = once.task_definition().render(&spec).unwrap();
        prop_assert_eq!(once.registration_json(), twice.registration_json());
    }

    #[test]
    fn what_is_printed_is_parsed_to_the_same(document in document()) {
        let parsed = TaskDefinition::parse(&document.to_json()).unwrap();
        prop_assert_eq!(parsed.to_json(), document.to_json());
    }

    #[test]
    fn a_number_is_accepted_and_printed_as_the_same_number(
        number in prop_oneof![any::<f64>(), 0.0..2e9, any::<f32>().prop_map(f64::from)],
    ) {
        prop_assume!(number.is_finite());
        let text = format!("{{\"x\":{number:?}}}");
        let printed = TaskDefinition::parse(&text).unwrap().to_json();
        let digits = printed.trim_start_matches("{\"x\":").trim_end_matches('}');
        let same = digits.parse::<f64>().unwrap().to_bits() == number.to_bits();
        prop_assert!(same, "{} became {}", number, printed);
    }

    #[test]
    fn a_document_does_not_differ_from_itself_in_another_order(document in document()) {
        let other = TaskDefinition::from_value(reversed(document.as_value())).unwrap();
        prop_assert!(TaskDefinition::diff(&document, &document).is_empty());
        let diff = TaskDefinition::diff(&document, &other);
        prop_assert!(diff.is_empty(), "{}", diff);
    }

    #[test]
    fn a_diff_is_symmetric(left in document(), right in document()) {
        let there = TaskDefinition::diff(&left, &right);
        let back = TaskDefinition::diff(&right, &left);
        prop_assert_eq!(there.changes().len(), back.changes().len());
        for (there, back) in there.changes().iter().zip(back.changes()) {
            prop_assert_eq!(there.path(), back.path());
            prop_assert_eq!(there.before(), back.after());
            prop_assert_eq!(there.after(), back.before());
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in ".{0,60}", json in "[\\[\\]{}\":,0-9eE.a\\\\ -]{0,30}") {
        let _ = TaskDefinition::parse(&text);
        let _ = TaskDefinition::parse(&json);
    }

    #[test]
    fn no_document_makes_validation_or_comparison_panic(one in any_json(), known in any_json()) {
        let document = json!({"containerDefinitions": [known.clone()], "tags": known, "cpu": one.clone(),
            "requiresCompatibilities": ["FARGATE"], "volumes": one});
        let document = TaskDefinition::from_value(document).unwrap();
        prop_assert!(!document.validate().is_empty());
        prop_assert!(TaskDefinition::diff(&document, &document).is_empty());
        let _ = document.render(&RenderSpec::new().only_container(ContainerChange::new().cpu(1)));
    }
}
