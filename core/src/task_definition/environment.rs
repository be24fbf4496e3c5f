//! Named values in a list of objects: environment, secrets, tags.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Value, json};

/// Which members of an item hold the name and the value.
#[derive(Debug, Clone, Copy)]
pub(super) struct NamedList {
    name: &'static str,
    value: &'static str,
}

/// `environment`.
pub(super) const ENVIRONMENT: NamedList = NamedList {
    name: "name",
    value: "value",
};
/// `secrets`.
pub(super) const SECRETS: NamedList = NamedList {
    name: "name",
    value: "valueFrom",
};
/// `tags`.
pub(super) const TAGS: NamedList = NamedList {
    name: "key",
    value: "value",
};

impl NamedList {
    /// Takes the names of `remove` away, wherever they stand, and gives those of `set` their values:
    /// a name where it stands first, and never twice; new names come last, in their order. The order
    /// of all else, and other members of an item, stay. A name in both is set.
    pub(super) fn edit<'a>(
        self,
        list: &mut Vec<Value>,
        remove: &[String],
        set: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        let remove: HashSet<&str> = remove.iter().map(String::as_str).collect();
        let mut set: IndexMap<&str, (&str, bool)> =
            set.map(|(name, value)| (name, (value, false))).collect();
        // One pass, however long both lists are.
        list.retain_mut(|item| {
            let Some(members) = item.as_object_mut() else {
                return true;
            };
            let Some(name) = members.get(self.name).and_then(Value::as_str) else {
                return true;
            };
            let Some((value, found)) = set.get_mut(name) else {
                return !remove.contains(name);
            };
            let first = !std::mem::replace(found, true);
            if first {
                members.insert(self.value.to_owned(), json!(value));
            }
            first
        });
        for (name, (value, found)) in set {
            if !found {
                list.push(json!({ self.name: name, self.value: value }));
            }
        }
    }

    /// The names in `list`.
    pub(super) fn all_names(self, list: Option<&Value>) -> impl Iterator<Item = &str> {
        list.and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(move |item| item.get(self.name)?.as_str())
    }

    /// The value that stands first under `name` in `list`.
    pub(super) fn value_of<'a>(self, list: Option<&'a Value>, name: &str) -> Option<&'a str> {
        list.and_then(Value::as_array)?
            .iter()
            .find(|item| item.get(self.name).and_then(Value::as_str) == Some(name))?
            .get(self.value)?
            .as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<Value> {
        vec![
            json!({"value": "1", "name": "A"}),
            json!({"name": "B", "value": "2", "unknown": {}}),
            json!({"name": "A", "value": "3"}),
        ]
    }

    #[test]
    fn want_18_a_variable_is_set_where_it_stands_and_never_stands_twice() {
        let mut list = list();
        let set = [("A", "new"), ("B", "new"), ("C", "new")];
        ENVIRONMENT.edit(&mut list, &[], set.into_iter());
        assert_eq!(
            Value::Array(list).to_string(),
            r#"[{"value":"new","name":"A"},{"name":"B","value":"new","unknown":{}},{"name":"C","value":"new"}]"#
        );
    }

    #[test]
    fn a_variable_is_removed_wherever_it_stands() {
        let mut list = list();
        let remove = ["A".to_owned(), "not there".to_owned()];
        ENVIRONMENT.edit(&mut list, &remove, std::iter::empty());
        assert_eq!(
            ENVIRONMENT
                .all_names(Some(&json!(list)))
                .collect::<Vec<_>>(),
            ["B"]
        );
    }
}
