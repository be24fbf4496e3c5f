//! Clients of one AWS service: one for each Region and form of host.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::Mutex;

use super::configuration::{Configuration, Place};
use super::options::AwsOptions;
use crate::Result;

/// The client of one AWS service, as its SDK makes it.
pub(super) trait ServiceClient: Sized {
    /// The variable that names another endpoint for this service alone.
    const ENDPOINT_VARIABLE: &'static str;

    /// A client that never takes a used-up quota for throttling.
    fn new(configuration: &Configuration) -> Self;
}

/// Implements [`ServiceClient`] for the client of one SDK: their configurations are alike, but each
/// has types of its own.
macro_rules! service_client {
    ($sdk:ident, $variable:literal) => {
        impl $crate::aws::connections::ServiceClient for $sdk::Client {
            const ENDPOINT_VARIABLE: &'static str = $variable;

            fn new(configuration: &$crate::aws::configuration::Configuration) -> Self {
                let mut config = $sdk::config::Builder::from(&configuration.shared)
                    .retry_classifier($crate::aws::quota::NoRetryOfQuotas);
                if let Some(endpoint_url) = &configuration.endpoint_url {
                    config = config.endpoint_url(endpoint_url);
                }
                Self::from_conf(config.build())
            }
        }
    };
}

pub(super) use service_client;

/// A client and the Region it talks to.
#[derive(Debug, Clone)]
pub(super) struct Connection<C> {
    pub(super) client: C,
    #[cfg_attr(
        not(any(feature = "ecr", feature = "ecs")),
        expect(dead_code, reason = "who asks load balancers names the Region")
    )]
    pub(super) region: String,
}

/// Makes clients when they are first needed, and keeps them.
#[derive(Debug)]
pub(super) struct Connections<C> {
    options: AwsOptions,
    open: Mutex<HashMap<Place, Arc<Connection<C>>>>,
}

impl<C: ServiceClient> Connections<C> {
    pub(super) fn new(options: AwsOptions) -> Self {
        Self {
            options,
            open: Mutex::default(),
        }
    }

    /// The client for a place.
    pub(super) async fn to(&self, place: Place) -> Result<Arc<Connection<C>>> {
        let mut open = self.open.lock().await;
        if let Some(connection) = open.get(&place) {
            return Ok(Arc::clone(connection));
        }
        let configuration =
            Configuration::load(&self.options, &place, C::ENDPOINT_VARIABLE).await?;
        let connection = Arc::new(Connection {
            client: C::new(&configuration),
            region: configuration.region,
        });
        open.insert(place, Arc::clone(&connection));
        Ok(connection)
    }
}
