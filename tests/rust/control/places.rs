//! The implementations, each with a cluster in memory behind it.

use std::any::Any;
use std::sync::Once;
use std::time::Duration;

use artifact_deploy::aws::{AwsOptions, EcsControl, LoadBalancerTargets};
use artifact_deploy::memory::{
    ControlFault, ControlFaultKind, MemoryCluster, MemoryImage, MemoryRegistry, Pace,
};
use artifact_deploy::oci::Timeouts;
use artifact_deploy::ports::{ServiceControl, TargetGroups};
use artifact_deploy_tests::wire::{Act, Fault, WireSimulator, World};

/// A cluster, and those who ask it. The registry has `my/app` with the tags `v1`, `v2` and `bad`.
pub(crate) struct Place {
    pub(crate) control: Box<dyn ServiceControl>,
    pub(crate) targets: Box<dyn TargetGroups>,
    /// The scene behind the ports.
    pub(crate) cluster: MemoryCluster,
    pub(crate) registry: MemoryRegistry,
    fail: Fail,
    /// The server, where there is one.
    _server: Box<dyn Any + Send + Sync>,
}

type Fail = Box<dyn Fn(&str, Failure, usize) + Send + Sync>;

/// What goes wrong with calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    Throttled,
    ServerError,
    AccessDenied,
    NoAnswer,
    LostAnswer,
    Stale,
}

impl Place {
    /// Lets the next `times` calls of an operation (`UpdateService`; `*`: every one) go wrong.
    pub(crate) fn fail(&self, operation: &str, failure: Failure, times: usize) {
        (self.fail)(operation, failure, times);
    }
}

pub(crate) async fn memory() -> Place {
    let (registry, cluster) = scene();
    let fail = {
        let cluster = cluster.clone();
        move |operation: &str, failure: Failure, times: usize| {
            let kind = match failure {
                Failure::Throttled => ControlFaultKind::Throttled,
                Failure::ServerError => ControlFaultKind::Unavailable,
                Failure::AccessDenied => ControlFaultKind::AccessDenied,
                Failure::NoAnswer => ControlFaultKind::Timeout,
                Failure::LostAnswer => ControlFaultKind::LostAnswer,
                Failure::Stale => ControlFaultKind::Stale,
            };
            let fault = match operation {
                "*" => ControlFault::everywhere(kind),
                name => {
                    let name = serde_json::from_value(kebab(name).into()).unwrap();
                    ControlFault::new(name, kind)
                }
            };
            cluster.inject(fault.times(u32::try_from(times).unwrap()));
        }
    };
    std::future::ready(()).await;
    Place {
        control: Box::new(cluster.clone()),
        targets: Box::new(cluster.clone()),
        cluster,
        registry,
        fail: Box::new(fail),
        _server: Box::new(()),
    }
}

pub(crate) async fn wire() -> Place {
    credentials();
    let (registry, cluster) = scene();
    let world = World::new(registry.clone(), cluster.clone());
    let simulator = std::sync::Arc::new(WireSimulator::start(world).await);
    let timeouts = Timeouts::default()
        .with_read(Duration::from_secs(2))
        .with_attempt(Duration::from_secs(2))
        .with_operation(Duration::from_secs(10));
    let options = AwsOptions::default()
        .with_region("eu-central-1")
        .with_endpoint_url(simulator.url())
        .with_timeouts(timeouts);
    let fail = {
        let simulator = std::sync::Arc::clone(&simulator);
        move |operation: &str, failure: Failure, times: usize| {
            let act = match failure {
                Failure::Throttled => Act::Throttle,
                Failure::ServerError => Act::Status { status: 503 },
                Failure::AccessDenied => Act::AccessDenied,
                Failure::NoAnswer => Act::Stall,
                Failure::LostAnswer => Act::LostAnswer { status: None },
                Failure::Stale => Act::StaleRead,
            };
            simulator.inject(Fault::new(operation, act).times(times));
        }
    };
    Place {
        control: Box::new(EcsControl::new(options.clone())),
        targets: Box::new(LoadBalancerTargets::new(options)),
        cluster,
        registry,
        fail: Box::new(fail),
        _server: Box::new(simulator),
    }
}

fn scene() -> (MemoryRegistry, MemoryCluster) {
    let registry = MemoryRegistry::new();
    for tag in ["v1", "v2", "bad"] {
        let image = MemoryImage::new("linux/amd64").unwrap().label("tag", tag);
        registry.push("my/app", &[tag], &image).unwrap();
    }
    let cluster = MemoryCluster::new(registry.clone());
    cluster.set_pace(Pace::default().faster(500));
    cluster.create_cluster("main");
    (registry, cluster)
}

/// `UpdateService` as the cluster in memory writes it: `update-service`.
fn kebab(operation: &str) -> String {
    let mut name = String::new();
    for letter in operation.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// Static credentials, so that nothing is looked for on the network.
fn credentials() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for (name, value) in [
            ("AWS_ACCESS_KEY_ID", "AKIDTEST"),
            ("AWS_SECRET_ACCESS_KEY", "test-secret-key"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ] {
            // SAFETY: every test that reads the environment calls this first, and waits here.
            unsafe { std::env::set_var(name, value) };
        }
    });
}
