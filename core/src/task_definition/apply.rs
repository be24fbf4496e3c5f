//! Changes members in place and says clearly what stands in the way.

use serde_json::{Map, Value};

use super::environment::NamedList;
use crate::document::kind_of;
use crate::{Error, ErrorKind, Result};

/// The object `name`, made when it is absent.
///
/// # Errors
/// `InvalidTaskDefinition` when something else stands there.
pub(super) fn object<'a>(
    members: &'a mut Map<String, Value>,
    name: &str,
    parent: &str,
) -> Result<&'a mut Map<String, Value>> {
    let slot = members.entry(name).or_insert(Value::Null);
    if slot.is_null() {
        *slot = Value::Object(Map::new());
    }
    let kind = kind_of(slot);
    slot.as_object_mut()
        .ok_or_else(|| wrong_type(parent, name, kind, "an object"))
}

/// Removes `remove` from, and then sets `set` in, the list at `place`, which is made when something
/// is to be set and it is absent.
///
/// # Errors
/// `InvalidTaskDefinition` when something else than a list stands there.
pub(super) fn named_list<'a>(
    members: &mut Map<String, Value>,
    (name, parent): (&str, &str),
    kind: NamedList,
    remove: &[String],
    set: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<()> {
    let set: Vec<_> = set.collect();
    let absent = members.get(name).is_none_or(Value::is_null);
    if set.is_empty() && (remove.is_empty() || absent) {
        return Ok(());
    }
    let slot = members.entry(name).or_insert(Value::Null);
    if slot.is_null() {
        *slot = Value::Array(Vec::new());
    }
    let found = kind_of(slot);
    let list = slot
        .as_array_mut()
        .ok_or_else(|| wrong_type(parent, name, found, "a list of objects"))?;
    kind.edit(list, remove, set.into_iter());
    Ok(())
}

/// The refusal of something that is to be set and removed at once.
pub(super) fn contradiction(thing: &str) -> Error {
    Error::new(
        ErrorKind::InvalidArgument,
        format!("{thing} is to be set and to be removed; leave one of the two out"),
    )
}

fn wrong_type(parent: &str, name: &str, found: &str, expected: &str) -> Error {
    Error::new(
        ErrorKind::InvalidTaskDefinition,
        format!("{parent}/{name} of the task definition is {found}; expected {expected}"),
    )
    .with_details(serde_json::json!({"problems": [{
        "pointer": format!("{parent}/{name}"),
        "problem": format!("is {found}"),
        "expected": expected,
    }]}))
}
