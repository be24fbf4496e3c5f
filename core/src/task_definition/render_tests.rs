//! What rendering does, want by want.

use chrono::DateTime;
use serde_json::{Value, json};

use super::{ContainerChange, RenderSpec, TaskDefinition};
use crate::gate::VerifiedImage;
use crate::metadata::BuildMetadata;
use crate::{Error, ErrorKind};

const REPOSITORY: &str = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app";

fn image() -> VerifiedImage {
    VerifiedImage::for_tests(
        REPOSITORY,
        Some("pr-51-622d2103-20250820-124500"),
        &["linux/amd64"],
    )
}

fn pinned() -> String {
    image().reference()
}

/// A template as it might be described years from now.
fn template() -> TaskDefinition {
    TaskDefinition::from_value(json!({
        "networkMode": "awsvpc",
        "family": "app",
        "notYetInvented": {"empty": {}, "list": [], "null": null},
        "containerDefinitions": [
            {
                "essential": true,
                "name": "app",
                "image": "old:latest",
                "environment": [
                    {"name": "PORT", "value": "3000"},
                    {"name": "IMAGE_TAG", "value": "old"},
                    {"name": "LOG_LEVEL", "value": "info"},
                ],
                "secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:eu-central-1:123456789012:parameter/db"}],
                "mountPoints": [],
                "quantum": true,
            },
            {"name": "envoy", "image": "public.ecr.aws/appmesh/envoy:v1", "environment": [{"name": "PORT", "value": "9901"}]},
        ],
        "tags": [{"key": "team", "value": "web"}],
    }))
    .unwrap()
}

fn render(change: ContainerChange) -> Value {
    let spec = RenderSpec::new().container("app", change);
    template()
        .render(&spec)
        .unwrap()
        .task_definition()
        .as_value()
        .clone()
}

fn refused(spec: &RenderSpec) -> Error {
    template().render(spec).unwrap_err()
}

fn app(document: &Value) -> &Value {
    &document["containerDefinitions"][0]
}

/// The template with one container member set, to compare a whole document with.
fn expected(member: &str, value: Value) -> String {
    let mut document = template().into_value();
    document["containerDefinitions"][0][member] = value;
    document.to_string()
}

#[test]
fn want_10_the_image_is_a_literal_reference_by_digest() {
    let document = render(
        ContainerChange::new()
            .image(image())
            .metadata_environment(false),
    );
    assert_eq!(document.to_string(), expected("image", json!(pinned())));
    assert!(pinned().contains("/my/app@sha256:"), "{}", pinned());
}

#[test]
fn want_15_members_that_no_sdk_knows_pass_through_in_their_place() {
    let rendered = template().render(&RenderSpec::new()).unwrap();
    assert_eq!(rendered.registration_json(), template().to_json());
}

#[test]
fn want_16_what_is_not_mentioned_is_not_overwritten() {
    let changes = RenderSpec::from_value(json!({"containers": {"app": {}}})).unwrap();
    let rendered = template().render(&changes).unwrap();
    assert_eq!(rendered.registration_json(), template().to_json());
}

#[test]
fn trap_empty_values_are_not_pruned() {
    let document = render(ContainerChange::new().cpu(256));
    assert_eq!(
        document["notYetInvented"],
        template().as_value()["notYetInvented"]
    );
    assert_eq!(app(&document)["mountPoints"], json!([]));
}

#[test]
fn trap_sidecars_are_never_touched() {
    let document = render(
        ContainerChange::new()
            .image(image())
            .environment("PORT", "1"),
    );
    assert_eq!(
        document["containerDefinitions"][1],
        template().as_value()["containerDefinitions"][1]
    );
}

#[test]
fn trap_docker_labels_are_set_beside_those_that_are_there_for_image_labels_do_not_show_in_ecs() {
    let labelled = template()
        .render(&RenderSpec::new().container("app", ContainerChange::new().docker_label("a", "1")))
        .unwrap();
    let again = RenderSpec::new().container(
        "app",
        ContainerChange::new()
            .image(image())
            .docker_label("org.opencontainers.image.revision", "622d2103"),
    );
    let rendered = labelled.task_definition().render(&again).unwrap();
    assert_eq!(
        app(rendered.task_definition().as_value())["dockerLabels"],
        json!({"a": "1", "org.opencontainers.image.revision": "622d2103"})
    );
}

#[test]
fn want_14_an_image_that_is_pinned_already_is_pinned_anew_and_not_misread() {
    let mut document = template().into_value();
    for old in [
        pinned().replace("/my/app@", "/my/app:v1@"),
        "localhost:5000/app:v1".to_owned(),
        pinned(),
    ] {
        document["containerDefinitions"][0]["image"] = json!(old);
        let template = TaskDefinition::from_value(document.clone()).unwrap();
        let rendered = template
            .render(&RenderSpec::new().with_image(Some("app"), image()))
            .unwrap();
        let now = &app(rendered.task_definition().as_value())["image"];
        assert_eq!(*now, json!(pinned()), "{old}");
    }
}

#[test]
fn want_9_a_render_is_a_plain_function_that_awaits_nothing() {
    let _: fn(&TaskDefinition, &RenderSpec) -> crate::Result<super::RenderedTaskDefinition> =
        TaskDefinition::render;
}

#[test]
fn trap_a_container_name_is_required_where_there_are_several() {
    let error = refused(&RenderSpec::new().with_image(None, image()));
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(error.message().contains("app, envoy"), "{error}");
    let error = refused(&RenderSpec::new().only_container(ContainerChange::new()));
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

#[test]
fn the_name_may_be_left_out_where_there_is_one_container() {
    let one = json!({"family": "app", "containerDefinitions": [{"name": "web", "image": "old"}]});
    let one = TaskDefinition::from_value(one).unwrap();
    let rendered = one
        .render(&RenderSpec::new().with_image(None, image()))
        .unwrap();
    assert_eq!(rendered.image("web").unwrap().reference(), pinned());
}

#[test]
fn an_unknown_container_is_refused_with_the_names_that_exist() {
    let error = refused(&RenderSpec::new().with_image(Some("App"), image()));
    assert_eq!(error.kind(), ErrorKind::ContainerNotFound);
    assert!(error.message().contains("app, envoy"), "{error}");
    assert_eq!(
        error.details().unwrap()["containers"],
        json!(["app", "envoy"])
    );
}

#[test]
fn want_18_a_variable_that_is_a_secret_is_refused_before_anything_else() {
    let spec = RenderSpec::new().cpu("not a size").container(
        "app",
        ContainerChange::new().environment("DB_PASSWORD", "hunter2"),
    );
    let error = refused(&spec);
    assert_eq!(error.kind(), ErrorKind::SecretCollision);
    assert_eq!(
        error.details().unwrap(),
        &json!({"container": "app", "names": ["DB_PASSWORD"]})
    );
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn want_18_a_secret_that_is_a_variable_is_refused() {
    let change = ContainerChange::new().secret("PORT", "arn:aws:ssm:::parameter/port");
    assert_eq!(
        refused(&RenderSpec::new().container("app", change)).kind(),
        ErrorKind::SecretCollision
    );
}

#[test]
fn want_18_a_name_can_move_from_secrets_to_environment() {
    let change = ContainerChange::new()
        .remove_secret("DB_PASSWORD")
        .environment("DB_PASSWORD", "x");
    let document = render(change);
    assert_eq!(app(&document)["secrets"], json!([]));
    assert_eq!(app(&document)["environment"][3]["name"], "DB_PASSWORD");
}

#[test]
fn want_18_variables_are_set_in_place_and_never_twice() {
    let document = render(
        ContainerChange::new()
            .environment("PORT", "80")
            .environment("NEW", "1"),
    );
    let environment = json!([
        {"name": "PORT", "value": "80"},
        {"name": "IMAGE_TAG", "value": "old"},
        {"name": "LOG_LEVEL", "value": "info"},
        {"name": "NEW", "value": "1"},
    ]);
    assert_eq!(document.to_string(), expected("environment", environment));
}

#[test]
fn want_17_each_input_works_alone() {
    let change = ContainerChange::new;
    let mapping = json!({"containerPort": 80, "unknown": 1});
    let health = json!({"command": ["CMD-SHELL", "true"]});
    let log = json!({"logDriver": "awslogs", "options": {"awslogs-group": "/app"}});
    let mut secrets = template().as_value()["containerDefinitions"][0]["secrets"].clone();
    secrets
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "S", "valueFrom": "arn"}));
    let object = |value: &Value| value.as_object().unwrap().clone();
    let cases = [
        (change().secret("S", "arn"), "secrets", secrets),
        (
            change().docker_label("a.b", "c"),
            "dockerLabels",
            json!({"a.b": "c"}),
        ),
        (
            change()
                .log_driver("awslogs")
                .log_option("awslogs-group", "/app"),
            "logConfiguration",
            log,
        ),
        (
            change().port_mappings([object(&mapping)]),
            "portMappings",
            json!([mapping]),
        ),
        (
            change().command(["node", "a b.js"]),
            "command",
            json!(["node", "a b.js"]),
        ),
        (
            change().entry_point(["tini", "--"]),
            "entryPoint",
            json!(["tini", "--"]),
        ),
        (
            change().health_check(object(&health)),
            "healthCheck",
            health.clone(),
        ),
        (change().cpu(256), "cpu", json!(256)),
        (change().memory(512), "memory", json!(512)),
        (
            change().memory_reservation(128),
            "memoryReservation",
            json!(128),
        ),
    ];
    for (change, member, value) in cases {
        assert_eq!(
            render(change).to_string(),
            expected(member, value),
            "{member}"
        );
    }
}

#[test]
fn want_17_each_input_of_the_task_works_alone() {
    let spec = RenderSpec::new;
    let platform = |name: &str, value: &str| json!({name: value});
    let cases = [
        (spec().family("other"), "family", json!("other")),
        (spec().cpu("512"), "cpu", json!("512")),
        (spec().memory("1 GB"), "memory", json!("1 GB")),
        (
            spec().cpu_architecture("ARM64"),
            "runtimePlatform",
            platform("cpuArchitecture", "ARM64"),
        ),
        (
            spec().operating_system_family("LINUX"),
            "runtimePlatform",
            platform("operatingSystemFamily", "LINUX"),
        ),
        (
            spec().tag("team", "api"),
            "tags",
            json!([{"key": "team", "value": "api"}]),
        ),
        (spec().remove_tag("team"), "tags", json!([])),
    ];
    for (spec, member, value) in cases {
        let mut expected = template().into_value();
        expected[member] = value;
        let rendered = template().render(&spec).unwrap();
        assert_eq!(
            rendered.registration_json(),
            expected.to_string(),
            "{member}"
        );
    }
}

#[test]
fn the_container_is_told_its_image() {
    let document = render(ContainerChange::new().image(image()));
    let environment = app(&document)["environment"].as_array().unwrap();
    let value = |name: &str| {
        let mut found = environment
            .iter()
            .filter(|variable| variable["name"] == name);
        let value = found.next().map(|variable| variable["value"].clone());
        assert!(found.next().is_none(), "{name} stands twice");
        value
    };
    assert_eq!(
        value("IMAGE_TAG"),
        Some(json!("pr-51-622d2103-20250820-124500"))
    );
    assert_eq!(value("IMAGE_DIGEST"), Some(json!(image().digest())));
    // In place: IMAGE_TAG stood second.
    assert_eq!(environment[1]["name"], "IMAGE_TAG");
}

#[test]
fn what_the_caller_sets_or_removes_wins_over_the_metadata() {
    let change = ContainerChange::new()
        .image(image())
        .environment("IMAGE_TAG", "mine")
        .remove_environment("IMAGE_DIGEST");
    let document = render(change);
    assert_eq!(app(&document)["environment"][1]["value"], "mine");
    assert!(
        !app(&document)["environment"]
            .to_string()
            .contains("IMAGE_DIGEST")
    );
}

#[test]
fn what_is_set_and_removed_at_once_is_refused() {
    let change = ContainerChange::new()
        .environment("A", "1")
        .remove_environment("A");
    assert_eq!(
        refused(&RenderSpec::new().container("app", change)).kind(),
        ErrorKind::InvalidArgument
    );
    let spec = RenderSpec::new().tag("team", "api").remove_tag("team");
    assert_eq!(refused(&spec).kind(), ErrorKind::InvalidArgument);
}

#[test]
fn a_container_is_changed_and_given_an_image_once() {
    let spec = RenderSpec::new()
        .container("app", ContainerChange::new().image(image()))
        .with_image(Some("app"), image());
    assert_eq!(refused(&spec).kind(), ErrorKind::InvalidArgument);
}

#[test]
fn race_r6_an_image_for_another_platform_is_refused() {
    let arm = VerifiedImage::for_tests(REPOSITORY, None, &["linux/arm64/v8"]);
    let spec = RenderSpec::new().with_image(Some("app"), arm);
    // Where the task does not tell its platform, there is nothing to compare with.
    assert!(template().render(&spec).is_ok());
    let error = refused(&spec.clone().cpu_architecture("X86_64"));
    assert_eq!(error.kind(), ErrorKind::PlatformMismatch);
    assert!(error.message().contains("linux/arm64/v8"), "{error}");
    assert!(template().render(&spec.cpu_architecture("ARM64")).is_ok());
}

#[test]
fn an_image_or_task_of_unknown_platform_is_not_refused() {
    let unknown = VerifiedImage::for_tests(REPOSITORY, None, &[]);
    let spec = RenderSpec::new()
        .cpu_architecture("X86_64")
        .with_image(Some("app"), unknown);
    assert!(template().render(&spec).is_ok());
    let spec = RenderSpec::new()
        .cpu_architecture("RISCV64")
        .with_image(Some("app"), image());
    assert!(template().render(&spec).is_ok());
}

#[test]
fn a_result_that_ecs_would_refuse_is_refused_with_all_problems() {
    let error = refused(
        &RenderSpec::new()
            .family("no spaces")
            .container("app", ContainerChange::new().memory(1)),
    );
    assert_eq!(error.kind(), ErrorKind::InvalidTaskDefinition);
    let problems = error.details().unwrap()["problems"].as_array().unwrap();
    let pointers: Vec<_> = problems.iter().map(|problem| &problem["pointer"]).collect();
    assert_eq!(pointers, ["/family", "/containerDefinitions/0/memory"]);
}

#[test]
fn another_log_driver_takes_no_options_over() {
    let first = ContainerChange::new()
        .log_driver("awslogs")
        .log_option("awslogs-group", "g");
    let awslogs = TaskDefinition::from_value(render(first)).unwrap();
    let next = |change| {
        let spec = RenderSpec::new().container("app", change);
        let rendered = awslogs.render(&spec).unwrap();
        app(rendered.task_definition().as_value())["logConfiguration"].clone()
    };
    assert_eq!(
        next(ContainerChange::new().log_option("mode", "non-blocking")),
        json!({"logDriver": "awslogs", "options": {"awslogs-group": "g", "mode": "non-blocking"}})
    );
    assert_eq!(
        next(
            ContainerChange::new()
                .log_driver("splunk")
                .log_option("splunk-url", "u")
        ),
        json!({"logDriver": "splunk", "options": {"splunk-url": "u"}})
    );
}

#[test]
fn log_options_without_a_driver_are_refused() {
    let change = ContainerChange::new().log_option("mode", "non-blocking");
    assert_eq!(
        refused(&RenderSpec::new().container("app", change)).kind(),
        ErrorKind::InvalidArgument
    );
}

#[test]
fn debug_output_holds_no_values() {
    let change = ContainerChange::new()
        .environment("A", "hunter2")
        .log_option("splunk-token", "hunter2");
    let spec = RenderSpec::new().container("app", change);
    assert!(!format!("{spec:?} {:?}", template()).contains("hunter2"));
}

#[test]
fn metadata_of_an_earlier_image_does_not_stay_behind_to_tell_a_lie() {
    let old = ContainerChange::new()
        .environment("PR_NUMBER", "50")
        .environment("IMAGE_TAG", "pr-50-latest");
    let old = TaskDefinition::from_value(render(old)).unwrap();
    let untagged = VerifiedImage::for_tests(REPOSITORY, None, &[]);
    let names = |spec: RenderSpec| {
        let rendered = old
            .render(&spec.with_image(Some("app"), untagged.clone()))
            .unwrap();
        app(rendered.task_definition().as_value())["environment"].to_string()
    };
    // Nothing is known of the build: PR_NUMBER may be somebody else's, IMAGE_TAG is false for sure.
    let environment = names(RenderSpec::new());
    assert!(
        environment.contains("PR_NUMBER") && !environment.contains("IMAGE_TAG"),
        "{environment}"
    );
    let metadata = BuildMetadata::new("622d2103".parse().unwrap(), DateTime::UNIX_EPOCH);
    let environment = names(RenderSpec::new().metadata(metadata));
    assert!(
        environment.contains("COMMIT_SHA") && !environment.contains("PR_NUMBER"),
        "{environment}"
    );
}
