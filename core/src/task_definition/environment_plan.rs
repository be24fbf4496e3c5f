//! What happens to the environment and the secrets of a container, decided before it happens.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::apply::{contradiction, named_list};
use super::environment::{ENVIRONMENT, SECRETS};
use super::metadata_environment::MetadataEnvironment;
use super::targets::Target;
use crate::metadata::BuildMetadata;
use crate::{Error, ErrorKind, Result};

/// The changes to `environment` and `secrets` of one container, free of contradictions.
pub(super) struct EnvironmentPlan {
    environment: IndexMap<String, String>,
    remove_environment: Vec<String>,
    secrets: IndexMap<String, String>,
    remove_secrets: Vec<String>,
}

impl EnvironmentPlan {
    /// Build metadata first, what the caller gives over it, what the caller removes left out.
    ///
    /// # Errors
    /// `InvalidArgument` when a name cannot be one, or is to be set and removed;
    /// `SecretCollision` when a name would stand under both `environment` and `secrets`, with
    /// `{"container", "names"}` in the details.
    pub(super) fn new(target: &Target<'_>, metadata: Option<&BuildMetadata>) -> Result<Self> {
        let change = &target.change;
        let told = match &change.image {
            Some(image) if change.metadata_environment != Some(false) => {
                MetadataEnvironment::new(image, metadata)
            }
            _ => MetadataEnvironment::default(),
        };
        let mut environment: IndexMap<_, _> = told
            .set
            .into_iter()
            .filter(|(name, _)| !change.remove_environment.contains(name))
            .collect();
        for (name, value) in change.environment.iter() {
            environment.insert(name.to_owned(), value.to_owned());
        }
        let stale = told.stale.into_iter().map(str::to_owned);
        let remove_environment = change
            .remove_environment
            .iter()
            .cloned()
            .chain(stale.filter(|name| !environment.contains_key(name)))
            .collect();
        let plan = Self {
            environment,
            remove_environment,
            secrets: change.secrets.clone(),
            remove_secrets: change.remove_secrets.clone(),
        };
        plan.check_names(&target.name)?;
        plan.check_collisions(target)?;
        Ok(plan)
    }

    /// Carries it out.
    pub(super) fn apply(&self, container: &mut Map<String, Value>, pointer: &str) -> Result<()> {
        let pairs = |map| {
            IndexMap::iter(map)
                .map(|(name, value): (&String, &String)| (name.as_str(), value.as_str()))
        };
        named_list(
            container,
            ("environment", pointer),
            ENVIRONMENT,
            &self.remove_environment,
            pairs(&self.environment),
        )?;
        named_list(
            container,
            ("secrets", pointer),
            SECRETS,
            &self.remove_secrets,
            pairs(&self.secrets),
        )
    }

    fn check_names(&self, container: &str) -> Result<()> {
        for name in self.environment.keys().chain(self.secrets.keys()) {
            if name.is_empty() || name.contains(['=', '\0']) {
                return Err(Error::new(
                    ErrorKind::InvalidArgument,
                    format!(
                        "environment name {name:?} of container {container:?} cannot be one; \
                         it must not be empty or hold '='"
                    ),
                ));
            }
        }
        let pairs = [
            (&self.environment, &self.remove_environment, "variable"),
            (&self.secrets, &self.remove_secrets, "secret"),
        ];
        for (set, removed, what) in pairs {
            if let Some(name) = removed.iter().find(|name| set.contains_key(*name)) {
                return Err(contradiction(&format!(
                    "{what} {name:?} of container {container:?}"
                )));
            }
        }
        Ok(())
    }

    fn check_collisions(&self, target: &Target<'_>) -> Result<()> {
        let variables: HashSet<&str> = ENVIRONMENT
            .all_names(target.container.get("environment"))
            .filter(|name| {
                !self
                    .remove_environment
                    .iter()
                    .any(|removed| removed == name)
            })
            .collect();
        let secrets: HashSet<&str> = SECRETS
            .all_names(target.container.get("secrets"))
            .filter(|name| !self.remove_secrets.iter().any(|removed| removed == name))
            .collect();
        let mut names: Vec<&String> = self
            .environment
            .keys()
            .filter(|name| secrets.contains(name.as_str()) || self.secrets.contains_key(*name))
            .collect();
        names.extend(self.secrets.keys().filter(|name| {
            variables.contains(name.as_str()) && !self.environment.contains_key(*name)
        }));
        if names.is_empty() {
            return Ok(());
        }
        let listed: Vec<_> = names.iter().map(|name| name.as_str()).collect();
        Err(Error::new(
            ErrorKind::SecretCollision,
            format!(
                "{} of container {:?} would stand under both \"environment\" and \"secrets\", which \
                 ECS refuses; remove it from one of them (\"removeSecrets\", \"removeEnvironment\")",
                listed.join(", "),
                target.name
            ),
        )
        .with_details(json!({"container": target.name, "names": listed})))
    }
}
