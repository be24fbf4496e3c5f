//! Clients of the ECR API: one for each Region and form of host.

use std::collections::HashMap;
use std::sync::Arc;

use aws_config::default_provider::region::DefaultRegionChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_ecr::Client;
use aws_sdk_ecr::config::timeout::TimeoutConfig;
use aws_sdk_ecr::config::{Builder, Region, SharedCredentialsProvider};
use tokio::sync::Mutex;

use super::options::EcrOptions;
use super::quota::NoRetryOfQuotas;
use crate::image::EcrHost;
use crate::{Error, ErrorKind, Result};

/// A client and the Region it talks to.
#[derive(Debug, Clone)]
pub(super) struct Connection {
    pub(super) client: Client,
    pub(super) region: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Key {
    /// None: the Region of the options or of the environment.
    region: Option<String>,
    fips: bool,
    dual_stack: bool,
}

/// Makes clients when they are first needed, and keeps them.
#[derive(Debug)]
pub(super) struct Connections {
    options: EcrOptions,
    open: Mutex<HashMap<Key, Arc<Connection>>>,
}

impl Connections {
    pub(super) fn new(options: EcrOptions) -> Self {
        Self {
            options,
            open: Mutex::default(),
        }
    }

    /// The client for a registry host; without one, for the registry of the credentials' account.
    pub(super) async fn to(&self, host: Option<&EcrHost>) -> Result<Arc<Connection>> {
        let key = host.map_or_else(Key::default, |host| Key {
            region: Some(host.region().to_owned()),
            fips: host.is_fips(),
            dual_stack: host.is_dual_stack(),
        });
        let mut open = self.open.lock().await;
        if let Some(connection) = open.get(&key) {
            return Ok(Arc::clone(connection));
        }
        let connection = Arc::new(self.connect(&key).await?);
        open.insert(key, Arc::clone(&connection));
        Ok(connection)
    }

    async fn connect(&self, key: &Key) -> Result<Connection> {
        let wanted = key.region.as_deref().or(self.options.region());
        let shared = self.load(wanted).await;
        let Some(region) = shared.region().cloned() else {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                "no AWS Region is known; give the option \"region\", set AWS_REGION, or name the \
                 repository with its registry host",
            ));
        };
        let mut config = Builder::from(&shared).retry_classifier(NoRetryOfQuotas);
        if let Some(role_arn) = self.options.role_arn() {
            let provider = AssumeRoleProvider::builder(role_arn)
                .session_name("artifact-deploy")
                .region(region.clone())
                .configure(&shared)
                .build()
                .await;
            config = config.credentials_provider(SharedCredentialsProvider::new(provider));
        }
        if let Some(endpoint_url) = self.options.endpoint_url() {
            config = config.endpoint_url(endpoint_url);
        } else if !is_redirected(&shared) {
            // An endpoint of one's own has no such forms, and the SDK refuses the combination.
            config = config
                .use_fips(key.fips || shared.use_fips().unwrap_or(false))
                .use_dual_stack(key.dual_stack || shared.use_dual_stack().unwrap_or(false));
        }
        Ok(Connection {
            client: Client::from_conf(config.build()),
            region: region.to_string(),
        })
    }

    async fn load(&self, region: Option<&str>) -> SdkConfig {
        let limits = self.options.timeouts();
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
        if let Some(profile) = self.options.profile() {
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
}

/// Whether the environment names another endpoint for ECR.
fn is_redirected(shared: &SdkConfig) -> bool {
    shared.endpoint_url().is_some() || std::env::var_os("AWS_ENDPOINT_URL_ECR").is_some()
}
