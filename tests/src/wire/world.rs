//! What a simulator begins with.

use artifact_deploy::memory::{MemoryCluster, MemoryRegistry};
use artifact_deploy::{Error, ErrorKind, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::Fault;

/// What a simulator begins with. As JSON:
///
/// ```json
/// { "registry": {}, "cluster": {}, "faults": [], "unsigned": false }
/// ```
///
/// with a registry as `MemoryRegistry::from_json` takes it (its faults are no requests: give them
/// here), and a cluster as `MemoryCluster::from_json` takes it.
#[derive(Debug, Clone)]
pub struct World {
    pub(super) registry: MemoryRegistry,
    pub(super) cluster: MemoryCluster,
    pub(super) faults: Vec<Fault>,
    pub(super) unsigned: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Form {
    registry: Value,
    cluster: Value,
    faults: Vec<Fault>,
    unsigned: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            registry: json!({}),
            cluster: json!({}),
            faults: Vec::new(),
            unsigned: false,
        }
    }
}

impl World {
    /// A registry and a cluster; the test keeps clones of them to look and act behind the wire.
    pub fn new(registry: MemoryRegistry, cluster: MemoryCluster) -> Self {
        Self {
            registry,
            cluster,
            faults: Vec::new(),
            unsigned: false,
        }
    }

    /// A world from JSON.
    ///
    /// # Errors
    /// `InvalidArgument`, and those of the two fixtures.
    pub fn from_json(world: &Value) -> Result<Self> {
        let form = Form::deserialize(world)
            .map_err(|error| Error::new(ErrorKind::InvalidArgument, format!("world: {error}")))?;
        if form.registry.get("faults").is_some() {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                "world: the faults of the registry are those of requests; give them beside it",
            ));
        }
        let registry = MemoryRegistry::from_json(&form.registry)?;
        let cluster = MemoryCluster::from_json(registry.clone(), &form.cluster)?;
        Ok(Self {
            registry,
            cluster,
            faults: form.faults,
            unsigned: form.unsigned,
        })
    }

    /// Takes requests that nobody signed, too.
    pub fn unsigned(mut self) -> Self {
        self.unsigned = true;
        self
    }

    /// Makes requests go wrong.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }
}
