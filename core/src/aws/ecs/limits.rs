//! How often ECS is asked.

use std::time::Duration;

use leaky_bucket::RateLimiter;

/// The operations that ECS counts together, for each account and Region.
///
/// Source: ECS, "Request throttling for the Amazon ECS API".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// `RegisterTaskDefinition`.
    TaskDefinitionModify,
    /// `DescribeTaskDefinition`, `ListTaskDefinitions`.
    TaskDefinitionRead,
    /// `UpdateService`; `StopServiceDeployment` and `ContinueServiceDeployment`, of which nothing is
    /// documented, are counted here too.
    ServiceModify,
    /// `DescribeServices`, `ListServices`.
    ServiceRead,
    /// `DescribeServiceDeployments`, `ListServiceDeployments`.
    ServiceDeploymentRead,
    /// `DescribeServiceRevisions`.
    ServiceRevisionRead,
    /// `DescribeTasks`, `ListTasks`.
    ClusterRead,
}

/// What a bucket holds, and what runs into it each second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rate {
    burst: u32,
    sustained: u32,
}

impl Class {
    /// What ECS grants.
    const fn documented(self) -> Rate {
        let (burst, sustained) = match self {
            Self::TaskDefinitionModify => (20, 1),
            Self::ServiceModify => (50, 5),
            Self::TaskDefinitionRead | Self::ServiceDeploymentRead | Self::ServiceRevisionRead => {
                (50, 20)
            }
            Self::ServiceRead | Self::ClusterRead => (100, 20),
        };
        Rate { burst, sustained }
    }
}

/// One client takes one part in this many of what the account has: other deployments, consoles and
/// ECS tools of the account use the same buckets.
const PARTS: u32 = 2;

/// The token buckets of one client.
///
/// An attempt that the SDK repeats by itself takes no token of its own: the SDK waits before it, and
/// makes few.
pub(super) struct Limits {
    task_definition_modify: RateLimiter,
    task_definition_read: RateLimiter,
    service_modify: RateLimiter,
    service_read: RateLimiter,
    service_deployment_read: RateLimiter,
    service_revision_read: RateLimiter,
    cluster_read: RateLimiter,
}

impl Limits {
    pub(super) fn new() -> Self {
        Self {
            task_definition_modify: bucket(Class::TaskDefinitionModify),
            task_definition_read: bucket(Class::TaskDefinitionRead),
            service_modify: bucket(Class::ServiceModify),
            service_read: bucket(Class::ServiceRead),
            service_deployment_read: bucket(Class::ServiceDeploymentRead),
            service_revision_read: bucket(Class::ServiceRevisionRead),
            cluster_read: bucket(Class::ClusterRead),
        }
    }

    /// Until one more call of this class may be made; who came first goes first.
    pub(super) async fn wait(&self, class: Class) {
        let bucket = match class {
            Class::TaskDefinitionModify => &self.task_definition_modify,
            Class::TaskDefinitionRead => &self.task_definition_read,
            Class::ServiceModify => &self.service_modify,
            Class::ServiceRead => &self.service_read,
            Class::ServiceDeploymentRead => &self.service_deployment_read,
            Class::ServiceRevisionRead => &self.service_revision_read,
            Class::ClusterRead => &self.cluster_read,
        };
        bucket.acquire_one().await;
    }
}

fn bucket(class: Class) -> RateLimiter {
    let Rate { burst, sustained } = class.documented();
    let burst = (burst / PARTS).max(1) as usize;
    RateLimiter::builder()
        .initial(burst)
        .max(burst)
        .refill(1)
        .interval(Duration::from_secs(1) * PARTS / sustained)
        .build()
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    async fn seconds_for(class: Class, calls: usize) -> f64 {
        let limits = Limits::new();
        let start = Instant::now();
        for _ in 0..calls {
            limits.wait(class).await;
        }
        start.elapsed().as_secs_f64()
    }

    #[tokio::test(start_paused = true)]
    async fn each_class_stays_within_half_of_what_ecs_grants() {
        for (class, burst, sustained) in [
            (Class::TaskDefinitionModify, 20, 1.0),
            (Class::TaskDefinitionRead, 50, 20.0),
            (Class::ServiceModify, 50, 5.0),
            (Class::ServiceRead, 100, 20.0),
            (Class::ServiceDeploymentRead, 50, 20.0),
            (Class::ServiceRevisionRead, 50, 20.0),
            (Class::ClusterRead, 100, 20.0),
        ] {
            let at_once = seconds_for(class, burst / 2).await;
            assert!(at_once < 0.01, "{class:?}: {at_once}");
            let more = seconds_for(class, burst / 2 + 40).await;
            let least = 40.0 / (sustained / 2.0);
            assert!(more > least * 0.95, "{class:?}: {more} < {least}");
            assert!(more < least * 1.2 + 0.1, "{class:?}: {more} > {least}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_class_does_not_wait_for_another() {
        let limits = Limits::new();
        for _ in 0..10 {
            limits.wait(Class::TaskDefinitionModify).await;
        }
        let start = Instant::now();
        limits.wait(Class::ServiceRead).await;
        assert!(start.elapsed() < Duration::from_millis(10));
    }
}
