//! What a refused request answers.

use super::code::{Code, Kind};
use crate::json::{Malformed, Path};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// One thing that is wrong with a request (P-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The stable code.
    pub code: Code,
    /// Where, as a JSON pointer into the command, or `/context/…`.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

/// Why a request was refused. Nothing has changed (P-3).
///
/// On the wire: `{code, status, kind, message, what_to_do, retryable, pointer?, violations?}`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Rejection {
    /// The stable code: the first violation's, where there are violations.
    pub code: Code,
    /// A sentence for the caller's developers.
    pub message: String,
    /// The way out.
    pub what_to_do: &'static str,
    /// Where in the request, where a place is to blame.
    pub pointer: Option<String>,
    /// Everything that is wrong with the form of the request, in the order of its fields.
    pub violations: Vec<Violation>,
    /// For the host's own eyes only: in no public rendering, on no wire (AC-3).
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
            internal: None,
        }
    }

    /// The same, with the place that is to blame.
    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The rejection of an ill-formed input, told alone (ER-2).
    #[must_use]
    pub fn malformed(fault: Malformed) -> Self {
        Violations::of(Violation { code: Code::InvalidRequest, pointer: fault.pointer, message: fault.message })
            .into_rejection()
            .unwrap_or_else(|| Rejection::new(Code::InvalidRequest))
    }

    /// The rejection of a snapshot or a journal that gives no whole and consistent state (S-2).
    #[must_use]
    pub fn invalid_snapshot(fault: Malformed) -> Self {
        Violations::of(Violation { code: Code::InvalidSnapshot, pointer: fault.pointer, message: fault.message })
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
        let mut out = serializer.serialize_struct("Rejection", 8)?;
        out.serialize_field("code", &self.code)?;
        out.serialize_field("kind", &self.kind())?;
        out.serialize_field("message", &self.message)?;
        match &self.pointer {
            Some(pointer) => out.serialize_field("pointer", pointer)?,
            None => out.skip_field("pointer")?,
        }
        out.serialize_field("retryable", &self.retryable())?;
        out.serialize_field("status", &self.status())?;
        if self.violations.is_empty() {
            out.skip_field("violations")?;
        } else {
            out.serialize_field("violations", &self.violations)?;
        }
        out.serialize_field("what_to_do", self.what_to_do)?;
        out.end()
    }
}

/// The violations of one request, gathered while it is read (P-5, C-5).
///
/// Order: those of the known fields as they are read, then the unknown fields by pointer, then the
/// context's.
#[derive(Debug, Default)]
pub(crate) struct Violations {
    known: Vec<Violation>,
    unknown: Vec<Violation>,
}

impl Violations {
    pub(crate) fn of(violation: Violation) -> Self {
        Violations { known: alloc::vec![violation], unknown: Vec::new() }
    }

    pub(crate) fn add(&mut self, code: Code, path: &Path<'_>, message: impl Into<String>) {
        self.known.push(Violation { code, pointer: path.pointer(), message: message.into() });
    }

    pub(crate) fn add_unknown(&mut self, path: &Path<'_>, message: String) {
        self.unknown.push(Violation { code: Code::InvalidRequest, pointer: path.pointer(), message });
    }

    /// How many there are of known fields, for [`Violations::sort_since`].
    pub(crate) fn told(&self) -> usize {
        self.known.len()
    }

    /// Puts those of one map in the order of their pointers.
    pub(crate) fn sort_since(&mut self, told: usize) {
        if let Some(of_map) = self.known.get_mut(told..) {
            of_map.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.unknown.is_empty()
    }

    /// Adds those of a part of the same request, where it was read.
    pub(crate) fn merge(&mut self, mut part: Violations) {
        self.known.append(&mut part.known);
        self.unknown.append(&mut part.unknown);
    }

    /// Puts another part's violations after these: the context's after the command's.
    pub(crate) fn append(&mut self, later: Violations) {
        let mut all = core::mem::take(self).into_list();
        all.extend(later.into_list());
        self.known = all;
    }

    /// Those of known fields, and those of unknown ones.
    pub(crate) fn into_parts(self) -> (Vec<Violation>, Vec<Violation>) {
        (self.known, self.unknown)
    }

    pub(crate) fn into_list(mut self) -> Vec<Violation> {
        self.unknown.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        self.known.append(&mut self.unknown);
        self.known
    }

    /// The rejection that lists them all; the first one's code and pointer are its own.
    pub(crate) fn into_rejection(self) -> Option<Rejection> {
        if self.is_empty() {
            return None;
        }
        let violations = self.into_list();
        let first = violations.first()?;
        let mut rejection = Rejection::because(first.code, first.message.clone()).at(first.pointer.clone());
        rejection.violations = violations;
        Some(rejection)
    }
}
