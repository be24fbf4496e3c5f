//! Types and required members, by the table of known members.

use super::node::{Node, kind_of};
use super::problem::Problems;
use super::schema::{Kind, Member};

/// Every known member has its type, and what is required is there.
pub(crate) fn object(node: &Node<'_>, schema: &[Member], problems: &mut Problems) {
    let Some(value) = node.value() else { return };
    if !value.is_object() {
        return problems.add(node, format!("is {}", kind_of(value)), "an object");
    }
    for member in schema {
        let found = node.get(member.name);
        if found.value().is_some() {
            member_type(&found, &member.kind, problems);
        } else if member.required {
            problems.add(&found, "is missing", expectation(&member.kind));
        }
    }
}

fn member_type(node: &Node<'_>, kind: &Kind, problems: &mut Problems) {
    let Some(value) = node.value() else { return };
    match kind {
        Kind::Object(schema) | Kind::Marker(schema) => object(node, schema, problems),
        Kind::List(schema) | Kind::Keyed(schema, _) | Kind::Pairs(schema, _, _)
            if value.is_array() =>
        {
            for item in node.items() {
                object(&item, schema, problems);
            }
        }
        Kind::Texts | Kind::TextSet if value.is_array() => {
            node.items()
                .for_each(|item| member_type(&item, &Kind::Text, problems));
        }
        Kind::Wholes if value.is_array() => {
            node.items()
                .for_each(|item| member_type(&item, &Kind::Whole, problems));
        }
        Kind::TextMap if value.is_object() => {
            node.members()
                .for_each(|(_, item)| member_type(&item, &Kind::Text, problems));
        }
        Kind::Text if value.is_string() => {}
        Kind::Whole if node.whole().is_some() => {}
        Kind::Number if value.is_number() => {}
        Kind::Flag if value.is_boolean() => {}
        _ => problems.add(node, format!("is {}", kind_of(value)), expectation(kind)),
    }
}

fn expectation(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "a string",
        Kind::Whole => "a whole number, not a string",
        Kind::Number => "a number, not a string",
        Kind::Flag => "true or false",
        Kind::Texts | Kind::TextSet => "a list of strings",
        Kind::Wholes => "a list of whole numbers",
        Kind::TextMap => "an object of strings",
        Kind::Object(_) | Kind::Marker(_) => "an object",
        Kind::List(_) | Kind::Keyed(..) | Kind::Pairs(..) => "a list of objects",
    }
}

/// A frequent mistake that would otherwise only read as members that are missing, or not at all:
/// `names` written with a capital at the beginning.
pub(crate) fn spelling<'a>(
    root: &Node<'_>,
    names: impl Iterator<Item = &'a str>,
    problems: &mut Problems,
) {
    for name in names {
        let (first, rest) = name.split_at_checked(1).unwrap_or_default();
        let capital = root.get(&format!("{}{rest}", first.to_ascii_uppercase()));
        if capital.value().is_some() {
            problems.add(
                &capital,
                "is written as CloudFormation writes it",
                format!("the spelling of the ECS API, {name:?}"),
            );
        }
    }
}
