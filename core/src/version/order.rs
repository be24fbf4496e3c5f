//! Which of two versions is the newer one.

use std::cmp::Ordering;

use super::Version;

impl Ord for Version {
    /// By time, then run, then attempt; a version without a run comes before those with one of the
    /// same second. Where all that is equal, by environment, release (none first) and commit: that
    /// says nothing about age, it only makes the order the same everywhere and agree with `==`.
    fn cmp(&self, other: &Self) -> Ordering {
        (self.time(), self.run())
            .cmp(&(other.time(), other.run()))
            .then_with(|| self.environment().cmp(other.environment()))
            .then_with(|| self.release().cmp(&other.release()))
            .then_with(|| self.commit().as_str().cmp(other.commit().as_str()))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(id: &str) -> Version {
        id.parse().unwrap()
    }

    #[test]
    fn commit_then_timestamp_sorts_by_time_and_never_as_text() {
        let older = version("pr-51/ffffffff-20250820-124500");
        let newer = version("pr-51/00000000-20250820-124501");
        assert!(newer > older && older.to_string() > newer.to_string());
    }

    #[test]
    fn runs_of_one_second_are_ordered_as_numbers() {
        let ids = [
            "pr-51/ffffffff-20250820-124500",
            "pr-51/ffffffff-20250820-124500-r9.1",
            "pr-51/eeeeeeee-20250820-124500-r9.2",
            "pr-51/dddddddd-20250820-124500-r9.10",
            "pr-51/00000000-20250820-124500-r10.1",
        ];
        assert!(ids.map(version).is_sorted());
    }

    #[test]
    fn a_late_rerun_of_an_old_commit_is_newer_and_a_stale_run_is_not() {
        let first = version("production/aaaaaaaa-20250820-124500-r100.1");
        let second = version("production/bbbbbbbb-20250820-130000-r101.1");
        let rerun_of_first = version("production/aaaaaaaa-20250820-140000-r100.2");
        assert!(first < second && second < rerun_of_first);
    }

    #[test]
    fn a_higher_release_that_was_built_earlier_is_not_newer() {
        let hotfix = version("production/v1.4.3-aaaaaaaa-20250821-000000");
        let release = version("production/v2.0.0-bbbbbbbb-20250820-000000");
        assert!(hotfix > release);
    }

    #[test]
    fn versions_that_differ_are_never_equal_in_the_order() {
        let ids = [
            "pr-5/aaaaaaaa-20250820-124500",
            "pr-5/bbbbbbbb-20250820-124500",
            "pr-5/1.0.0-aaaaaaaa-20250820-124500",
            "pr-5/1.0.0+01-aaaaaaaa-20250820-124500",
            "pr-5/1.0.0+1-aaaaaaaa-20250820-124500",
            "pr-5/v1.0.0-aaaaaaaa-20250820-124500",
            "pr-51/aaaaaaaa-20250820-124500",
        ]
        .map(version);
        for one in &ids {
            for two in &ids {
                assert_eq!(one.cmp(two) == Ordering::Equal, one == two, "{one} {two}");
                assert_eq!(one.cmp(two), two.cmp(one).reverse(), "{one} {two}");
            }
        }
    }
}
