//! What documents of ECS have in common, whatever they describe: JSON that is read strictly and kept
//! as it came, checked and compared by a table of known members.

mod diff;
mod node;
mod normalize;
mod parse;
mod problem;
pub(crate) mod schema;
mod shape;
mod tags;

pub use diff::{Change, DocumentDiff};
pub use problem::Problem;

pub(crate) use node::{Node, kind_of, shown, whole};
pub(crate) use normalize::normal;
pub(crate) use parse::parse_strictly;
pub(crate) use problem::{Problems, refusal};
pub(crate) use shape::{object as check_shape, spelling as check_spelling};
pub(crate) use tags::{check as check_tags, is_reserved, without_reserved};
