//! Tables of the members of a document that are known: their types, what is required, and what an
//! absent member means.
//!
//! Only validation and comparison look at them. Everything else carries every member, known or not.

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    /// What its absence means.
    pub(crate) default: Default,
}

/// What a member holds.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    Whole,
    /// Whole or not.
    Number,
    Flag,
    /// Strings in an order that matters.
    Texts,
    /// Strings in any order.
    TextSet,
    Wholes,
    TextMap,
    /// An object that means nothing when it is empty.
    Object(&'static [Member]),
    /// An object whose presence means something by itself.
    Marker(&'static [Member]),
    /// Objects in an order that matters.
    List(&'static [Member]),
    /// Objects in any order, told apart by the values of the second.
    Keyed(&'static [Member], &'static [&'static str]),
    /// Names and values in any order: the members that hold them.
    Pairs(&'static [Member], &'static str, &'static str),
}

/// What the absence of a member means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Default {
    Nothing,
    Flag(bool),
    Whole(i64),
    Text(&'static str),
}

impl Member {
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn or(mut self, default: Default) -> Self {
        self.default = default;
        self
    }
}

pub(crate) const fn of(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        required: false,
        default: Default::Nothing,
    }
}

pub(crate) const fn text(name: &'static str) -> Member {
    of(name, Kind::Text)
}

pub(crate) const fn whole(name: &'static str) -> Member {
    of(name, Kind::Whole)
}

/// A flag that is off when it is absent.
pub(crate) const fn flag(name: &'static str) -> Member {
    of(name, Kind::Flag).or(Default::Flag(false))
}
