use proptest::prelude::*;

use super::*;
use crate::metadata::BuildMetadata;

fn build_at(time: DateTime<Utc>) -> BuildMetadata {
    BuildMetadata::new(
        "622D2103a1b2c3d4e5f60718293a4b5c6d7e8f90".parse().unwrap(),
        time,
    )
}

fn refusal(text: &str) -> String {
    let error = text.parse::<Version>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidVersion, "{text}");
    error.to_string()
}

#[test]
fn every_environment_round_trips_also_one_that_ends_like_a_version() {
    let environments = [
        "pr-5",
        "pr-51",
        "api-v1",
        "pr-5-622d2103",
        "pr-5-622d2103-20250820",
        "pr-5-622d2103-20250820-124500",
        "pr-5-622d2103-20250820-124500-r1",
        "r7",
        "20250820-124500",
        "pr-51-latest",
    ];
    let builds = [
        "aaaaaaaa-20250821-000000",
        "aaaaaaaa-20250821-000000-r7.2",
        "v1.4.2-aaaaaaaa-20250821-000000",
        "1.4.2-rc.1-aaaaaaaa-20250821-000000",
        "v1.4.2-622d2103-20250820-124500-aaaaaaaa-20250821-000000-r7.2",
        "1.0.0-a-b.c--d+e-f.00--aaaaaaaa-20250821-000000",
    ];
    for environment in environments {
        for build in builds {
            let id = format!("{environment}/{build}");
            let version: Version = id.parse().unwrap();
            assert_eq!(version.environment().as_str(), environment, "{id}");
            assert_eq!(version.to_string(), id);
            let tag = version.tag();
            assert_eq!(tag.as_str(), id.replace('/', "-").replace('+', "_"));
            assert_eq!(tag.as_str().parse::<Version>().unwrap(), version, "{tag}");
            let own = version.tag_in_own_repository();
            let again = Version::parse_tag_of(version.environment(), own.as_str());
            assert_eq!(again.unwrap(), version, "{own}");
        }
    }
}

#[test]
fn two_runs_of_one_commit_in_one_second_have_different_tags() {
    let time = "2025-08-20T12:45:00Z".parse().unwrap();
    let version = Version::new("pr-51".parse().unwrap(), &build_at(time)).unwrap();
    let tags = [(1, 1), (1, 2), (2, 1)].map(|(id, attempt)| {
        let run = Run::new(id, attempt).unwrap();
        version.clone().with_run(run).unwrap().tag()
    });
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
    assert_eq!(tags[1].as_str(), "pr-51-622d2103-20250820-124500-r1.2");
}

#[test]
fn a_part_of_a_second_is_cut_so_that_the_version_equals_what_is_read_back() {
    let time = "2025-08-20T12:45:00.987Z".parse().unwrap();
    let version = Version::new("pr-51".parse().unwrap(), &build_at(time)).unwrap();
    assert_eq!(version.to_string().parse::<Version>().unwrap(), version);
}

#[test]
fn years_that_four_digits_cannot_write_are_refused() {
    for time in ["-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"] {
        let build = build_at(time.parse().unwrap());
        let error = Version::new("pr-51".parse().unwrap(), &build).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidVersion, "{time}");
    }
    for time in ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"] {
        let build = build_at(time.parse().unwrap());
        let version = Version::new("pr-51".parse().unwrap(), &build).unwrap();
        assert_eq!(version.tag().as_str().parse::<Version>().unwrap(), version);
    }
}

#[test]
fn a_tag_that_would_be_too_long_is_refused_with_the_arithmetic() {
    let environment = "e".repeat(63);
    let fits = format!(
        "{environment}/1.0.0-{}-622d2103-20250820-124500",
        "a".repeat(33)
    );
    assert_eq!(fits.parse::<Version>().unwrap().tag().as_str().len(), 128);
    let message = refusal(&fits.replace("1.0.0-", "1.0.0-a"));
    assert!(
        message.contains("63 (environment) + 41 (release) + 25 (commit and time) + 0 (run) = 129"),
        "{message}"
    );
}

#[test]
fn the_two_forms_are_not_mixed() {
    assert!(refusal("pr-5/1.0.0_b-622d2103-20250820-124500").contains("release"));
    assert!(refusal("pr-5-1.0.0+b-622d2103-20250820-124500").contains("write '_'"));
    assert!(refusal("pr-5/a/622d2103-20250820-124500").contains("commit"));
}

prop_compose! {
    fn environments()(text in "[a-z0-9]{1,4}(-([a-z0-9]{1,4}|v1|[0-9a-f]{8}|20250820|124500|r1)){0,4}")
        -> Environment { text.parse().unwrap() }
}

prop_compose! {
    fn releases()(text in "v?(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){2}(-[a-z-]{1,5}(\\.(0|[1-9]|[0-9]-))?)?(\\+[0-9A-Za-z-]{1,5}(\\.0[0-9a-]{1,3})?)?")
        -> Release { text.parse().unwrap() }
}

prop_compose! {
    fn runs()(id in 1..=Run::MAX_ID, attempt in 1..=u32::MAX) -> Run { Run::new(id, attempt).unwrap() }
}

prop_compose! {
    fn versions()(
        environment in environments(),
        release in proptest::option::of(releases()),
        commit in "[0-9a-f]{8}",
        seconds in -62_167_219_200_i64..=253_402_300_799,
        run in proptest::option::of(runs()),
    ) -> Version {
        let time = DateTime::from_timestamp(seconds, 0).unwrap();
        Version::from_parts(environment, release, commit.parse().unwrap(), time, run).unwrap()
    }
}

proptest! {
    #[test]
    fn id_and_tag_round_trip_without_loss(version in versions()) {
        let id = version.to_string();
        prop_assert_eq!(&id.parse::<Version>().unwrap(), &version);
        prop_assert_eq!(&version.tag().as_str().parse::<Version>().unwrap(), &version);
        let own = version.tag_in_own_repository();
        let again = Version::parse_tag_of(version.environment(), own.as_str()).unwrap();
        prop_assert_eq!(again.to_string(), id);
    }

    #[test]
    fn two_versions_never_share_a_tag(one in versions(), two in versions()) {
        prop_assert_eq!(one.tag() == two.tag(), one == two);
    }

    #[test]
    fn what_is_read_prints_as_it_was(text in "[a-z0-9]{1,3}(-|/)(v?1\\.0\\.[0-9](-|_|\\+)?)?-?[0-9a-f]{8}-2025[01][0-9][0-3][0-9]-[0-2][0-9]([0-5][0-9]){2}(-r[0-9]\\.[0-9])?") {
        if let Ok(version) = text.parse::<Version>() {
            prop_assert!(version.to_string() == text || version.tag().as_str() == text);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        drop(text.parse::<Version>());
        drop(Version::parse_tag_of(&"pr-5".parse().unwrap(), &text));
    }
}
