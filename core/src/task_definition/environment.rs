//! Named values in a list of objects: environment, secrets, tags.

use serde_json::{Map, Value, json};

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
    /// Sets `name` where it stands first, and takes it away where it stands again; a new name
    /// comes last. The order of all else, and other members of the item, stay.
    pub(super) fn upsert(self, list: &mut Vec<Value>, name: &str, value: &str) {
        let mut found = false;
        list.retain_mut(|item| match item.as_object_mut() {
            Some(members) if self.names(members, name) => {
                if !found {
                    members.insert(self.value.to_owned(), json!(value));
                }
                !std::mem::replace(&mut found, true)
            }
            _ => true,
        });
        if !found {
            list.push(json!({ self.name: name, self.value: value }));
        }
    }

    /// Takes `name` away, wherever it stands.
    pub(super) fn remove(self, list: &mut Vec<Value>, name: &str) {
        list.retain(|item| !item.as_object().is_some_and(|item| self.names(item, name)));
    }

    /// The names in `list`.
    pub(super) fn all_names(self, list: Option<&Value>) -> impl Iterator<Item = &str> {
        list.and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(move |item| item.get(self.name)?.as_str())
    }

    fn names(self, item: &Map<String, Value>, name: &str) -> bool {
        item.get(self.name).and_then(Value::as_str) == Some(name)
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
        ENVIRONMENT.upsert(&mut list, "A", "new");
        ENVIRONMENT.upsert(&mut list, "B", "new");
        ENVIRONMENT.upsert(&mut list, "C", "new");
        assert_eq!(
            Value::Array(list).to_string(),
            r#"[{"value":"new","name":"A"},{"name":"B","value":"new","unknown":{}},{"name":"C","value":"new"}]"#
        );
    }

    #[test]
    fn a_variable_is_removed_wherever_it_stands() {
        let mut list = list();
        ENVIRONMENT.remove(&mut list, "A");
        ENVIRONMENT.remove(&mut list, "not there");
        assert_eq!(
            ENVIRONMENT
                .all_names(Some(&json!(list)))
                .collect::<Vec<_>>(),
            ["B"]
        );
    }
}
