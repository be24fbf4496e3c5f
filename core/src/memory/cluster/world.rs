//! What all services of a cluster in memory share.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

use super::behaviour::Rules;
use super::pace::Pace;
use crate::image::{Digest, EcrHost};
use crate::memory::MemoryRegistry;

/// The registry, the clock, and how things behave.
#[derive(Debug)]
pub(super) struct World {
    pub(super) registry: MemoryRegistry,
    pub(super) pace: Pace,
    pub(super) rules: Rules,
    /// Alarms that are going off.
    pub(super) alarms: BTreeSet<String>,
    /// Lambda functions of hooks that fail.
    pub(super) failing_hooks: BTreeSet<String>,
    /// Whether tasks report the image of their platform in place of the index.
    pub(super) platform_digests: bool,
    pub(super) service_deployments: bool,
    pub(super) page_size: usize,
    pub(super) place: Place,
    addresses: u32,
    began: Instant,
    began_at: DateTime<Utc>,
}

/// Account and Region, for ARNs.
#[derive(Debug, Clone)]
pub(super) struct Place {
    partition: &'static str,
    region: String,
    account: String,
}

impl Place {
    pub(super) fn arn(&self, resource: &str) -> String {
        format!(
            "arn:{}:ecs:{}:{}:{resource}",
            self.partition, self.region, self.account
        )
    }
}

impl World {
    pub(super) fn new(registry: MemoryRegistry) -> Self {
        let host = registry.ecr();
        let place = Place {
            partition: host.as_ref().map_or("aws", EcrHost::partition),
            region: host
                .as_ref()
                .map_or("eu-central-1", EcrHost::region)
                .to_owned(),
            account: host
                .as_ref()
                .map_or("123456789012", EcrHost::account)
                .to_owned(),
        };
        Self {
            registry,
            pace: Pace::default(),
            rules: Rules::default(),
            alarms: BTreeSet::new(),
            failing_hooks: BTreeSet::new(),
            platform_digests: false,
            service_deployments: true,
            page_size: 100,
            place,
            addresses: 0,
            began: Instant::now(),
            began_at: DateTime::from_timestamp(1_755_693_900, 0).unwrap_or_default(),
        }
    }

    /// The moment that the clock of the answers shows when the world begins.
    pub(super) fn begin_at(&mut self, time: DateTime<Utc>) {
        self.began_at = time;
    }

    /// A moment as answers write it.
    pub(super) fn time(&self, at: Instant) -> DateTime<Utc> {
        let since = at.saturating_duration_since(self.began);
        let before = self.began.saturating_duration_since(at);
        self.began_at + TimeDelta::from_std(since).unwrap_or_default()
            - TimeDelta::from_std(before).unwrap_or_default()
    }

    /// An address that no other task has or had.
    pub(super) fn next_address(&mut self) -> Ipv4Addr {
        self.addresses = self.addresses.wrapping_add(1);
        Ipv4Addr::from(0x0A00_0000 | (self.addresses & 0x00FF_FFFF))
    }
}

/// How many digits of the id of a task tell its service.
pub(super) const MARK: usize = 12;

/// 32 hexadecimal digits that are always the same for `of`.
pub(super) fn hex_id(of: &str) -> String {
    Digest::of(of.as_bytes()).hex().chars().take(32).collect()
}

/// 19 decimal digits that are always the same for `of`, as those of deployments.
pub(super) fn number_id(of: &str) -> String {
    const LEAST: u64 = 1_000_000_000_000_000_000;
    let digest = Digest::of(of.as_bytes());
    let number = digest.hex().get(..16).unwrap_or_default();
    let number = u64::from_str_radix(number, 16).unwrap_or_default();
    (LEAST + number % (8 * LEAST)).to_string()
}
