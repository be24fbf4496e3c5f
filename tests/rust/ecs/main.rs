//! Amazon ECS and load balancers, against a scripted stand-in.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod reads;
mod refusals;
mod requests;
mod signature;
mod support;
mod targets;
mod task_definitions;
mod writes;
