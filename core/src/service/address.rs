//! Which service is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// A service in a cluster, written `cluster/service`.
///
/// Read from that form, or from the ARN of a service (`arn:aws:ecs:…:service/cluster/name`); fails
/// with `InvalidService`. The cluster always has to be named: ECS would look in `default`, which is
/// how a deployment ends in the wrong place. Names: 1 to 255 letters, digits, `_` and `-` (ECS:
/// `CreateService.serviceName`, `CreateCluster.clusterName`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServiceAddress {
    cluster: String,
    service: String,
}

impl ServiceAddress {
    /// The service `service` of the cluster `cluster`; each by its name.
    ///
    /// # Errors
    /// `InvalidService`.
    pub fn new(cluster: &str, service: &str) -> Result<Self, Error> {
        check("cluster", cluster)?;
        check("service", service)?;
        Ok(Self {
            cluster: cluster.to_owned(),
            service: service.to_owned(),
        })
    }

    /// The name of the cluster.
    pub fn cluster(&self) -> &str {
        &self.cluster
    }

    /// The name of the service.
    pub fn service(&self) -> &str {
        &self.service
    }
}

impl FromStr for ServiceAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let path = match text.strip_prefix("arn:") {
            Some(arn) => arn
                .split_once(":ecs:")
                .and_then(|(_, placed)| placed.splitn(3, ':').nth(2))
                .and_then(|resource| resource.strip_prefix("service/"))
                .ok_or_else(|| invalid(text, "it is not the ARN of an ECS service"))?,
            None => text,
        };
        match path.split_once('/') {
            Some((cluster, service)) => Self::new(cluster, service),
            None => Err(invalid(text, "it does not name the cluster")),
        }
    }
}

impl fmt::Display for ServiceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.cluster, self.service)
    }
}

string_form!(ServiceAddress);

fn check(what: &str, name: &str) -> Result<(), Error> {
    let sound = (1..=255).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if sound {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidService,
        format!(
            "{what} {} is no name of ECS; give 1 to 255 letters, digits, \"_\" and \"-\"",
            quoted(name)
        ),
    ))
}

fn invalid(text: &str, problem: &str) -> Error {
    Error::new(
        ErrorKind::InvalidService,
        format!(
            "service {}: {problem}; write cluster/service, or give the ARN of the service",
            quoted(text)
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_written_with_its_cluster_or_as_its_arn() {
        let plain: ServiceAddress = "previews/pr-51".parse().unwrap();
        let arn = "arn:aws:ecs:eu-central-1:123456789012:service/previews/pr-51";
        assert_eq!(arn.parse::<ServiceAddress>().unwrap(), plain);
        assert_eq!(plain.to_string(), "previews/pr-51");
    }

    #[test]
    fn what_does_not_name_cluster_and_service_is_refused() {
        for bad in [
            "",
            "pr-51",
            "/pr-51",
            "previews/",
            "a/b/c",
            "previews/pr 51",
            "arn:aws:ecs:eu-central-1:123456789012:service/pr-51",
            "arn:aws:ecs:eu-central-1:123456789012:cluster/previews",
            "arn:aws:vpc-lattice:eu-central-1:123456789012:service/previews/pr-51",
            "arn:",
        ] {
            let error = bad.parse::<ServiceAddress>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidService, "{bad}");
        }
    }
}
