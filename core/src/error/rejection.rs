//! What a refused request answers.

use super::code::Code;
use super::kind::Kind;
use super::violations::Violations;
use super::visible;
use crate::error::FormError;
use crate::json::Malformed;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// One thing that is wrong with a request (P-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The stable code.
    pub code: Code,
    /// Where, as a JSON pointer into the command, or `/context/…`. After 256 characters it ends with `…`.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

/// Why a request was refused. Nothing has changed (P-3).
///
/// On the wire: `{code, status, kind, message, what_to_do, user_message?, retryable, pointer?, violations?,
/// violation_count?}`, the last where there are more than are listed. As text, all that are: `invalid_email at /origin_user_email: …; …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The stable code: the first violation's, where there are violations.
    pub code: Code,
    /// A sentence for the caller's developers.
    pub message: String,
    /// How the platform's developers can correct it.
    pub what_to_do: &'static str,
    /// Where in the request; none where no single place is to blame.
    pub pointer: Option<String>,
    /// What is wrong with the form of the request, in the order of its fields: the first 50 at most.
    pub violations: Vec<Violation>,
    /// How many there are in all.
    pub violation_count: usize,
    /// For the host's own logs only: in no public rendering and not on the wire (AC-3).
    pub internal: Option<&'static str>,
}

impl Rejection {
    /// A rejection with the code's own text.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self::because(code, code.info().meaning)
    }

    /// A rejection with a text of its own.
    pub(crate) fn because(code: Code, message: impl Into<String>) -> Self {
        Rejection {
            code,
            message: message.into(),
            what_to_do: code.info().what_to_do,
            pointer: None,
            violations: Vec::new(),
            violation_count: 0,
            internal: None,
        }
    }

    /// `limit_exceeded`, with the limit and its number (contract section 11).
    pub(crate) fn limit(things: &str, most: u32) -> Self {
        Self::because(Code::LimitExceeded, format!("the limit of {most} {things} has been reached"))
    }

    /// The same, with the place that is to blame.
    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The rejection of malformed input, reported alone (ER-2).
    #[must_use]
    pub fn malformed(fault: Malformed) -> Self {
        Violations::of(Code::InvalidRequest, fault.pointer, fault.message)
            .into_rejection()
            .unwrap_or_else(|| Rejection::new(Code::InvalidRequest))
    }

    /// The rejection of a snapshot or a journal that is damaged or inconsistent (S-2).
    #[must_use]
    pub fn invalid_snapshot(fault: Malformed) -> Self {
        Violations::of(Code::InvalidSnapshot, fault.pointer, fault.message)
            .into_rejection()
            .unwrap_or_else(|| Rejection::new(Code::InvalidSnapshot))
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.code.status()
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.code.kind()
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub const fn retryable(&self) -> bool {
        self.code.info().retryable
    }

    /// A sentence to show to an end user, for the codes that have one: see [`ErrorInfo`](crate::ErrorInfo).
    #[must_use]
    pub const fn user_message(&self) -> Option<&'static str> {
        self.code.info().user_message
    }

    /// How many violations there are, where not all are listed.
    pub(super) fn counted(&self) -> Option<usize> {
        Some(self.violation_count).filter(|count| *count > self.violations.len())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_fault(formatter, self.code, Some(&self.pointer), &self.message)
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.violations.split_first() else {
            return write_fault(formatter, self.code, self.pointer.as_deref(), &self.message);
        };
        write!(formatter, "{first}")?;
        others.iter().try_for_each(|other| write!(formatter, "; {other}"))?;
        self.counted().map_or(Ok(()), |count| write!(formatter, "; {count} in all"))
    }
}

impl core::error::Error for Rejection {}

/// One thing that is wrong, as people read it. The whole input, whose pointer is empty, is no place to name.
fn write_fault(formatter: &mut fmt::Formatter<'_>, code: Code, pointer: Option<&str>, message: &str) -> fmt::Result {
    match pointer {
        None | Some("") => write!(formatter, "{code}: {message}"),
        Some(pointer) => write!(formatter, "{code} at {}: {message}", visible(pointer)),
    }
}

impl From<FormError> for Rejection {
    fn from(error: FormError) -> Self {
        Rejection::because(error.code, error.message)
    }
}

impl From<Malformed> for Rejection {
    fn from(fault: Malformed) -> Self {
        Rejection::malformed(fault)
    }
}

impl From<Code> for Rejection {
    fn from(code: Code) -> Self {
        Rejection::new(code)
    }
}

impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Rejection", 10)?;
        out.serialize_field("code", &self.code)?;
        out.serialize_field("kind", &self.kind())?;
        out.serialize_field("message", &self.message)?;
        match &self.pointer {
            Some(pointer) => out.serialize_field("pointer", pointer)?,
            None => out.skip_field("pointer")?,
        }
        out.serialize_field("retryable", &self.retryable())?;
        out.serialize_field("status", &self.status())?;
        match self.user_message() {
            Some(message) => out.serialize_field("user_message", message)?,
            None => out.skip_field("user_message")?,
        }
        match self.counted() {
            Some(count) => out.serialize_field("violation_count", &count)?,
            None => out.skip_field("violation_count")?,
        }
        if self.violations.is_empty() {
            out.skip_field("violations")?;
        } else {
            out.serialize_field("violations", &self.violations)?;
        }
        out.serialize_field("what_to_do", self.what_to_do)?;
        out.end()
    }
}
