//! Rollouts: one change of a service to a task definition, from request to proof.
//!
//! Decisions first, as pure functions of what was seen:
//!
//! - [`explain`]: a stopped task → why, and what to do.
//! - [`History`]: past deployments → what a rollback goes to.
//! - [`Watch`]: what is seen of a service, moment by moment → where our deployment stands.
//! - [`order`]: which version stays when several deployers work on one service, and why.
//! - [`probe`]: what the running application says of itself → whether it is enough.
//! - [`audit`]: the same for many services and whole clusters, in full batches.
//! - [`proof`]: running tasks × what was meant → what is proved of them.
//! - [`targets`]: running tasks × targets of load balancers → whether they get traffic.
//! - [`OrderCheck`], [`default_timeout`]: may it be deployed, and how long may it take.
//! - [`EvidenceRecord`]: what one run did and what came of it.
//!
//! The shell around them fetches, applies and waits: [`Deployer`] (deploy and dry run),
//! [`rollback`], [`promote`], [`verify_running`], [`Audit`].

pub mod audit;
mod candidate;
mod configuration;
mod deadline;
mod deployer;
mod drive;
mod event;
mod events;
mod existing;
mod failure;
mod guard;
mod history;
mod options;
pub mod order;
mod outcome;
mod plan;
pub mod probe;
mod promote;
pub mod proof;
mod record;
mod registration;
mod request;
mod retention;
mod rollback;
pub mod targets;
mod version_of;
mod watch;

pub use audit::{Audit, AuditSummary, ServiceVerdict};
pub use candidate::verify_revision;
pub use configuration::ConfigurationChange;
pub use deadline::default_timeout;
pub use deployer::Deployer;
pub use drive::VERSIONS_LOOKED_AT;
pub use event::Event;
pub use events::Events;
pub use failure::{FailureCode, TaskFailure, explain};
pub use guard::OrderCheck;
pub use history::{History, HistorySource, PastDeployment, PastOutcome, RollbackTo, history};
pub use options::DeployOptions;
pub use outcome::{DeployedVersion, Intent, LeftBehind, Outcome, Until};
pub use plan::Plan;
pub use probe::{Answers, Probe, wait_for_application};
pub use promote::{Promotion, promote};
pub use proof::{Meant, Proof, ProofSummary, Verdict, verify_running};
pub use record::{EvidenceDraft, EvidenceRecord, ImageRecord, TaskDefinitionRecord};
pub use registration::CONTENT_TAG;
pub use request::{DeployRequest, Hooks, VerifiedImages, What};
pub use retention::{CandidateRetention, retention};
pub use rollback::{rollback, rollback_request};
pub use version_of::{VERSION_TAG, version_of};
pub use watch::{Observation, Standing, Watch, service_deployment_of};

#[cfg(all(test, feature = "memory"))]
mod tests;
