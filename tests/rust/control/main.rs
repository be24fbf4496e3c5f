//! One suite for the ports `ServiceControl` and `TargetGroups`, run against every implementation: in
//! memory, and on the AWS SDK through the wire simulator.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod deployments;
mod faults;
mod places;
mod services;
mod stage;
mod task_definitions;
mod tasks;

/// Every test, for each place.
macro_rules! suite {
    ($($room:ident: [$($test:ident),+ $(,)?]),+ $(,)?) => {
        suite!(@place memory $($room: [$($test),+]),+);
        suite!(@place wire $($room: [$($test),+]),+);
    };
    (@place $place:ident $($room:ident: [$($test:ident),+]),+) => {
        mod $place {
            $(mod $room {
                $(#[tokio::test]
                async fn $test() {
                    crate::$room::$test(&crate::places::$place().await).await;
                })+
            })+
        }
    };
}

suite! {
    task_definitions: [
        a_registration_keeps_the_document_with_members_that_nobody_knows,
        every_registration_is_a_revision_and_the_list_is_newest_first,
        a_family_alone_is_its_latest_active_revision,
        what_is_not_there_is_not_found,
        what_ecs_would_not_take_is_refused,
    ],
    services: [
        services_stand_in_the_order_of_their_names,
        a_service_is_told_as_it_is,
        more_services_than_one_page_has_are_all_listed,
        an_update_tells_our_deployment_and_what_it_replaced,
        a_forced_deployment_keeps_the_task_definition_and_has_an_id_of_its_own,
        an_update_that_changes_nothing_begins_nothing,
        what_cannot_be_updated_has_its_kind,
        more_services_than_ecs_takes_are_refused,
    ],
    deployments: [
        a_deployment_ends_successful_with_the_digests_that_ecs_resolved,
        the_history_is_newest_first_and_lacks_what_the_list_does_not_tell,
        a_crash_loop_is_taken_back_and_says_why,
        a_deployment_is_told_as_it_is_at_every_stage,
        a_deployment_that_another_one_replaced_was_stopped,
        a_deployment_can_be_stopped_until_it_has_ended,
        a_pause_awaits_an_answer,
        what_ecs_does_not_know_is_left_out_or_not_found,
        an_endpoint_without_service_deployments_says_so,
    ],
    tasks: [
        running_tasks_are_told_as_they_are,
        tasks_that_failed_are_listed_as_stopped_with_the_words_of_ecs,
        more_tasks_than_one_page_has_are_all_listed,
        targets_are_the_addresses_of_tasks,
        what_is_not_there_has_its_kind,
    ],
    faults: [
        throttling_is_throttling_for_every_call,
        a_server_error_is_unavailability_for_every_call,
        a_missing_right_is_access_denied_for_every_call,
        a_call_without_an_answer_times_out,
        a_fault_that_passes_is_overcome_by_reads,
        a_lost_answer_is_an_error_of_something_done_once,
        a_stale_read_shows_what_was_before,
    ],
}
