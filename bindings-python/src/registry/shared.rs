//! The registry of calls that name none.

use std::env;
use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};

use artifact_deploy::connect::connect;
use serde_json::{Map, Value};

use super::Registry;
use crate::failure::Result;

/// Variables of the environment, by name.
pub(crate) type Variables = Vec<(OsString, OsString)>;

static SHARED: Mutex<Option<(Variables, Registry)>> = Mutex::new(None);

/// Every registry, by the address of the repository. It is kept, with its connections and
/// credentials, as long as the variables stay that the AWS SDK looks at.
///
/// Called with the GIL held, so that no Python thread changes the environment meanwhile.
pub(super) fn shared() -> Result<Registry> {
    let variables = sdk_variables();
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, registry)) = &*shared
        && *of == variables
    {
        return Ok(Arc::clone(registry));
    }
    let registry = connect(Value::Object(Map::new()))?;
    *shared = Some((variables, Arc::clone(&registry)));
    Ok(registry)
}

/// What the AWS SDK looks at.
pub(crate) fn sdk_variables() -> Variables {
    env::vars_os().filter(|(name, _)| counts(name)).collect()
}

fn counts(name: &OsString) -> bool {
    let name = name.to_string_lossy().to_ascii_uppercase();
    name.starts_with("AWS_") || name.ends_with("_PROXY") || name == "HOME"
}
