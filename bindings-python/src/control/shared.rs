//! The control of calls that name none.

use std::sync::{Arc, Mutex, PoisonError};

use artifact_deploy::connect::control;
use serde_json::{Map, Value};

use super::Control;
use crate::failure::Result;
use crate::registry::{Variables, sdk_variables};

static SHARED: Mutex<Option<(Variables, Control)>> = Mutex::new(None);

/// Amazon ECS. It is kept, with its connections and its pace, as long as the variables stay that the
/// AWS SDK looks at.
///
/// Called with the GIL held, so that no Python thread changes the environment meanwhile.
pub(super) fn shared() -> Result<Control> {
    let variables = sdk_variables();
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, control)) = &*shared
        && *of == variables
    {
        return Ok(Arc::clone(control));
    }
    let made = control(Value::Object(Map::new()))?;
    *shared = Some((variables, Arc::clone(&made)));
    Ok(made)
}
