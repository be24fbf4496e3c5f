//! All that a cluster in memory keeps.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::definition::Definitions;
use super::fault::{ControlCalls, ControlFault, ControlFaultKind, ControlOperation};
use super::refusal::{invalid_parameter, no_cluster, no_service};
use super::service::Service;
use super::world::World;
use crate::Result;
use crate::ports::RegisteredTaskDefinition;
use crate::service::ServiceAddress;
use crate::task_definition::TaskDefinition;

#[derive(Debug)]
pub(super) struct State {
    pub(super) world: World,
    clusters: BTreeMap<String, BTreeMap<String, Service>>,
    /// Before this moment nothing happens by itself; none: not known.
    quiet_until: Option<Instant>,
    pub(super) definitions: Definitions,
    /// As they were before the last one was registered, for reads that lag.
    pub(super) definitions_before: Definitions,
    pub(super) faults: Vec<ControlFault>,
    pub(super) calls: ControlCalls,
}

/// How long nothing happens at most before it is looked whether something does.
const FAR: Duration = Duration::from_hours(24 * 365);

impl State {
    pub(super) fn new(world: World) -> Self {
        Self {
            world,
            clusters: BTreeMap::new(),
            quiet_until: None,
            definitions: Definitions::default(),
            definitions_before: Definitions::default(),
            faults: Vec::new(),
            calls: ControlCalls::default(),
        }
    }

    /// Plays everything that happens until `now`.
    pub(super) fn advance(&mut self, now: Instant) {
        if self.quiet_until.is_some_and(|until| now < until) {
            return;
        }
        let (services, world) = self.services_mut();
        let mut next = now + FAR;
        for service in services {
            service.advance(now, world);
            next = service.due().map_or(next, |due| due.min(next));
        }
        self.quiet_until = Some(next);
    }

    /// All services, to be changed, and the world that they are in.
    pub(super) fn services_mut(&mut self) -> (impl Iterator<Item = &mut Service>, &mut World) {
        self.quiet_until = None;
        let services = self.clusters.values_mut().flat_map(BTreeMap::values_mut);
        (services, &mut self.world)
    }

    /// Lets all services do what is due now, and all that follows from it.
    pub(super) fn step(&mut self, now: Instant) {
        let (services, world) = self.services_mut();
        for service in services {
            service.step(now, world);
        }
    }

    /// Makes a cluster without services, unless it is there.
    pub(super) fn add_cluster(&mut self, name: &str) {
        self.clusters.entry(name.to_owned()).or_default();
    }

    /// When something happens next that waits for nobody.
    pub(super) fn due(&self) -> Option<Instant> {
        self.services().filter_map(|one| one.due_with(false)).min()
    }

    pub(super) fn services(&self) -> impl Iterator<Item = &Service> {
        self.clusters.values().flat_map(BTreeMap::values)
    }

    pub(super) fn strike(
        &mut self,
        operation: ControlOperation,
        services: &[&str],
    ) -> Option<ControlFaultKind> {
        self.calls.count(operation);
        self.faults
            .iter_mut()
            .find_map(|fault| fault.strike(operation, services))
    }

    /// RegisterTaskDefinition.
    pub(super) fn register(
        &mut self,
        document: &TaskDefinition,
    ) -> Result<RegisteredTaskDefinition> {
        self.definitions_before = self.definitions.clone();
        self.definitions.register(&self.world.place, document)
    }

    pub(super) fn cluster(&self, name: &str) -> Result<&BTreeMap<String, Service>> {
        // Everybody may name a cluster by its ARN.
        let name = name.rsplit('/').next().unwrap_or(name);
        self.clusters.get(name).ok_or_else(no_cluster)
    }

    pub(super) fn service(&self, address: &ServiceAddress) -> Result<&Service> {
        let services = self.cluster(address.cluster())?;
        services.get(address.service()).ok_or_else(no_service)
    }

    /// A service and the world that it is in.
    pub(super) fn service_mut(
        &mut self,
        address: &ServiceAddress,
    ) -> Result<(&mut Service, &mut World)> {
        self.quiet_until = None;
        let services = self.clusters.get_mut(address.cluster());
        let service = services
            .ok_or_else(no_cluster)?
            .get_mut(address.service())
            .ok_or_else(no_service)?;
        Ok((service, &mut self.world))
    }

    /// A service as CreateService takes it; `steady`: with its first deployment done.
    pub(super) fn create(
        &mut self,
        document: &Value,
        steady: bool,
        now: Instant,
    ) -> Result<ServiceAddress> {
        let pace = self.world.pace;
        if steady {
            self.world.pace = pace.instant();
        }
        let created = Service::create(document, &self.definitions, &mut self.world, now);
        let created = created.map(|mut service| {
            // What waits for nobody has had its hooks.
            let hooks = service.configuration.hooks.clone();
            if steady {
                service.configuration.hooks.clear();
            }
            service.advance(now, &mut self.world);
            service.configuration.hooks = hooks;
            service
        });
        self.world.pace = pace;
        let service = created?;
        let address = ServiceAddress::new(&service.cluster, &service.name)?;
        let services = self.clusters.entry(service.cluster.clone()).or_default();
        if services
            .get(&service.name)
            .is_some_and(|old| old.status == "ACTIVE")
        {
            return Err(invalid_parameter("Creation of service was not idempotent."));
        }
        let due = service.due();
        self.quiet_until = self
            .quiet_until
            .map(|until| due.map_or(until, |due| due.min(until)));
        services.insert(service.name.clone(), service);
        Ok(address)
    }
}

impl Service {
    /// The service as it was before the last change.
    pub(super) fn lagging(&self) -> &Self {
        self.before.as_deref().unwrap_or(self)
    }

    /// Keeps the service as it is, because it is about to change.
    pub(super) fn remember(&mut self) {
        self.before = None;
        self.before = Some(Box::new(self.clone()));
    }
}
