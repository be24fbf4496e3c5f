//! The registry and the cluster in memory behind real HTTP, so that every language comes to them
//! through the true SDK.
//!
//! One port of 127.0.0.1 answers the APIs of ECS and ECR (AWS JSON 1.1, by `X-Amz-Target`) and of
//! `ELBv2` (AWS Query in, XML out), and the blobs of the registry's own interface. Inputs are checked
//! as the services do, and more: a member that nobody here acts upon is refused. Answers are held
//! against the public service models by `tests/python/test_wire_simulator_is_true.py`.
//!
//! In Rust a [`WireSimulator`] is started with a [`World`], and the test keeps clones of the registry
//! and the cluster to act behind the wire. As a program:
//!
//! ```text
//! cargo run -p artifact-deploy-tests --bin wire-simulator -- world.json     (or the JSON itself)
//! ```
//!
//! prints its URL on the first line and serves until its standard input ends. Use it with
//! `AWS_ENDPOINT_URL`, or an endpoint in the options, and any static credentials. What tests in other
//! languages do behind the wire goes to `POST /_control/{what}`: see `control.rs`.
//!
//! # Faults
//!
//! `{"operation": "UpdateService", "do": "lost-answer", "after": 0, "times": 1}` with
//! `"key": "AKID…"` for the calls of one client alone. What is done:
//!
//! | `do` | what comes of the call |
//! |---|---|
//! | `throttle`, `access-denied` | refused in the words of AWS, HTTP 400 |
//! | `error` with `code`, `message`, `status` | refused with any error |
//! | `status` with `status` | a bare HTTP status: 500, 503, 429 |
//! | `stall`, `reset` | no answer; the connection stays, or is reset. Nothing is done |
//! | `lost-answer`, with `status` or without | **it is done**, and then the connection is closed, or there is a bare status |
//! | `stall-in-body`, `cut`, `malformed` | it is done, and half of the answer comes, or no JSON |
//! | `slow` with `milliseconds` | it is done that much later |
//! | `stale-read` | the answer that was true before the last change |

mod book;
mod control;
mod ecs;
mod elb;
mod faults;
mod input;
mod paging;
pub(crate) mod protocol;
mod refusal;
mod shape;
mod shelf;
mod simulator;
mod world;

pub use book::Recorded;
pub use faults::{Act, Fault};
pub use simulator::WireSimulator;
pub use world::World;
