//! The port on Elastic Load Balancing.

use async_trait::async_trait;
use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::types::TargetHealthDescription;

use super::errors::ELB;
use crate::aws::AwsOptions;
use crate::aws::configuration::Place;
use crate::aws::connections::{Connections, service_client};
use crate::aws::errors::Call;
use crate::harmless::escaped;
use crate::ports::TargetGroups;
use crate::service::{TargetHealth, TargetState};
use crate::text::quoted;
use crate::{Error, ErrorKind, Result};

service_client!(
    aws_sdk_elasticloadbalancingv2,
    "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2"
);

/// The target groups of Application and Network Load Balancers, in every Region: a target group is
/// asked for in the Region of its ARN.
///
/// Needs the IAM action `elasticloadbalancing:DescribeTargetHealth`, which knows no resource: `*`.
/// Errors carry `details`: `service`, `operation`, `action`, `resource`, `status`, `awsCode`,
/// `awsMessage`, `requestId`.
pub struct LoadBalancerTargets {
    connections: Connections<Client>,
}

impl LoadBalancerTargets {
    /// Load balancers as these options say. Nothing is read or sent before the first question.
    pub fn new(options: AwsOptions) -> Self {
        Self {
            connections: Connections::new(options),
        }
    }

    /// Load balancers with the credentials and endpoints of the environment.
    pub fn from_env() -> Self {
        Self::new(AwsOptions::default())
    }
}

#[async_trait]
impl TargetGroups for LoadBalancerTargets {
    async fn target_health(&self, target_group_arn: &str) -> Result<Vec<TargetHealth>> {
        let region = region_of(target_group_arn)?;
        let place = Place {
            region: Some(region.to_owned()),
            ..Place::default()
        };
        let connection = self.connections.to(place).await?;
        let subject = format!("target group {}", escaped(target_group_arn));
        let call = Call {
            api: &ELB,
            operation: "DescribeTargetHealth",
            subject: &subject,
            resource: "*",
        };
        let output = connection
            .client
            .describe_target_health()
            .target_group_arn(target_group_arn)
            .send()
            .await
            .map_err(|error| call.failed(&error))?;
        let targets = output.target_health_descriptions().iter().map(target);
        targets.collect::<Option<_>>().ok_or_else(|| {
            Error::new(
                ErrorKind::UnexpectedResponse,
                format!(
                    "the answer on {subject} has a target without id or state; check the endpoint"
                ),
            )
        })
    }
}

/// `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/name/id`.
fn region_of(arn: &str) -> Result<&str> {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    match fields.as_slice() {
        ["arn", _, "elasticloadbalancing", region, _, group]
            if !region.is_empty() && group.starts_with("targetgroup/") =>
        {
            Ok(region)
        }
        _ => Err(Error::new(
            ErrorKind::InvalidArgument,
            format!(
                "{} is not the ARN of a target group; expected \
                 arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID",
                quoted(arn)
            ),
        )),
    }
}

fn target(given: &TargetHealthDescription) -> Option<TargetHealth> {
    let (target, health) = (given.target()?, given.target_health()?);
    Some(TargetHealth {
        id: target.id()?.to_owned(),
        port: target.port().and_then(|port| u16::try_from(port).ok()),
        state: match health.state()?.as_str() {
            "initial" => TargetState::Initial,
            "healthy" => TargetState::Healthy,
            "unhealthy" => TargetState::Unhealthy,
            "unhealthy.draining" => TargetState::UnhealthyDraining,
            "unused" => TargetState::Unused,
            "draining" => TargetState::Draining,
            "unavailable" => TargetState::Unavailable,
            other => TargetState::Other(other.to_owned()),
        },
        reason: health.reason().map(|reason| reason.as_str().to_owned()),
        description: health.description().map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_comes_from_the_arn() {
        let arn = "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:targetgroup/app/6d0ecf831eec9f09";
        assert_eq!(region_of(arn).unwrap(), "cn-north-1");
        for bad in [
            "",
            "app",
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/app/1",
            "arn:aws:elasticloadbalancing::123456789012:targetgroup/app/1",
            "arn:aws:ecs:eu-central-1:123456789012:targetgroup/app/1",
        ] {
            let kind = region_of(bad).unwrap_err().kind();
            assert_eq!(kind, ErrorKind::InvalidArgument, "{bad}");
        }
    }
}
