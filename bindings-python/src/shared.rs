//! What calls share that name no registry and no control.

use std::env;
use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};

use crate::failure::Result;

/// Variables of the environment, by name.
type Variables = Vec<(OsString, OsString)>;

/// One connection to AWS, made when it is first asked for.
pub(crate) struct Shared<T: ?Sized>(Mutex<Option<(Variables, Arc<T>)>>);

impl<T: ?Sized> Shared<T> {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// What `connect` made of the options of the environment alone. It is kept, with its connections
    /// and credentials, as long as the variables stay that the AWS SDK looks at.
    ///
    /// Called with the GIL held, so that no Python thread changes the environment meanwhile.
    pub(crate) fn get(
        &self,
        connect: impl FnOnce(Value) -> artifact_deploy::Result<Arc<T>>,
    ) -> Result<Arc<T>> {
        let variables: Variables = env::vars_os().filter(|(name, _)| counts(name)).collect();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, value)) = &*kept
            && *of == variables
        {
            return Ok(Arc::clone(value));
        }
        let value = connect(Value::Object(Map::new()))?;
        *kept = Some((variables, Arc::clone(&value)));
        Ok(value)
    }
}

fn counts(name: &OsString) -> bool {
    let name = name.to_string_lossy().to_ascii_uppercase();
    name.starts_with("AWS_") || name.ends_with("_PROXY") || name == "HOME"
}
