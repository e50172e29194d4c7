//! What a command or a query is.

use super::{Refusal, Transaction};
use crate::authority::Right;
use crate::context::Needs;
use crate::declare::read::{Object, Reader};
use crate::prefetch::Prefetch;
use crate::shape::Definition;
use serde::Serialize;

/// What the declaration of a command or a query gives: see [`request!`](crate::declare::object::request).
pub trait Declared: Sized {
    /// The name on the wire.
    const NAME: &'static str;
    /// All field names, the one that carries the request's own name included.
    const FIELDS: &'static [&'static str];

    /// Reads it and reports every violation; `None` if there was one.
    fn read(object: &Object<'_, '_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Reports what is wrong with a typed request: the bounds that its types do not enforce.
    fn check(&self, reader: &mut Reader<'_>);

    /// What it is, for schema and types.
    fn shape() -> Definition;
}

/// A command or a query, and what it answers. The crate alone implements it.
pub trait Request: Declared {
    /// What an accepted request answers.
    type Response: Serialize;
    #[doc(hidden)]
    /// What every such request needs of its context.
    const NEEDS: Needs;
    #[doc(hidden)]
    /// Whom it is for: a row of the table.
    const RIGHT: Right;
    #[doc(hidden)]
    /// Whether it goes through many rows: a caller with a lock, such as Python's GIL, should release it for the call.
    const WALKS: bool = false;
    #[doc(hidden)]
    /// Where its fields decide between several rows: what they say for each.
    const BY_FIELDS: &'static [(&'static str, Right)] = &[];

    #[doc(hidden)]
    /// Whom it is for.
    fn right(&self) -> Right {
        Self::RIGHT
    }

    #[doc(hidden)]
    /// What it needs of its context.
    fn needs(&self) -> Needs {
        Self::NEEDS
    }

    #[doc(hidden)]
    /// The same, from a request that is not read yet: also when it is malformed, what its context lacks is
    /// reported (P-5).
    fn needs_of(object: &Object<'_, '_>) -> Needs {
        let _ = object;
        Self::NEEDS
    }

    #[doc(hidden)]
    /// Reports what is wrong with the fields of a typed request taken together. Reading from the wire reports the same.
    fn check_together(&self, reader: &mut Reader<'_>) {
        let _ = reader;
    }

    #[doc(hidden)]
    /// Asks for the rows that it names, and for those that the loaded ones lead to: all that it may look
    /// at and nothing else. A row that it forgets costs a host one more round
    /// (contract section 14).
    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        let _ = prefetch;
    }

    #[doc(hidden)]
    /// Decides. Events are emitted into the case's draft, which is dropped with a refusal.
    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Self::Response, Refusal>;
}
