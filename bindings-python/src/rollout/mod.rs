//! Rollouts.

pub(crate) mod deploy;
mod event;
mod history;
mod hooks;
pub(crate) mod promote;
mod proof;
mod record;
pub(crate) mod rollback;
mod verify;

pub(crate) use event::PyDeploymentEvent;
pub(crate) use history::{PyHistory, deployment_history};
pub(crate) use hooks::{continue_deployment, stop_deployment};
pub(crate) use promote::PyPromotion;
pub(crate) use proof::PyProof;
pub(crate) use record::{PyEvidenceRecord, evidence_schema};
pub(crate) use verify::verify_running;
