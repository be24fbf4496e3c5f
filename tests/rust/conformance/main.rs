//! One suite for the port `ImageRegistry`, run against every implementation: in memory, Amazon ECR
//! (scripted), and an OCI registry (real).
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod places;
mod suite;

/// One test for one place, with its attribute.
macro_rules! one {
    ($place:ident, ($($attribute:meta)?), $test:ident) => {
        #[tokio::test]
        $(#[$attribute])?
        async fn $test() {
            super::suite::$test(&super::places::$place().await).await;
        }
    };
}

/// Every test of the suite for one place.
macro_rules! conforms {
    ($place:ident, $attribute:tt, [$($test:ident),+ $(,)?]) => {
        mod $place {
            $(one!($place, $attribute, $test);)+
        }
    };
}

/// The tests, for all places.
macro_rules! suite {
    ($($place:ident $attribute:tt),+; $tests:tt) => {
        $(conforms!($place, $attribute, $tests);)+
    };
}

suite!(
    memory (),
    ecr (),
    oci (cfg_attr(
        not(docker_registry),
        ignore = "docker-registry is not installed: apt-get install it"
    ));
[
    an_image_is_found_by_tag_and_by_digest_with_bytes_that_hash_to_it,
    a_tag_that_is_asked_for_with_a_digest_shows_where_it_leads_to,
    an_index_and_each_of_its_images_are_found,
    what_is_missing_is_missing_and_not_an_error,
    a_repository_that_is_missing_has_no_images,
    answers_stand_in_the_order_of_the_questions,
    no_question_gets_no_answer,
    the_digest_alone_is_the_same_digest,
    blobs_are_available_or_missing,
    the_bytes_of_a_configuration_hash_to_its_digest,
    a_configuration_that_is_missing_is_incomplete_content,
    a_corrupt_blob_is_there_until_its_bytes_are_read,
    the_mutability_of_tags_is_told_or_unknown,
    the_gate_pins_the_same_digest,
]);
