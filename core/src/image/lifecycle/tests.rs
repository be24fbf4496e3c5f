//! Rules as ECR documents them.
#![allow(clippy::needless_pass_by_value)] // `json!` as an argument reads best

use serde_json::{Value, json};

use super::*;

fn image(number: u8, tags: &[&str], day: u32) -> StoredImage {
    StoredImage {
        digest: Digest::of(&[number]),
        tags: tags.iter().map(|tag| tag.parse().unwrap()).collect(),
        pushed_at: format!("2026-03-{day:02}T12:00:00Z").parse().ok(),
    }
}

fn rule(priority: i64, selection: Value) -> Value {
    json!({"rulePriority": priority, "selection": selection, "action": {"type": "expire"}})
}

fn policy(rules: &[Value]) -> LifecyclePolicy {
    LifecyclePolicy::parse(&json!({ "rules": rules }).to_string()).unwrap()
}

fn count(number: u32, tags: Value) -> Value {
    let mut selection = json!({"countType": "imageCountMoreThan", "countNumber": number});
    selection
        .as_object_mut()
        .unwrap()
        .extend(tags.as_object().unwrap().clone());
    selection
}

fn tagged(patterns: &[&str]) -> Value {
    json!({"tagStatus": "tagged", "tagPatternList": patterns})
}

fn after(rule: i64, pushes: u32) -> Fate {
    Fate::Expires {
        rule,
        action: Action::Expire,
        at: None,
        after_pushes: Some(pushes),
    }
}

#[test]
fn want_13_an_image_is_protected_by_a_rule_of_higher_priority() {
    let rules = policy(&[
        rule(20, count(1, json!({"tagStatus": "any"}))),
        rule(10, count(9, tagged(&["release-*"]))),
    ]);
    let images = [
        image(1, &["release-1"], 1),
        image(2, &["other"], 2),
        image(3, &[], 3),
    ];
    assert_eq!(rules.fate(&images[0], Some(&images)), after(10, 9));
    assert_eq!(rules.fate(&images[1], Some(&images)), after(20, 0));
    assert_eq!(rules.fate(&images[2], Some(&images)), after(20, 1));
}

#[test]
fn an_image_is_counted_by_a_later_rule_though_it_is_decided_by_an_earlier_one() {
    // ECR "Examples of lifecycle policies", Filtering on multiple rules: what an earlier rule is about
    // a later one still counts.
    let rules = policy(&[
        rule(1, count(1, tagged(&["prod*"]))),
        rule(2, count(1, tagged(&["beta*"]))),
    ]);
    let images = [
        image(1, &["beta-1", "prod-1"], 10),
        image(2, &["beta-2", "prod-2"], 9),
        image(3, &["beta-3"], 8),
    ];
    assert_eq!(rules.fate(&images[0], Some(&images)), after(1, 1));
    assert_eq!(rules.fate(&images[1], Some(&images)), after(1, 0));
    assert_eq!(rules.fate(&images[2], Some(&images)), after(2, 0));
}

#[test]
fn all_patterns_of_a_rule_must_match() {
    let rules = policy(&[rule(1, count(1, tagged(&["alpha*", "*-x"])))]);
    let images = [image(1, &["alpha-1", "b-x"], 1), image(2, &["alpha-2"], 2)];
    assert_eq!(rules.fate(&images[0], Some(&images)), after(1, 1));
    assert_eq!(rules.fate(&images[1], Some(&images)), Fate::Kept);
}

#[test]
fn trap_an_image_that_lost_its_tag_is_expired_as_untagged() {
    let rules = policy(&[rule(
        1,
        json!({"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1}),
    )]);
    assert_eq!(rules.fate(&image(1, &["v1"], 1), None), Fate::Kept);
    let Fate::Expires { at: Some(at), .. } = rules.fate(&image(1, &[], 1), None) else {
        panic!("not expired")
    };
    assert_eq!(at.to_rfc3339(), "2026-03-02T12:00:00+00:00");
}

#[test]
fn a_rule_that_counts_images_needs_them() {
    let rules = policy(&[rule(1, count(5, json!({"tagStatus": "any"})))]);
    assert!(rules.fate(&image(1, &[], 1), None).needs_images());
}

#[test]
fn an_image_of_which_the_push_is_not_told_may_be_newer() {
    let rules = policy(&[rule(1, count(1, json!({"tagStatus": "any"})))]);
    let mut images = [image(1, &["v1"], 1), image(2, &["v2"], 2)];
    images[1].pushed_at = None;
    assert_eq!(rules.fate(&images[0], Some(&images)), after(1, 0));
}

#[test]
fn a_rule_about_tagged_images_that_names_none_shadows_no_other() {
    let any = rule(2, count(1, json!({"tagStatus": "any"})));
    let rules = policy(&[rule(1, count(999, json!({"tagStatus": "tagged"}))), any]);
    let images = [image(1, &["v1"], 1)];
    let fate = rules.fate(&images[0], Some(&images));
    assert!(matches!(fate, Fate::Unknown { .. }), "{fate:?}");
}

#[test]
fn prefixes_are_patterns_with_an_open_end() {
    let prefix = json!({"tagStatus": "tagged", "tagPrefixList": ["pr-"]});
    let rules = policy(&[rule(1, count(5, prefix))]);
    let images = [image(1, &["pr-51"], 1)];
    assert_eq!(rules.fate(&images[0], Some(&images)), after(1, 5));
    assert_eq!(
        rules.fate(&image(2, &["x-pr-"], 1), Some(&images)),
        Fate::Kept
    );
}

#[test]
fn an_archived_image_cannot_be_pulled_either() {
    let archive = json!({"rulePriority": 1, "action": {"type": "transition", "targetStorageClass": "archive"},
        "selection": {"tagStatus": "any", "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 90}});
    let expire = json!({"rulePriority": 2, "action": {"type": "expire"}, "selection":
        {"tagStatus": "any", "storageClass": "archive", "countType": "sinceImageTransitioned",
         "countUnit": "days", "countNumber": 365}});
    let fate = policy(&[archive, expire.clone()]).fate(&image(1, &["v1"], 1), None);
    assert!(
        matches!(
            fate,
            Fate::Expires {
                rule: 1,
                action: Action::Archive,
                at: None,
                ..
            }
        ),
        "{fate:?}"
    );
    // A rule about archived images is about none that can be deployed.
    assert_eq!(
        policy(&[expire]).fate(&image(1, &["v1"], 1), None),
        Fate::Kept
    );
}

#[test]
fn what_is_not_understood_is_unknown_unless_a_rule_before_it_decides() {
    let new = rule(
        2,
        json!({"tagStatus": "any", "countType": "sinceFullMoon", "countNumber": 1}),
    );
    let keep = rule(1, count(9, tagged(&["release-*"])));
    let rules = policy(&[new, keep]);
    let fate = rules.fate(&image(1, &["v1"], 1), None);
    assert!(
        matches!(&fate, Fate::Unknown { rule: Some(2), reason, .. } if reason.contains("sinceFullMoon")),
        "{fate:?}"
    );
    let images = [image(1, &["release-1"], 1)];
    assert_eq!(rules.fate(&images[0], Some(&images)), after(1, 9));
    assert!(LifecyclePolicy::parse("[]").is_err());
    assert!(LifecyclePolicy::parse("not JSON").is_err());
}
