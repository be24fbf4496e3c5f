//! Rollouts: one change of a service to a task definition, from request to proof.
//!
//! Decisions first, as pure functions of what was seen:
//!
//! - [`explain`]: a stopped task → why, and what to do.
//! - [`History`]: past deployments → what a rollback goes to.
//! - [`Watch`]: what is seen of a service, moment by moment → where our deployment stands.
