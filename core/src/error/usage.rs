//! Whose mistake a failure is: the client's, or the host program's own.

use super::code::Code;
use super::rejection::{Rejection, Violation};
use crate::error::FormError;
use crate::hosting::RowKey;
use crate::json::Malformed;
use alloc::boxed::Box;
use core::fmt;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// Why a call failed. Nothing has changed (P-3).
///
/// ```
/// # use tenantry::{Actor, Context, Error, GetOrganization, Tenantry, Timestamp};
/// let actor = Actor::System { organization_id: None, environment: None };
/// let context = Context { now: Timestamp::parse("2026-01-31T10:00:00Z").unwrap(), actor, entropy: None };
/// match Tenantry::new().query(&GetOrganization::new(), &context) {
///     Ok(_) => unreachable!(),
///     // For the client: `to_problem` or `to_error_body`.
///     Err(Error::Rejected(_)) => unreachable!(),
///     // For the developers: the program forgot to name the organization.
///     Err(Error::Usage(mistake)) => {
///         assert_eq!(mistake.pointer(), Some("/context/actor/organization_id"));
///         assert_eq!(mistake.status(), 500);
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub enum Error {
    /// The rules refuse the request: tell its sender.
    Rejected(#[from] Rejection),
    /// The host program has made a mistake: tell its developers.
    Usage(#[from] UsageError),
}

impl Error {
    /// The error as the contract records it in transcripts, whether a rejection or a host's mistake. To answer a client, use the
    /// renderings instead.
    #[must_use]
    pub fn recorded(&self) -> &Rejection {
        match self {
            Error::Rejected(rejection) => rejection,
            Error::Usage(usage) => usage.recorded(),
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.recorded().code
    }
}

/// A mistake of the host program itself: something wrong in the context that it passes, a row that it has not
/// loaded, a method that this instance does not have. A handler lets it become a 500; clients must not see it.
///
/// As JSON `{code, message, pointer?, violations?, violation_count?}`, for the developers' own logs.
#[derive(Clone, PartialEq, Eq)]
pub struct UsageError(Box<Mistake>);

#[derive(Clone, PartialEq, Eq)]
struct Mistake {
    recorded: Rejection,
    row: Option<RowKey>,
}

impl UsageError {
    /// A mistake with its own text.
    #[must_use]
    pub fn new(message: impl Into<alloc::string::String>) -> Self {
        Rejection::because(Code::InvalidRequest, message).into_usage()
    }

    /// A mistake at a place, such as a value of the host's language that cannot be read.
    #[must_use]
    pub fn malformed(fault: Malformed) -> Self {
        Rejection::malformed(fault).into_usage()
    }

    /// A row that was not loaded. Its key may contain an address, which logs must not show.
    pub(crate) fn not_loaded(key: RowKey) -> Self {
        let message = alloc::format!(
            "a row of the kind `{}` was not loaded: call `requirements` first, and load the rows that it names",
            key.0.kind()
        );
        let recorded = Rejection::because(Code::InvalidRequest, message);
        UsageError(Box::new(Mistake { recorded, row: Some(key) }))
    }

    /// The code that the contract gives it.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.recorded.code
    }

    /// What is wrong, for the program's developers.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.recorded.message
    }

    /// The place of the fault as a JSON pointer into the input, if it has one.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        self.0.recorded.pointer.as_deref()
    }

    /// What is wrong with request and context, in the order of the fields: the first 50 at most.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.recorded.violations
    }

    /// How many there are in all.
    #[must_use]
    pub fn violation_count(&self) -> usize {
        self.0.recorded.violation_count
    }

    /// The row that was not loaded, where that is the mistake. It may name an address: do not log it.
    #[must_use]
    pub fn row(&self) -> Option<&RowKey> {
        self.0.row.as_ref()
    }

    pub(crate) fn recorded(&self) -> &Rejection {
        &self.0.recorded
    }
}

impl Rejection {
    /// The same as the host program's own mistake.
    pub(crate) fn into_usage(self) -> UsageError {
        UsageError(Box::new(Mistake { recorded: self, row: None }))
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.recorded, formatter)
    }
}

impl fmt::Debug for UsageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "UsageError({self})")
    }
}

impl core::error::Error for UsageError {}

impl Serialize for UsageError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("UsageError", 5)?;
        out.serialize_field("code", &self.code())?;
        out.serialize_field("message", self.message())?;
        match self.pointer() {
            Some(pointer) => out.serialize_field("pointer", pointer)?,
            None => out.skip_field("pointer")?,
        }
        match self.0.recorded.counted() {
            Some(count) => out.serialize_field("violation_count", &count)?,
            None => out.skip_field("violation_count")?,
        }
        match self.violations() {
            [] => out.skip_field("violations")?,
            violations => out.serialize_field("violations", violations)?,
        }
        out.end()
    }
}

impl From<Malformed> for Error {
    fn from(fault: Malformed) -> Self {
        Rejection::malformed(fault).into()
    }
}

impl From<FormError> for Error {
    fn from(error: FormError) -> Self {
        Rejection::from(error).into()
    }
}
