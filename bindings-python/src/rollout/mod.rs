//! Rollouts.

mod application;
mod audit;
pub(crate) mod deploy;
mod event;
mod history;
mod hooks;
mod judge;
mod plan;
pub(crate) mod promote;
mod proof;
mod record;
pub(crate) mod rollback;
mod verify;

pub(crate) use application::wait_for_application;
pub(crate) use audit::audit_services;
pub(crate) use event::PyDeploymentEvent;
pub(crate) use history::{PyHistory, deployment_history};
pub(crate) use hooks::{continue_deployment, stop_deployment};
pub(crate) use judge::{
    explain_task, judge_answers, judge_targets, judge_tasks, require_answers, standings,
};
pub(crate) use plan::{PyDeploymentPlan, plan_deployment};
pub(crate) use promote::PyPromotion;
pub(crate) use proof::PyProof;
pub(crate) use record::{PyEvidenceRecord, evidence_schema};
pub(crate) use verify::verify_running;
