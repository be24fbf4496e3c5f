//! Joining tasks with targets.

use serde::Serialize;

use super::advice::{advice, is_on_its_way};
use crate::harmless::escaped;
use crate::rollout::proof::{Meant, TaskVerdict, is_elsewhere, judge_task};
use crate::service::{LoadBalancer, TargetHealth, TargetState, Task};

/// A load balancer of a service with the targets of its group, or of its two groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupHealth {
    /// The load balancer, as the service names it.
    pub balancer: LoadBalancer,
    /// The targets of its target group, and of the alternate one where there is one.
    pub targets: Vec<TargetHealth>,
}

/// Whether tasks get traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetVerdict {
    /// Each task that was meant is healthy in each group.
    Healthy,
    /// Some are on their way.
    Waiting,
    /// At least one fails its checks, or cannot be reached as things stand.
    Unhealthy,
}

impl TargetVerdict {
    /// The verdict as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Waiting => "waiting",
            Self::Unhealthy => "unhealthy",
        }
    }
}

/// Whether the running tasks that were meant get traffic.
///
/// JSON: `{"verdict", "reason", "tasks", "healthy", "draining", "targets"}`; `targets` has those
/// that are not healthy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetsProof {
    /// The verdict.
    pub verdict: TargetVerdict,
    /// Why, in a sentence.
    pub reason: String,
    /// How many running tasks run what was meant: those that are looked for.
    pub tasks: usize,
    /// In how many places they are healthy: tasks times groups, at the end.
    pub healthy: usize,
    /// Targets that are being taken out, of whatever task.
    pub draining: usize,
    /// The places where a task is not healthy.
    pub targets: Vec<TargetProof>,
}

/// One task in one target group, where it is not healthy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetProof {
    /// The task; absent where targets cannot be joined with tasks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_arn: Option<String>,
    /// The target group.
    pub target_group_arn: String,
    /// `10.0.3.7:8080`; absent while it is not registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Its state; absent while it is not registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<TargetState>,
    /// Whether it is on its way or fails.
    pub verdict: TargetVerdict,
    /// Why, as ELB writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<&'static str>,
}

/// Whether the running tasks that run what was meant get traffic from each group.
pub fn judge_targets(tasks: &[Task], meant: &Meant, groups: &[GroupHealth]) -> TargetsProof {
    let right: Vec<&Task> = tasks
        .iter()
        .filter(|task| task.is_running())
        .filter(|task| {
            let proof = judge_task(task, meant, None);
            proof.verdict == TaskVerdict::Right && !is_elsewhere(&proof, meant)
        })
        .collect();
    let running = tasks.iter().filter(|task| task.is_running()).count();
    let (mut healthy, mut targets, mut asked) = (0, Vec::new(), 0);
    for group in groups {
        let Some(arn) = &group.balancer.target_group_arn else {
            continue;
        };
        asked += 1;
        let found = if right.iter().all(|task| task.private_ipv4_address.is_some()) {
            by_address(arn, group, &right)
        } else {
            by_number(arn, group, running)
        };
        healthy += found.0;
        targets.extend(found.1);
    }
    let draining = groups
        .iter()
        .flat_map(|group| &group.targets)
        .filter(|target| is_leaving(&target.state))
        .count();
    let worst = targets.iter().max_by_key(|target| target.verdict);
    let (verdict, reason) = match worst {
        _ if asked == 0 => (
            TargetVerdict::Healthy,
            "the service has no target group".to_owned(),
        ),
        _ if right.is_empty() => (
            TargetVerdict::Waiting,
            "no running task runs what was meant".to_owned(),
        ),
        None => (
            TargetVerdict::Healthy,
            match right.len() {
                1 => "the one task that was meant gets traffic".to_owned(),
                more => format!("all {more} tasks that were meant get traffic"),
            },
        ),
        Some(worst) => (worst.verdict, sentence(worst, targets.len())),
    };
    TargetsProof {
        verdict,
        reason,
        tasks: right.len(),
        healthy,
        draining,
        targets,
    }
}

/// Each task by its address, in whichever of the two groups it is best.
fn by_address(arn: &str, group: &GroupHealth, tasks: &[&Task]) -> (usize, Vec<TargetProof>) {
    let port = group.balancer.container_port;
    let mut not_healthy = Vec::new();
    for task in tasks {
        let best = group
            .targets
            .iter()
            .filter(|target| Some(&target.id) == task.private_ipv4_address.as_ref())
            .filter(|target| port.is_none() || target.port.is_none() || target.port == port)
            .min_by_key(|target| judge_target(target));
        let mut proof = place(arn, best);
        proof.task_arn = Some(task.task_arn.clone());
        if proof.verdict != TargetVerdict::Healthy {
            not_healthy.push(proof);
        }
    }
    (tasks.len() - not_healthy.len(), not_healthy)
}

/// Where tasks have no address of their own, targets are instances with ports: only that enough are
/// healthy for all tasks that run, whatever they run, and that none fails, can be told.
fn by_number(arn: &str, group: &GroupHealth, tasks: usize) -> (usize, Vec<TargetProof>) {
    let staying = group
        .targets
        .iter()
        .filter(|target| !is_leaving(&target.state));
    let (healthy, rest): (Vec<_>, Vec<_>) =
        staying.partition(|target| target.state == TargetState::Healthy);
    let mut not_healthy: Vec<_> = rest
        .into_iter()
        .map(|target| place(arn, Some(target)))
        .collect();
    let registered = healthy.len() + not_healthy.len();
    not_healthy.extend((registered..tasks).map(|_| place(arn, None)));
    (healthy.len(), not_healthy)
}

fn place(arn: &str, target: Option<&TargetHealth>) -> TargetProof {
    let Some(target) = target else {
        return TargetProof {
            task_arn: None,
            target_group_arn: arn.to_owned(),
            target: None,
            state: None,
            verdict: TargetVerdict::Waiting,
            reason: None,
            advice: None,
        };
    };
    let port = target.port.map(|port| format!(":{port}"));
    TargetProof {
        task_arn: None,
        target_group_arn: arn.to_owned(),
        target: Some(format!("{}{}", target.id, port.unwrap_or_default())),
        state: Some(target.state.clone()),
        verdict: judge_target(target),
        reason: target.reason.clone(),
        advice: target.reason.as_deref().and_then(advice),
    }
}

fn judge_target(target: &TargetHealth) -> TargetVerdict {
    match target.state {
        TargetState::Healthy => TargetVerdict::Healthy,
        TargetState::Unhealthy | TargetState::UnhealthyDraining => TargetVerdict::Unhealthy,
        TargetState::Unused if !target.reason.as_deref().is_some_and(is_on_its_way) => {
            TargetVerdict::Unhealthy
        }
        TargetState::Unused
        | TargetState::Initial
        | TargetState::Draining
        | TargetState::Unavailable
        | TargetState::Other(_) => TargetVerdict::Waiting,
    }
}

fn is_leaving(state: &TargetState) -> bool {
    matches!(
        state,
        TargetState::Draining | TargetState::UnhealthyDraining
    )
}

fn sentence(worst: &TargetProof, count: usize) -> String {
    let target = worst.target.as_deref().map_or_else(
        || "a task is not registered yet".to_owned(),
        |target| format!("target {} is {}", escaped(target), state(worst)),
    );
    let reason = worst
        .reason
        .as_deref()
        .map(|reason| format!(" ({})", escaped(reason)));
    let more = match count {
        1 => String::new(),
        count => format!("; not healthy beside it: {}", count - 1),
    };
    let advice = worst.advice.map(|advice| format!(": {advice}"));
    format!(
        "{target}{}{}{more}",
        reason.unwrap_or_default(),
        advice.unwrap_or_default()
    )
}

fn state(target: &TargetProof) -> String {
    match &target.state {
        Some(TargetState::Other(state)) => escaped(state),
        Some(state) => serde_json::to_value(state)
            .ok()
            .and_then(|state| state.as_str().map(str::to_owned))
            .unwrap_or_default(),
        None => String::new(),
    }
}
