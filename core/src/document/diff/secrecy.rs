//! Keeps what looks secret out of text.
//!
//! Secrets belong under `secrets`, where a document holds their names alone. Where a value stands
//! in the open all the same, a log must not spread it.

use serde_json::Value;

/// What stands in the place of a hidden value.
pub(super) const HIDDEN: &str = "(hidden)";

/// Parts of a name that make its value secret, wherever they stand in it.
const TELLING_PARTS: [&str; 9] = [
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "TOKEN",
    "CREDENTIAL",
    "APIKEY",
    "ACCESSKEY",
    "PRIVATEKEY",
];

/// Words of a name that make its value secret when they stand alone: `API_KEY`, not `MONKEY`.
const TELLING_WORDS: [&str; 7] = ["KEY", "KEYS", "PASS", "PWD", "AUTH", "PAT", "DSN"];

/// Objects whose members are named by the user and may hold anything.
const OPEN_MAPS: [&str; 5] = [
    "environment",
    "dockerLabels",
    "options",
    "driverOpts",
    "labels",
];

/// Whether the name of a variable says that its value is secret.
pub(super) fn looks_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let joined = name.replace(['_', '-', '.'], "");
    TELLING_PARTS.iter().any(|part| joined.contains(part))
        || name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| TELLING_WORDS.contains(&word))
}

/// A copy of `value`, which stands at `path`, that can be shown.
pub(super) fn shown(path: &[&str], value: &Value) -> Value {
    let parent = path.len().checked_sub(2).and_then(|at| path.get(at));
    let secret = parent.is_some_and(|parent| OPEN_MAPS.contains(parent))
        && path.last().is_some_and(|name| looks_secret(name));
    match value {
        _ if secret => Value::String(HIDDEN.to_owned()),
        Value::String(text) => Value::String(without_password(text)),
        Value::Object(members) => {
            // Where names stand twice, variables stay a list of `{"name", "value"}`.
            let named = members.get("name").and_then(Value::as_str);
            members
                .iter()
                .map(|(name, member)| {
                    let hide = name == "value" && named.is_some_and(looks_secret);
                    let inner: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
                    let value = if hide {
                        Value::String(HIDDEN.to_owned())
                    } else {
                        shown(&inner, member)
                    };
                    (name.clone(), value)
                })
                .collect()
        }
        Value::Array(items) => {
            let inner: Vec<&str> = path.iter().copied().chain([""]).collect();
            items.iter().map(|item| shown(&inner, item)).collect()
        }
        other => other.clone(),
    }
}

/// `scheme://user:password@host` without its password.
fn without_password(text: &str) -> String {
    let hide = || {
        let (scheme, rest) = text.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let at = rest.get(..end)?.rfind('@')?;
        let (user, _) = rest.get(..at)?.split_once(':')?;
        Some(format!("{scheme}://{user}:{HIDDEN}{}", rest.get(at..)?))
    };
    hide().unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_that_tell_of_a_secret_are_recognised() {
        for name in [
            "DB_PASSWORD",
            "GITHUB_TOKEN",
            "API_KEY",
            "apiKey",
            "AWS_SECRET_ACCESS_KEY",
            "PGPASSWORD",
            "SENTRY_DSN",
            "client-secret",
        ] {
            assert!(looks_secret(name), "{name}");
        }
        for name in [
            "MONKEY",
            "KEYBOARD",
            "LOG_LEVEL",
            "COMMIT_SHA",
            "IMAGE_TAG",
            "PATH",
            "AUTHOR",
        ] {
            assert!(!looks_secret(name), "{name}");
        }
    }

    #[test]
    fn a_password_in_a_url_is_hidden_and_the_rest_shown() {
        assert_eq!(
            without_password("postgres://app:s3cr3t@db.internal:5432/app?x=a@b"),
            "postgres://app:(hidden)@db.internal:5432/app?x=a@b"
        );
        for plain in ["https://host:8080/a@b", "arn:aws:ssm:x", "a:b@c", ""] {
            assert_eq!(without_password(plain), plain);
        }
    }

    #[test]
    fn only_values_that_users_name_are_hidden() {
        let container = json!({
            "environment": {"DB_PASSWORD": "x", "PORT": "1"},
            "secrets": {"API_KEY": "arn:aws:ssm:eu-central-1:1:parameter/key"},
            "repositoryCredentials": {"credentialsParameter": "arn"},
        });
        let path = ["containerDefinitions", "app"];
        assert_eq!(
            shown(&path, &container),
            json!({
                "environment": {"DB_PASSWORD": HIDDEN, "PORT": "1"},
                "secrets": {"API_KEY": "arn:aws:ssm:eu-central-1:1:parameter/key"},
                "repositoryCredentials": {"credentialsParameter": "arn"},
            })
        );
        let list = json!([{"name": "TOKEN", "value": "x"}, {"name": "TOKEN", "value": "y"}]);
        let path = ["containerDefinitions", "app", "environment"];
        assert!(!shown(&path, &list).to_string().contains("\"x\""));
    }
}
