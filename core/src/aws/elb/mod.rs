//! The health of load-balancer targets.

mod errors;
mod targets;

pub use targets::LoadBalancerTargets;
