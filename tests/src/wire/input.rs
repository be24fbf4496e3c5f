//! Inputs, read as strictly as the service model writes them.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::protocol::Refusal;

/// Reads an input. What its type does not name is refused: a client that sends it means something
/// that nobody here would do.
pub(super) fn read<T: DeserializeOwned>(input: &Value) -> Result<T, Refusal> {
    T::deserialize(input).map_err(|error| {
        let text = error.to_string();
        if text.starts_with("missing field") {
            Refusal::parameter(text)
        } else {
            Refusal::new("SerializationException", text)
        }
    })
}

/// Refuses a list that is empty or longer than an operation takes.
pub(super) fn bounded(items: &[String], name: &str, most: usize) -> Result<(), Refusal> {
    if items.is_empty() {
        return Err(Refusal::parameter(format!("{name} cannot be empty.")));
    }
    if items.len() > most {
        return Err(Refusal::parameter(format!(
            "{name} cannot have more than {most} elements; there are {}.",
            items.len()
        )));
    }
    Ok(())
}
