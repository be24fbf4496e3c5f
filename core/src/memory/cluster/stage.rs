//! The stages of a service deployment.

use tokio::time::Instant;

use super::configuration::{Configuration, Strategy};

/// A stage, in the order in which they come. Source: ECS, `ServiceDeploymentLifecycleStage`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    ReconcileService,
    PreScaleUp,
    ScaleUp,
    PostScaleUp,
    TestTrafficShift,
    PostTestTrafficShift,
    PreProductionTrafficShift,
    ProductionTrafficShift,
    PostProductionTrafficShift,
    BakeTime,
    CleanUp,
}

impl Stage {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ReconcileService => "RECONCILE_SERVICE",
            Self::PreScaleUp => "PRE_SCALE_UP",
            Self::ScaleUp => "SCALE_UP",
            Self::PostScaleUp => "POST_SCALE_UP",
            Self::TestTrafficShift => "TEST_TRAFFIC_SHIFT",
            Self::PostTestTrafficShift => "POST_TEST_TRAFFIC_SHIFT",
            Self::PreProductionTrafficShift => "PRE_PRODUCTION_TRAFFIC_SHIFT",
            Self::ProductionTrafficShift => "PRODUCTION_TRAFFIC_SHIFT",
            Self::PostProductionTrafficShift => "POST_PRODUCTION_TRAFFIC_SHIFT",
            Self::BakeTime => "BAKE_TIME",
            Self::CleanUp => "CLEAN_UP",
        }
    }
}

/// How far a deployment is in its stages.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    plan: Vec<Stage>,
    index: usize,
    /// Whether its hooks have been called.
    pub(super) entered: bool,
    /// Whether its hooks have passed, and its own work has begun.
    pub(super) working: bool,
    pub(super) until: Option<Instant>,
    /// Whether old tasks stay until all new ones have the traffic.
    pub(super) side_by_side: bool,
}

impl Progress {
    /// The stages of a deployment. A rolling one knows those that hooks can stand at, without a
    /// shift of traffic.
    pub(super) fn new(configuration: &Configuration, crowded: bool) -> Self {
        use Stage::{
            BakeTime, CleanUp, PostProductionTrafficShift, PostScaleUp, PostTestTrafficShift,
            PreProductionTrafficShift, PreScaleUp, ProductionTrafficShift, ReconcileService,
            ScaleUp, TestTrafficShift,
        };
        let side_by_side = configuration.strategy != Strategy::Rolling;
        let mut plan = Vec::new();
        if side_by_side {
            if crowded {
                plan.push(ReconcileService);
            }
            plan.extend([
                PreScaleUp,
                ScaleUp,
                PostScaleUp,
                TestTrafficShift,
                PostTestTrafficShift,
                PreProductionTrafficShift,
                ProductionTrafficShift,
                PostProductionTrafficShift,
                BakeTime,
                CleanUp,
            ]);
            // The API's list of stages lacks it; only a hook brings it into sight.
            let mut hooked = configuration.hooks.iter().flat_map(|hook| &hook.stages);
            if !hooked.any(|stage| stage == PreProductionTrafficShift.name()) {
                plan.retain(|stage| *stage != PreProductionTrafficShift);
            }
        } else {
            plan.extend([PreScaleUp, ScaleUp, PostScaleUp, BakeTime]);
        }
        Self::of(plan, side_by_side)
    }

    /// The stages of a rollback.
    pub(super) fn back() -> Self {
        Self::of(vec![Stage::ScaleUp], false)
    }

    fn of(plan: Vec<Stage>, side_by_side: bool) -> Self {
        Self {
            plan,
            index: 0,
            entered: false,
            working: false,
            until: None,
            side_by_side,
        }
    }

    /// The stage that it is in; none at its end.
    pub(super) fn stage(&self) -> Option<Stage> {
        self.plan.get(self.index).copied()
    }

    /// Goes on to the next stage.
    pub(super) fn leave(&mut self) {
        self.index += 1;
        self.entered = false;
        self.working = false;
        self.until = None;
    }

    /// Goes to the end.
    pub(super) fn end(&mut self) {
        self.index = self.plan.len();
        self.until = None;
    }

    /// Whether new tasks may start.
    pub(super) fn may_start(&self) -> bool {
        match self.stage() {
            Some(Stage::ScaleUp) => self.working,
            stage => stage.is_none_or(|stage| stage > Stage::ScaleUp),
        }
    }

    /// Whether old tasks may stop.
    pub(super) fn may_stop(&self) -> bool {
        match self.stage() {
            Some(Stage::CleanUp) => self.working,
            stage => stage.is_none() || (!self.side_by_side && self.may_start()),
        }
    }
}
