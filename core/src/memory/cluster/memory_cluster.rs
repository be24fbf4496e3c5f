//! The cluster.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::time::Instant;

use super::fault::{ControlCalls, ControlFault};
use super::fixture;
use super::pace::Pace;
use super::state::State;
use super::world::World;
use crate::Result;
use crate::memory::MemoryRegistry;
use crate::memory::registry::Watcher;

/// Amazon ECS in memory, with the load balancers of its services. Clones share everything.
///
/// Its tasks pull from a [`MemoryRegistry`] at the moment at which they pull, by tokio's clock. All
/// that is asked of it goes through the ports [`ServiceControl`](crate::ports::ServiceControl) and
/// [`TargetGroups`](crate::ports::TargetGroups); the methods here set the scene.
#[derive(Clone)]
pub struct MemoryCluster {
    registry: MemoryRegistry,
    shared: Arc<Shared>,
}

/// What clones share.
pub(super) struct Shared(Mutex<State>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whatever was pulled before a change of the registry is pulled before it.
impl Watcher for Shared {
    fn about_to_change(&self) {
        self.lock().advance(Instant::now());
    }
}

impl MemoryCluster {
    /// Without clusters, services and task definitions. Account and Region are those of the host of
    /// the registry, where it is one of ECR.
    pub fn new(registry: MemoryRegistry) -> Self {
        let state = State::new(World::new(registry.clone()));
        let shared = Arc::new(Shared(Mutex::new(state)));
        let watcher: Weak<Shared> = Arc::downgrade(&shared);
        registry.watch(watcher);
        Self { registry, shared }
    }

    /// The registry that its tasks pull from.
    pub fn registry(&self) -> &MemoryRegistry {
        &self.registry
    }

    /// What the [module](super#as-json) describes in JSON.
    ///
    /// # Errors
    /// `InvalidArgument` for the shape, and those of the calls that it stands for.
    pub fn from_json(registry: MemoryRegistry, json: &Value) -> Result<Self> {
        fixture::read(registry, json)
    }

    /// Sets how fast things happen from now on.
    pub fn set_pace(&self, pace: Pace) {
        self.state().world.pace = pace;
    }

    /// Sets what the clock of its answers shows now; without it that is 2025-08-20T12:45:00Z at its
    /// creation.
    pub fn set_time(&self, time: DateTime<Utc>) {
        self.state().world.begin_at(time);
    }

    /// Takes away service deployments and revisions: their operations fail with
    /// `UnsupportedOperation`, and services do not name them.
    pub fn without_service_deployments(&self) {
        self.state().world.service_deployments = false;
    }

    /// Lets tasks report the digest of the image of their platform in place of that of the index.
    pub fn report_platform_digests(&self) {
        self.state().world.platform_digests = true;
    }

    /// Sets how many items a page of a list has, at least 1. Without it: 100.
    pub fn set_page_size(&self, items: usize) {
        self.state().world.page_size = items.max(1);
    }

    /// Creates a cluster.
    pub fn create_cluster(&self, name: &str) {
        self.state().add_cluster(name);
    }

    /// Makes calls go wrong. The fault that was injected first strikes first.
    pub fn inject(&self, fault: ControlFault) {
        self.state().faults.push(fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.state().faults.clear();
    }

    /// What it was asked so far.
    pub fn calls(&self) -> ControlCalls {
        self.state().calls.clone()
    }

    /// Counts from zero again.
    pub fn reset_calls(&self) {
        self.state().calls = ControlCalls::default();
    }

    /// Everything as it is now.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.shared.lock();
        state.advance(Instant::now());
        state
    }
}

impl fmt::Debug for MemoryCluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryCluster").finish_non_exhaustive()
    }
}
