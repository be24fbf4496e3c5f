//! A scripted stand-in for Amazon ECR: AWS JSON 1.1 on a free port, and the registry's own interface
//! for blobs.
//!
//! It counts every call, and fails as its [`Script`] says. As a program:
//!
//! ```text
//! cargo run -p artifact-deploy-tests --bin scripted-ecr -- script.json     (or the JSON itself)
//! ```
//!
//! prints its URL on the first line and serves until its standard input ends or it is killed. Use
//! it with `AWS_ENDPOINT_URL_ECR` or the option `endpointUrl`, and any static credentials.
//!
//! | request | answer |
//! |---|---|
//! | `POST /` with `X-Amz-Target` | the ECR API |
//! | `GET`, `HEAD` `/v2/{repository}/blobs/{digest}` | a blob, for the token of `GetAuthorizationToken` |
//! | `GET /_calls` | how often each operation was called: `{"BatchGetImage": 1}` |
//! | `GET /_requests` | `[{"operation", "input", "region", "key"}]`, in order |
//! | `PUT /_script` | takes a new script; counts start again |

mod kept;
mod operations;
mod rules;
mod script;
mod server;
mod world;

pub(crate) use kept::{Blob, Kept, Repositories, Stored};
pub(crate) use operations::{admits, answer, described, repository};
pub use script::{ChildScript, ImageScript, RepositoryScript, Script};
pub use server::ScriptedEcr;
