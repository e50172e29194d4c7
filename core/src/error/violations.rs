//! The violations of one request, gathered while it is read (P-5, C-5).

use super::code::Code;
use super::rejection::{Rejection, Violation};
use super::usage::{Error, UsageError};
use crate::json::Path;
use alloc::string::String;
use alloc::vec::Vec;

/// The violations of one request, gathered while it is read (P-5, C-5).
///
/// Order: those of the known fields as they are read, then the unknown fields by pointer, then the
/// context's.
#[derive(Debug, Default)]
pub(crate) struct Violations {
    known: Vec<Violation>,
    unknown: Vec<Violation>,
    /// Those of the context, which the host hands in: one of them makes it the host's own mistake.
    context: Vec<Violation>,
}

impl Violations {
    pub(crate) fn of(violation: Violation) -> Self {
        Violations { known: alloc::vec![violation], ..Violations::default() }
    }

    pub(crate) fn add(&mut self, code: Code, path: &Path<'_>, message: impl Into<String>) {
        self.known.push(Violation { code, pointer: path.pointer(), message: message.into() });
    }

    pub(crate) fn add_unknown(&mut self, path: &Path<'_>, message: String) {
        self.unknown.push(Violation { code: Code::InvalidRequest, pointer: path.pointer(), message });
    }

    pub(crate) fn add_to_context(&mut self, path: &Path<'_>, message: impl Into<String>) {
        self.context.push(Violation { code: Code::InvalidRequest, pointer: path.pointer(), message: message.into() });
    }

    /// Puts the violations of a context that was read by itself after these.
    pub(crate) fn append_context(&mut self, of_context: Violations) {
        self.context.extend(of_context.into_list());
    }

    /// How many there are of known fields, for [`Violations::sort_since`].
    pub(crate) fn known_so_far(&self) -> usize {
        self.known.len()
    }

    /// Puts those of one map in the order of their pointers.
    pub(crate) fn sort_since(&mut self, start: usize) {
        if let Some(of_map) = self.known.get_mut(start..) {
            of_map.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.unknown.is_empty() && self.context.is_empty()
    }

    /// Adds those of a part of the same request, where it was read.
    pub(crate) fn merge(&mut self, mut part: Violations) {
        self.known.append(&mut part.known);
        self.unknown.append(&mut part.unknown);
        self.context.append(&mut part.context);
    }

    /// Puts another part's violations after these.
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
        self.known.append(&mut self.context);
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

    /// Nothing, where there are none; the host's own mistake, where one of them is in the context.
    pub(crate) fn check(self) -> Result<(), Error> {
        let in_context = !self.context.is_empty();
        match self.into_rejection() {
            None => Ok(()),
            Some(rejection) if in_context => Err(rejection.into_usage().into()),
            Some(rejection) => Err(rejection.into()),
        }
    }

    /// The same for input that only the host hands in.
    pub(crate) fn check_context(self) -> Result<(), UsageError> {
        self.into_rejection().map_or(Ok(()), |rejection| Err(rejection.into_usage()))
    }
}
