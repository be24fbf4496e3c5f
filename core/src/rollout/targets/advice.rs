//! What to do about a target that gets no traffic.

/// What to do, from the reason that Elastic Load Balancing gives (`TargetHealth.Reason` of `DescribeTargetHealth`).
pub(super) fn advice(reason: &str) -> Option<&'static str> {
    Some(match reason {
        "Target.ResponseCodeMismatch" => {
            "the application answers the health check with another status than is expected: check the \
             path and the matcher of the target group, and the log of the application"
        }
        "Target.Timeout" => {
            "the health check gets no answer in time: check that the security group of the tasks lets \
             the load balancer in, that the application listens on the container port on all \
             addresses, and how long it takes to answer"
        }
        "Target.FailedHealthChecks" => {
            "the health check is refused or cut off: check the port and protocol of the target group, \
             and that the application listens"
        }
        "Target.NotInUse" => {
            "the target group is used by no listener, or not in the zone of the task: check the \
             listener rules and the zones of the load balancer"
        }
        "Target.NotRegistered" => {
            "ECS has not registered the task: check the events of the service"
        }
        "Target.IpUnusable" => {
            "its address is one that a load balancer uses itself: give the tasks another subnet"
        }
        "Target.InvalidState" => "its host is stopped or gone: wait until ECS replaces the task",
        "Target.HealthCheckDisabled" => {
            "the target group checks no health, so that nothing can be shown: switch its checks on"
        }
        "Elb.InternalError" => "an error of the load balancer itself: wait, then ask AWS",
        _ => return None,
    })
}

/// Whether such an unused target is only on its way.
pub(super) fn is_on_its_way(reason: &str) -> bool {
    matches!(
        reason,
        "Target.NotRegistered" | "Target.InvalidState" | "Elb.RegistrationInProgress"
    )
}
