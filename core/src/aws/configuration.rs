//! From options and the environment to the configuration of a client.

use aws_config::default_provider::region::DefaultRegionChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;

use super::options::AwsOptions;
use crate::{Error, ErrorKind, Result};

/// Which endpoint of a service is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// None: the Region of the options or of the environment.
    pub(super) region: Option<String>,
    pub(super) fips: bool,
    pub(super) dual_stack: bool,
}

/// What a client is made of.
#[derive(Debug)]
pub(super) struct Configuration {
    pub(super) shared: SdkConfig,
    pub(super) region: String,
    /// The endpoint of the options. Not in `shared`: it is for one service, and `shared` asks the
    /// token service as well.
    pub(super) endpoint_url: Option<String>,
}

impl Configuration {
    /// `endpoint_variable` is the one that names another endpoint for the service alone.
    pub(super) async fn load(
        options: &AwsOptions,
        place: &Place,
        endpoint_variable: &str,
    ) -> Result<Self> {
        let shared = shared(options, place.region.as_deref().or(options.region())).await;
        let Some(region) = shared.region().cloned() else {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                "no AWS Region is known; give the option \"region\", set AWS_REGION, or name a \
                 repository with its registry host",
            ));
        };
        let mut config = shared.clone().into_builder();
        if let Some(role_arn) = options.role_arn() {
            let provider = AssumeRoleProvider::builder(role_arn)
                .session_name("artifact-deploy")
                .region(region.clone())
                .configure(&shared)
                .build()
                .await;
            config = config.credentials_provider(SharedCredentialsProvider::new(provider));
        }
        let redirected = options.endpoint_url().is_some()
            || shared.endpoint_url().is_some()
            || std::env::var_os(endpoint_variable).is_some();
        if !redirected {
            // An endpoint of one's own has no such forms, and the SDK refuses the combination.
            config = config
                .use_fips(place.fips || shared.use_fips().unwrap_or(false))
                .use_dual_stack(place.dual_stack || shared.use_dual_stack().unwrap_or(false));
        }
        Ok(Self {
            shared: config.build(),
            region: region.to_string(),
            endpoint_url: options.endpoint_url().map(str::to_owned),
        })
    }
}

async fn shared(options: &AwsOptions, region: Option<&str>) -> SdkConfig {
    let limits = options.timeouts();
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(limits.connect())
        .read_timeout(limits.read())
        .operation_attempt_timeout(limits.attempt())
        .operation_timeout(limits.operation())
        .build();
    let mut loader =
        aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts.clone());
    if let Some(region) = region {
        loader = loader.region(Region::new(region.to_owned()));
    }
    if let Some(profile) = options.profile() {
        // Who names a profile means it: credentials in the environment would go before it.
        // A role or sign-in of the profile needs a Region too: by default the profile's own.
        let region = if let Some(region) = region {
            Some(Region::new(region.to_owned()))
        } else {
            let chain = DefaultRegionChain::builder().profile_name(profile);
            chain.build().region().await
        };
        let config = ProviderConfig::without_region()
            .with_timeout_config(timeouts)
            .with_region(region);
        loader = loader.profile_name(profile).credentials_provider(
            ProfileFileCredentialsProvider::builder()
                .profile_name(profile)
                .configure(&config)
                .build(),
        );
    }
    loader.load().await
}
