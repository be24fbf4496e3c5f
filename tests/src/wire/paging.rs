//! Pages of lists, and the tokens that ask for the next one.

use artifact_deploy::image::Digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::protocol::Refusal;

/// What a token says: where the list was left, and which list it was.
#[derive(Debug, Serialize, Deserialize)]
struct Token {
    list: String,
    after: String,
    offset: usize,
}

/// How many items a page has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// Without `maxResults`.
    pub(super) default: usize,
    /// At most.
    pub(super) most: usize,
}

/// The items that `input` asks for, and the token of the next page where there is one. What was
/// added or taken away since the page before neither repeats nor hides an item.
pub(super) fn page<T>(
    operation: &str,
    input: &Value,
    items: Vec<T>,
    key: impl Fn(&T) -> &str,
    size: Size,
) -> Result<(Vec<T>, Option<String>), Refusal> {
    let wanted = match input["maxResults"].as_i64() {
        None => size.default,
        Some(number) => usize::try_from(number)
            .ok()
            .filter(|number| (1..=size.most).contains(number))
            .ok_or_else(|| {
                Refusal::parameter(format!("maxResults must be between 1 and {}", size.most))
            })?,
    };
    let list = identity(operation, input);
    let begin = match &input["nextToken"] {
        Value::Null => 0,
        token => {
            let token = read(token)
                .filter(|token| token.list == list)
                .ok_or_else(|| Refusal::parameter("Invalid token: it is not of this list"))?;
            let left = items.iter().position(|item| key(item) == token.after);
            left.map_or(token.offset, |left| left + 1)
        }
    };
    let end = begin.saturating_add(wanted);
    let next = (end < items.len()).then(|| {
        let token = Token {
            list,
            after: key(&items[end - 1]).to_owned(),
            offset: end,
        };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&token).expect("a token is JSON"))
    });
    let items = items.into_iter().skip(begin).take(wanted).collect();
    Ok((items, next))
}

fn read(token: &Value) -> Option<Token> {
    let bytes = URL_SAFE_NO_PAD.decode(token.as_str()?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The same for all pages of one list.
fn identity(operation: &str, input: &Value) -> String {
    let mut filter = input.clone();
    if let Some(members) = filter.as_object_mut() {
        members.retain(|name, _| name != "nextToken" && name != "maxResults");
    }
    let digest = Digest::of(format!("{operation} {filter}").as_bytes());
    digest.hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SIZE: Size = Size {
        default: 2,
        most: 100,
    };

    fn ask(input: &Value, items: &[&str]) -> Result<(Vec<String>, Option<String>), Refusal> {
        let items = items.iter().map(|item| (*item).to_owned()).collect();
        page("List", input, items, String::as_str, SIZE)
    }

    #[test]
    fn every_item_is_on_one_page() {
        let (first, token) = ask(&json!({}), &["a", "b", "c"]).unwrap();
        assert_eq!(first, ["a", "b"]);
        let (last, none) = ask(&json!({ "nextToken": token }), &["a", "b", "c"]).unwrap();
        assert_eq!((last, none), (vec!["c".to_owned()], None));
        assert_eq!(ask(&json!({}), &["a", "b"]).unwrap().1, None);
    }

    #[test]
    fn an_item_that_is_new_in_front_repeats_nothing() {
        let (_, token) = ask(&json!({}), &["c", "b", "a"]).unwrap();
        let (rest, _) = ask(&json!({ "nextToken": token }), &["d", "c", "b", "a"]).unwrap();
        assert_eq!(rest, ["a"]);
    }

    #[test]
    fn a_token_of_another_list_is_refused() {
        let (_, token) = ask(&json!({ "cluster": "x" }), &["a", "b", "c"]).unwrap();
        for input in [
            json!({ "cluster": "y", "nextToken": token }),
            json!({ "nextToken": "nonsense" }),
            json!({ "maxResults": 101 }),
            json!({ "maxResults": 0 }),
        ] {
            let refusal = ask(&input, &["a", "b", "c"]).unwrap_err();
            assert_eq!(refusal.code, "InvalidParameterException", "{input}");
        }
    }
}
