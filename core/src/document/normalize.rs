//! One form for all documents that mean the same to ECS.
//!
//! Only for comparison: never sent anywhere. Lists whose order means nothing become objects by the
//! name of their items, and what only repeats a default or is empty goes. Members that are not
//! known keep everything but `null`: an empty object may be a switch.

use serde_json::{Map, Number, Value};

use super::node::whole;
use super::schema::{Default, Kind, Member};

/// The form in which two documents are equal when `schema` says that they mean the same.
pub(crate) fn normal(document: &Value, schema: &[Member]) -> Value {
    item(document, schema)
}

fn object(members: &Map<String, Value>, schema: &[Member]) -> Map<String, Value> {
    members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .filter_map(|(name, value)| {
            let normal = match schema.iter().find(|member| member.name == name) {
                Some(member) => known(value, member)?,
                None => unknown(value),
            };
            Some((name.clone(), normal))
        })
        .collect()
}

/// A known member; nothing when it says no more than its absence.
fn known(value: &Value, member: &Member) -> Option<Value> {
    let normal = match (&member.kind, value) {
        (Kind::Object(schema) | Kind::Marker(schema), Value::Object(members)) => {
            Value::Object(object(members, schema))
        }
        (Kind::List(schema), Value::Array(items)) => {
            items.iter().map(|entry| item(entry, schema)).collect()
        }
        (Kind::Keyed(schema, keys), Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|entry| item(entry, schema)).collect();
            by_key(&items, keys).unwrap_or(Value::Array(items))
        }
        (Kind::Pairs(schema, name, value), Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|entry| item(entry, schema)).collect();
            by_name(&items, name, value)
                .or_else(|| by_key(&items, &[*name]))
                .unwrap_or(Value::Array(items))
        }
        (Kind::TextSet, Value::Array(items)) => sorted(items),
        _ => unknown(value),
    };
    let says_nothing = match &normal {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty() && !matches!(member.kind, Kind::Marker(_)),
        Value::Bool(flag) => member.default == Default::Flag(*flag),
        Value::Number(_) => whole(&normal).map(Default::Whole) == Some(member.default),
        Value::String(text) => matches!(member.default, Default::Text(default) if default == text),
        Value::Null => true,
    };
    (!says_nothing).then_some(normal)
}

fn item(value: &Value, schema: &[Member]) -> Value {
    match value {
        Value::Object(members) => Value::Object(object(members, schema)),
        other => unknown(other),
    }
}

/// A value of unknown meaning: `null` members go, and `1.0` is `1`.
fn unknown(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(object(members, &[])),
        Value::Array(items) => items.iter().map(unknown).collect(),
        Value::Number(_) => whole(value).map_or_else(
            || value.clone(),
            |number| Value::Number(Number::from(number)),
        ),
        other => other.clone(),
    }
}

/// The items by the values of `keys`; nothing when that does not tell them apart.
fn by_key(items: &[Value], keys: &[&str]) -> Option<Value> {
    let mut found = Map::new();
    for item in items {
        let parts: Vec<_> = keys
            .iter()
            .filter_map(|key| item.get(key))
            .map(|part| {
                part.as_str()
                    .map_or_else(|| part.to_string(), str::to_owned)
            })
            .collect();
        if parts.is_empty() || found.insert(parts.join(" "), item.clone()).is_some() {
            return None;
        }
    }
    Some(Value::Object(found))
}

/// Names with their values; nothing when an item has more than these, or a name stands twice.
fn by_name(items: &[Value], name: &str, value: &str) -> Option<Value> {
    let mut found = Map::new();
    for item in items {
        let members = item.as_object()?;
        let key = members.get(name)?.as_str()?;
        let text = members.get(value).filter(|_| members.len() == 2)?;
        if found.insert(key.to_owned(), text.clone()).is_some() {
            return None;
        }
    }
    Some(Value::Object(found))
}

fn sorted(items: &[Value]) -> Value {
    let mut items = items.to_vec();
    items.sort_by_key(Value::to_string);
    Value::Array(items)
}
