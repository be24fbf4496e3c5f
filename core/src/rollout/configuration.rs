//! What an update would change in the deployment configuration of a service.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// One member of the deployment configuration that would change.
///
/// JSON: `{"path", "before"?, "after"}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigurationChange {
    /// Where: a JSON pointer (RFC 6901) into the deployment configuration.
    pub path: String,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What is to stand there.
    pub after: Value,
}

/// `/maximumPercent: 200 → 150`.
impl fmt::Display for ConfigurationChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.before {
            Some(before) => write!(f, "{}: {before} → {}", self.path, self.after),
            None => write!(f, "{}: {}", self.path, self.after),
        }
    }
}

/// What `wanted` changes. What it leaves out is not sent, and is no difference.
pub(super) fn changes(current: Option<&Value>, wanted: &Value) -> Vec<ConfigurationChange> {
    let mut found = Vec::new();
    compare("", current, wanted, &mut found);
    found
}

fn compare(
    path: &str,
    current: Option<&Value>,
    wanted: &Value,
    found: &mut Vec<ConfigurationChange>,
) {
    match wanted {
        Value::Null => {}
        Value::Object(members) => {
            for (name, wanted) in members {
                let name_in_path = name.replace('~', "~0").replace('/', "~1");
                let current = current.and_then(|current| current.get(name));
                compare(&format!("{path}/{name_in_path}"), current, wanted, found);
            }
        }
        wanted => {
            if !current.is_some_and(|current| same(current, wanted)) {
                found.push(ConfigurationChange {
                    path: path.to_owned(),
                    before: current.filter(|current| !current.is_null()).cloned(),
                    after: wanted.clone(),
                });
            }
        }
    }
}

/// `200` and `200.0` are the same.
fn same(one: &Value, other: &Value) -> bool {
    one == other || (one.is_number() && one.as_f64() == other.as_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn want_16_what_is_left_out_stays_as_it_is_and_is_no_change() {
        let current = json!({"maximumPercent": 200, "minimumHealthyPercent": 100,
            "deploymentCircuitBreaker": {"enable": true, "rollback": false}});
        let wanted = json!({"maximumPercent": 200.0, "alarms": null,
            "deploymentCircuitBreaker": {"rollback": true}, "bakeTimeInMinutes": 5});
        let found = changes(Some(&current), &wanted);
        assert_eq!(
            json!(found),
            json!([
                {"path": "/deploymentCircuitBreaker/rollback", "before": false, "after": true},
                {"path": "/bakeTimeInMinutes", "after": 5},
            ])
        );
        assert!(changes(Some(&current), &json!({})).is_empty());
        assert_eq!(changes(None, &json!({"maximumPercent": 150})).len(), 1);
    }
}
