use serde_json::{Value, json};

use super::*;
use crate::rollout::probe::Probe;
use crate::rollout::targets::{GroupHealth, judge_targets};
use crate::rollout::{Meant, explain};
use crate::service::Task;

const HOSTILE: &str = "<img src=x> @octocat [a](https://e.vil)\n::error::| `b` \u{1b}[31m\u{202e}";

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn arn(revision: u32) -> TaskDefinitionArn {
    format!("arn:aws:ecs:eu-central-1:123456789012:task-definition/app:{revision}")
        .parse()
        .unwrap()
}

fn draft(until: Until) -> EvidenceDraft {
    EvidenceDraft::begin(
        "previews/app".parse().unwrap(),
        Intent::Deploy,
        until,
        time("2025-08-20T12:50:00Z"),
    )
}

fn failure(reason: &str) -> TaskFailure {
    let task: Task = serde_json::from_value(json!({
        "taskArn": "arn:aws:ecs:eu-central-1:123456789012:task/previews/0123456789abcdef0123456789abcdef",
        "taskDefinitionArn": arn(7), "lastStatus": "STOPPED", "desiredStatus": "STOPPED",
        "stopCode": "EssentialContainerExited", "stoppedReason": reason,
        "containers": [{"name": "app", "image": "my/app", "lastStatus": "STOPPED", "exitCode": 1}],
    }))
    .unwrap();
    explain(&task, None).unwrap()
}

fn task(number: usize, digest: &Digest) -> Task {
    serde_json::from_value(json!({
        "taskArn": format!("arn:aws:ecs:eu-central-1:123456789012:task/previews/{number:032x}"),
        "taskDefinitionArn": arn(7), "lastStatus": "RUNNING", "desiredStatus": "RUNNING",
        "startedBy": "ecs-svc/7",
        "containers": [{"name": "app", "lastStatus": "RUNNING", "imageDigest": digest}],
    }))
    .unwrap()
}

fn proof(image: &VerifiedImage, tasks: usize) -> Proof {
    let meant = Meant::new().with_image("app", image);
    let tasks: Vec<Task> = (0..tasks)
        .map(|number| match number {
            3 => task(number, &Digest::of(b"old")),
            _ => task(number, image.digest()),
        })
        .collect();
    crate::rollout::proof::judge(&tasks, &meant)
}

/// A record with every member, as far as they go together.
fn full() -> EvidenceRecord {
    let build = BuildMetadata::from_json(
        r#"{"commit": "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90", "buildTime": "20250820-124500"}"#,
    )
    .unwrap();
    let version = Version::new("pr-51".parse().unwrap(), &build).unwrap();
    let image = VerifiedImage::for_tests(
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app",
        Some("pr-51-622d2103-20250820-124500"),
        &["linux/arm64"],
    );
    let mut draft = draft(Until::Verified);
    draft.version(version.clone());
    draft.build(build);
    draft.image(ImageRecord::new("app", &image));
    draft.task_definition(TaskDefinitionRecord {
        arn: arn(7),
        reused: false,
        content_hash: Some("00".repeat(32)),
    });
    let before = DeployedVersion {
        deployment_id: Some("ecs-svc/6".to_owned()),
        task_definition: Some(arn(6)),
        version: None,
    };
    draft.previous(before.clone());
    draft.deployment_id("ecs-svc/7");
    let deployment = json!({
        "arn": "arn:aws:ecs:eu-central-1:123456789012:service-deployment/previews/app/x",
        "status": "IN_PROGRESS", "statusReason": "under way",
        "targetServiceRevision": "arn:aws:ecs:eu-central-1:123456789012:service-revision/previews/app/7",
        "createdAt": "2025-08-20T12:51:00Z",
    });
    draft.service_deployment(&serde_json::from_value(deployment).unwrap());
    draft.replaced(vec![before]);
    draft.failure(failure("Essential container in task exited"));
    draft.failure(failure("Essential container in task exited"));
    draft.message(ServiceEvent {
        id: "event-1".to_owned(),
        created_at: time("2025-08-20T12:52:00Z"),
        message: "(service app) was unable to place a task".to_owned(),
    });
    draft.proof(proof(&image, 5));
    let probe = Probe::new("https://app.example.com/version")
        .unwrap()
        .or_version(&version);
    let mut answers = Answers::new(&probe);
    answers.add(Ok(r#"{"commit": "00000000"}"#));
    draft.application(answers);
    let group = GroupHealth {
        balancer: serde_json::from_value(
            json!({"targetGroupArn": "arn:aws:elasticloadbalancing:x"}),
        )
        .unwrap(),
        targets: Vec::new(),
    };
    let tasks = [task(0, image.digest())];
    draft.targets(judge_targets(
        &tasks,
        &Meant::new().with_image("app", &image),
        &[group],
    ));
    draft.left(LeftBehind::Updating {
        task_definition: arn(7),
        deployment_id: Some("ecs-svc/7".to_owned()),
    });
    draft.finish(
        Outcome::TimedOut,
        "not stable after 10 minutes",
        time("2025-08-20T13:00:05Z"),
    )
}

/// Follows the schema beside a value: every member is described, of the type that is said, and what
/// is required is there. The patterns are checked by a validator in the Python tests.
fn described(schema: &Value, at: &Value, value: &Value, path: &str) {
    let at = match at["$ref"].as_str() {
        Some(name) => &schema["$defs"][name.trim_start_matches("#/$defs/")],
        None => at,
    };
    if let Some(words) = at["enum"].as_array() {
        assert!(words.contains(value), "{path}: {value}");
    }
    match value {
        Value::Object(members) => {
            assert_eq!(at["type"], "object", "{path}");
            for (name, member) in members {
                let of = at["properties"]
                    .get(name)
                    .unwrap_or(&at["additionalProperties"]);
                assert!(of.is_object(), "{path}/{name} is not described");
                described(schema, of, member, &format!("{path}/{name}"));
            }
            for name in at["required"].as_array().into_iter().flatten() {
                assert!(
                    members.contains_key(name.as_str().unwrap()),
                    "{path} lacks {name}"
                );
            }
        }
        Value::Array(items) => {
            assert_eq!(at["type"], "array", "{path}");
            for item in items {
                described(schema, &at["items"], item, path);
            }
        }
        Value::Number(_) => assert!(
            at["type"] == "integer" || at.get("const").is_some(),
            "{path}"
        ),
        Value::Bool(_) => assert_eq!(at["type"], "boolean", "{path}"),
        Value::String(_) => assert!(at["type"] == "string" || at.get("enum").is_some(), "{path}"),
        Value::Null => panic!("{path} is null"),
    }
}

#[test]
fn the_published_schema_describes_every_member_of_a_record() {
    let schema: Value = serde_json::from_str(EvidenceRecord::SCHEMA).unwrap();
    described(&schema, &schema, &json!(full()), "");
    let bare = draft(Until::Registered).cancel(LeftBehind::Unchanged, time("2025-08-20T12:50:01Z"));
    described(&schema, &schema, &json!(bare), "");
}

#[test]
fn the_published_example_is_what_a_record_looks_like() {
    let example = include_str!("../../../schemas/evidence-record.example.json");
    let record = format!("{}\n", full().to_json_pretty());
    assert!(example == record, "the example should be:\n{record}");
}

#[test]
fn only_a_completed_rollout_passes_and_each_other_end_has_its_own_code() {
    let at = time("2025-08-20T13:00:00Z");
    let finish = |outcome| {
        draft(Until::Stable)
            .finish(outcome, "so it is", at)
            .require_completed()
    };
    assert!(finish(Outcome::Completed).is_ok());
    for (outcome, code) in [
        (Outcome::RolledBack, "DEPLOYMENT_ROLLED_BACK"),
        (Outcome::Failed, "DEPLOYMENT_FAILED"),
        (Outcome::Superseded, "DEPLOYMENT_SUPERSEDED"),
        (Outcome::TimedOut, "DEADLINE_EXCEEDED"),
    ] {
        let error = finish(outcome).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(error.message(), "previews/app: so it is");
        assert_eq!(
            error.details().unwrap()["record"]["outcome"],
            outcome.as_str()
        );
    }
    let cancelled = draft(Until::Stable).cancel(LeftBehind::Unchanged, at);
    assert_eq!(
        cancelled.require_completed().unwrap_err().code(),
        "CANCELLED"
    );
}

#[test]
fn the_summary_begins_with_the_outcome_and_lists_the_one_wrong_task() {
    let record = full();
    let markdown = record.to_markdown();
    assert!(
        markdown.starts_with("## Timed out: `previews/app`\n"),
        "{markdown}"
    );
    for part in [
        "app\\:7, registered",
        "| 2 | `exited` | `app` |",
        "To do",
        "| right | 4 |",
        "| wrong | 1 |",
    ] {
        assert!(markdown.contains(part), "{part} in {markdown}");
    }
    let wrong = format!("{:032x}", 3);
    assert_eq!(markdown.matches(&wrong).count(), 1);
    assert!(
        !markdown.contains(&format!("{:032x}", 4)),
        "right tasks are counted only"
    );
    let text = record.to_text();
    assert!(
        text.starts_with("TIMED OUT previews/app\n  not stable after 10 minutes\n"),
        "{text}"
    );
    assert!(
        text.contains("2 tasks failed in container app: exited"),
        "{text}"
    );
}

#[test]
fn text_from_elsewhere_can_neither_format_nor_draw_nor_break_the_line() {
    let mut draft = draft(Until::Stable);
    draft.failure(failure(HOSTILE));
    draft.message(ServiceEvent {
        id: "1".to_owned(),
        created_at: time("2025-08-20T12:52:00Z"),
        message: HOSTILE.to_owned(),
    });
    let record = draft.finish(Outcome::Failed, HOSTILE, time("2025-08-20T13:00:00Z"));
    let markdown = record.to_markdown();
    for bad in [
        "<img",
        "@octocat",
        "](",
        "https://",
        "\n::error",
        "\u{1b}",
        "\u{202e}",
    ] {
        assert!(!markdown.contains(bad), "{bad:?} in {markdown}");
    }
    let text = record.to_text();
    for bad in ["\n::error", "\u{1b}", "\u{202e}"] {
        assert!(!text.contains(bad), "{bad:?} in {text}");
    }
}

#[test]
fn a_summary_of_thousands_of_tasks_and_endless_messages_stays_below_what_github_takes() {
    let mut draft = draft(Until::Verified);
    let image = VerifiedImage::for_tests("registry.example.com/app", None, &[]);
    draft.proof(proof(&image, 5000));
    for number in 0..5000 {
        draft.failure(failure(&format!("{}{number}", "@#".repeat(2000))));
        draft.message(ServiceEvent {
            id: number.to_string(),
            created_at: time("2025-08-20T12:52:00Z"),
            message: "@#".repeat(2000),
        });
    }
    let record = draft.finish(
        Outcome::Failed,
        "@#".repeat(100_000),
        time("2025-08-20T13:00:00Z"),
    );
    let (markdown, text) = (record.to_markdown(), record.to_text());
    assert!(markdown.len() <= facts::LONGEST && text.len() <= facts::LONGEST);
    assert!(record.failures().len() <= 50, "{}", record.failures().len());
    let count: u32 = record.failures().iter().map(TaskFailure::count).sum();
    assert_eq!(count, 5000);
}

#[test]
fn the_error_of_a_rollout_that_did_not_complete_is_one_line_of_harmless_text() {
    let record =
        draft(Until::Verified).finish(Outcome::RolledBack, HOSTILE, time("2025-08-20T12:51:00Z"));
    let error = record.require_completed().unwrap_err();
    let harmless = error.message().chars().all(crate::harmless::is_harmless);
    assert!(harmless, "{error}");
}
