//! The changes to a log configuration.

use serde_json::{Map, Value, json};

use super::apply;
use super::container_change::LogChange;
use super::environment::SECRETS;
use crate::{Error, ErrorKind, Result};

/// Sets the driver and its options. Another driver than before begins with no options.
///
/// # Errors
/// `InvalidArgument` when there is no driver to set options of; `SecretCollision` when an option is
/// under `secretOptions` already.
pub(super) fn apply(
    container: &mut Map<String, Value>,
    pointer: &str,
    container_name: &str,
    change: &LogChange,
) -> Result<()> {
    let log = apply::object(container, "logConfiguration", pointer)?;
    let present = log.get("logDriver").and_then(Value::as_str);
    match (present, change.log_driver.as_deref()) {
        (None, None) => {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                format!(
                    "container {container_name:?} has no log driver to set options of; give \"logDriver\" too"
                ),
            ));
        }
        (Some(before), Some(driver)) if before != driver => log.clear(),
        _ => {}
    }
    if let Some(driver) = &change.log_driver {
        log.insert("logDriver".to_owned(), json!(driver));
    }
    for name in SECRETS.all_names(log.get("secretOptions")) {
        if change.options.contains_key(name) {
            return Err(Error::new(
                ErrorKind::SecretCollision,
                format!(
                    "log option {name:?} of container {container_name:?} stands under \"secretOptions\"; \
                     leave it there, or remove it from there first"
                ),
            )
            .with_details(json!({"container": container_name, "names": [name]})));
        }
    }
    let place = format!("{pointer}/logConfiguration");
    for (name, value) in &change.options {
        apply::object(log, "options", &place)?.insert(name.clone(), json!(value));
    }
    Ok(())
}
