//! The hosts of private ECR registries.

use serde::Serialize;

use crate::text::quoted;
use crate::{Error, ErrorKind};

/// The host of a private ECR registry, taken apart: account, Region and form.
///
/// Sources: the pattern that AWS's own credential helper knows ECR hosts by; the partitions of the
/// AWS SDKs' endpoint rules.
///
/// ```
/// use artifact_deploy::image::EcrHost;
///
/// let host = EcrHost::new("123456789012", "cn-north-1").unwrap();
/// assert_eq!(host.to_string(), "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EcrHost {
    account: String,
    region: String,
    partition: &'static str,
    suffix: &'static str,
    fips: bool,
    dual_stack: bool,
}

/// What the hosts of one AWS partition end in.
struct Partition {
    name: &'static str,
    region_prefix: &'static str,
    suffix: &'static str,
    /// `None` where no dual-stack registry host is documented.
    dual_stack_suffix: Option<&'static str>,
}

const fn partition(
    name: &'static str,
    region_prefix: &'static str,
    suffix: &'static str,
    dual_stack_suffix: Option<&'static str>,
) -> Partition {
    Partition {
        name,
        region_prefix,
        suffix,
        dual_stack_suffix,
    }
}

/// The partitions whose Regions are known by a prefix; all other Regions are in [`COMMERCIAL`].
const PARTITIONS: &[Partition] = &[
    partition(
        "aws-cn",
        "cn-",
        "amazonaws.com.cn",
        Some("on.amazonwebservices.com.cn"),
    ),
    partition("aws-us-gov", "us-gov-", "amazonaws.com", Some("on.aws")),
    partition("aws-eusc", "eusc-", "amazonaws.eu", None),
    partition("aws-iso", "us-iso-", "c2s.ic.gov", None),
    partition("aws-iso-b", "us-isob-", "sc2s.sgov.gov", None),
    partition("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", None),
    partition("aws-iso-f", "us-isof-", "csp.hci.ic.gov", None),
];

const COMMERCIAL: Partition = partition("aws", "", "amazonaws.com", Some("on.aws"));

impl Partition {
    fn of(region: &str) -> &'static Self {
        PARTITIONS
            .iter()
            .find(|partition| region.starts_with(partition.region_prefix))
            .unwrap_or(&COMMERCIAL)
    }

    /// Whether hosts of any partition end so.
    fn any_ends_in(suffix: &str) -> bool {
        PARTITIONS
            .iter()
            .chain([&COMMERCIAL])
            .any(|one| one.suffix == suffix || one.dual_stack_suffix == Some(suffix))
    }
}

/// The AWS partition that a Region is in: `aws`, `aws-cn`, ….
#[cfg(any(feature = "ecr", feature = "ecs"))]
pub(crate) fn partition_of(region: &str) -> &'static str {
    Partition::of(region).name
}

impl EcrHost {
    /// The usual host of an account's registry in a Region, of the partition that the Region is in.
    pub fn new(account: &str, region: &str) -> Result<Self, Error> {
        let invalid = |why: String| Err(Error::new(ErrorKind::InvalidRepository, why));
        if !is_account(account) {
            return invalid(format!(
                "account {} is not an AWS account id; expected 12 digits as text, with \
                 leading zeros",
                quoted(account)
            ));
        }
        if !is_region(region) {
            return invalid(format!(
                "Region {} is not the name of an AWS Region; expected one like \
                 \"eu-central-1\"",
                quoted(region)
            ));
        }
        let partition = Partition::of(region);
        Ok(Self {
            account: account.to_owned(),
            region: region.to_owned(),
            partition: partition.name,
            suffix: partition.suffix,
            fips: false,
            dual_stack: false,
        })
    }

    /// The FIPS form of this host. AWS has it in the Regions of the United States only.
    pub fn with_fips(mut self) -> Self {
        self.fips = true;
        self
    }

    /// The dual-stack (IPv4 and IPv6) form of this host.
    ///
    /// # Errors
    /// `InvalidRepository` where the partition has no such host.
    pub fn with_dual_stack(mut self) -> Result<Self, Error> {
        let Some(suffix) = Partition::of(&self.region).dual_stack_suffix else {
            return Err(Error::new(
                ErrorKind::InvalidRepository,
                format!(
                    "partition {} (Region {:?}) has no dual-stack ECR hosts; use {self}",
                    self.partition, self.region
                ),
            ));
        };
        self.dual_stack = true;
        self.suffix = suffix;
        Ok(self)
    }

    /// The account that owns the registry: 12 digits.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The Region of the registry.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The AWS partition of the Region: `aws`, `aws-cn`, `aws-us-gov`, …
    pub fn partition(&self) -> &'static str {
        self.partition
    }

    /// What follows the Region in the host: `amazonaws.com`, `on.aws`, …
    pub fn suffix(&self) -> &'static str {
        self.suffix
    }

    /// Whether it is the FIPS form.
    pub fn is_fips(&self) -> bool {
        self.fips
    }

    /// Whether it is the dual-stack form.
    pub fn is_dual_stack(&self) -> bool {
        self.dual_stack
    }

    /// Takes a normalised host apart. `Ok(None)`: not a host of ECR. The error is the reason alone:
    /// a host that can only be meant as one of ECR, and is none.
    pub(super) fn parse(host: &str) -> Result<Option<Self>, String> {
        let host = host.strip_suffix(":443").unwrap_or(host);
        let Some((account, rest)) = host.split_once('.') else {
            return Ok(None);
        };
        let forms = [
            ("dkr.ecr.", false, false),
            ("dkr.ecr-fips.", true, false),
            ("dkr-ecr.", false, true),
            ("dkr-ecr-fips.", true, true),
        ];
        let Some((rest, fips, dual_stack)) = forms
            .into_iter()
            .find_map(|(form, fips, dual)| Some((rest.strip_prefix(form)?, fips, dual)))
        else {
            return Ok(None);
        };
        let Some((region, suffix)) = rest.split_once('.') else {
            return Ok(None);
        };
        // Emulators and private endpoints have hosts of the same shape in other domains.
        if !Partition::any_ends_in(suffix) {
            return Ok(None);
        }
        let wrong = |why: &dyn std::fmt::Display| format!("has the host {host:?}; {why}");
        let mut found = Self::new(account, region).map_err(|error| wrong(&error))?;
        if fips {
            found = found.with_fips();
        }
        if dual_stack {
            found = found.with_dual_stack().map_err(|error| wrong(&error))?;
        }
        if found.suffix == suffix {
            Ok(Some(found))
        } else {
            Err(wrong(&format!(
                "hosts of this form in Region {region:?} end in {:?}: write {found}",
                found.suffix
            )))
        }
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// One label of a host, at least with one inner `-`, so that swapped arguments are noticed.
fn is_region(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.contains('-')
}

impl std::fmt::Display for EcrHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            account,
            region,
            suffix,
            ..
        } = self;
        let separator = if self.dual_stack { '-' } else { '.' };
        let fips = if self.fips { "-fips" } else { "" };
        write!(f, "{account}.dkr{separator}ecr{fips}.{region}.{suffix}")
    }
}
