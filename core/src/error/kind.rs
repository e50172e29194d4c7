//! The five kinds of errors.

use serde::Serialize;

/// Whose fault a rejection is, in the five kinds that HTTP knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 400: the request itself is wrong.
    Validation,
    /// 401: the actor is not who it says, or not any more.
    Authentication,
    /// 403: the actor or the registered user may not.
    Permission,
    /// 404: there is no such thing in the actor's reach.
    NotFound,
    /// 409: the present state does not allow it.
    Conflict,
}

impl Kind {
    /// The HTTP status of this kind.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Kind::Validation => 400,
            Kind::Authentication => 401,
            Kind::Permission => 403,
            Kind::NotFound => 404,
            Kind::Conflict => 409,
        }
    }

    /// The kind as the wire writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Validation => "validation",
            Kind::Authentication => "authentication",
            Kind::Permission => "permission",
            Kind::NotFound => "not_found",
            Kind::Conflict => "conflict",
        }
    }
}
