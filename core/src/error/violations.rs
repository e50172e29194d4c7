//! The violations of one request, gathered while it is read (P-5, C-5).

use super::code::Code;
use super::rejection::{Rejection, Violation};
use super::usage::{Error, UsageError};
use crate::json::{Path, pointer_order, shortened};
use alloc::string::String;
use alloc::vec::Vec;

/// How many violations of one request are listed. The others are counted: an answer has a measure, whatever was asked
/// (P-5, P-6).
const MOST: usize = 50;

/// The violations of one request, gathered while it is read (P-5, C-5).
///
/// Order: those of the known fields as they are read, then the unknown fields by pointer, then the
/// context's.
#[derive(Debug, Default)]
pub(crate) struct Violations {
    known: Listed,
    unknown: Listed,
    /// Those of the context, which the host hands in: one of them makes it the host's own mistake.
    context: Listed,
}

/// The first violations of some kind, and how many there are.
#[derive(Debug, Default)]
struct Listed {
    first: Vec<Violation>,
    count: usize,
}

impl Listed {
    fn add(&mut self, code: Code, path: &Path<'_>, message: impl Into<String>) {
        self.count += 1;
        if self.first.len() < MOST {
            let pointer = shortened(path.pointer());
            self.first.push(Violation { code, pointer, message: message.into() });
        }
    }

    fn append(&mut self, later: Listed) {
        self.count += later.count;
        self.first.extend(later.first);
        self.first.truncate(MOST);
    }

    /// Leaves the first by their pointers.
    fn sort(&mut self) {
        self.first.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        self.first.truncate(MOST);
    }
}

impl Violations {
    /// The one violation that an ill-formed input is (ER-2).
    pub(crate) fn of(code: Code, pointer: String, message: String) -> Self {
        let violation = Violation { code, pointer: shortened(pointer), message };
        Violations { known: Listed { first: alloc::vec![violation], count: 1 }, ..Violations::default() }
    }

    pub(crate) fn add(&mut self, code: Code, path: &Path<'_>, message: impl Into<String>) {
        self.known.add(code, path, message);
    }

    /// Adds those of one map by its keys, in the order of their pointers: hosts do not agree on the order of members.
    pub(crate) fn add_keys(&mut self, code: Code, path: &Path<'_>, mut wrong: Vec<(&str, String)>) {
        wrong.sort_by(|(one, _), (other, _)| pointer_order(one, other));
        for (key, message) in wrong {
            self.known.add(code, &path.key(key), message);
        }
    }

    /// Adds the members of an object that are no fields of it. What is said of one costs more than to count it.
    pub(crate) fn add_unknown(&mut self, path: &Path<'_>, mut keys: Vec<&str>, message: impl Fn(&str) -> String) {
        keys.sort_by(|one, other| pointer_order(one, other));
        let mut of_object = Listed { count: keys.len(), first: Vec::new() };
        for key in keys.into_iter().take(MOST) {
            let pointer = shortened(path.key(key).pointer());
            of_object.first.push(Violation { code: Code::InvalidRequest, pointer, message: message(key) });
        }
        self.add_other_unknown(of_object);
    }

    /// Adds one that was found when its object was read by itself.
    pub(crate) fn add_unknown_at(&mut self, pointer: String, message: String) {
        let first = alloc::vec![Violation { code: Code::InvalidRequest, pointer: shortened(pointer), message }];
        self.add_other_unknown(Listed { count: 1, first });
    }

    fn add_other_unknown(&mut self, others: Listed) {
        self.unknown.count += others.count;
        self.unknown.first.extend(others.first);
        if self.unknown.first.len() > 2 * MOST {
            self.unknown.sort();
        }
    }

    pub(crate) fn add_to_context(&mut self, path: &Path<'_>, message: impl Into<String>) {
        self.context.add(Code::InvalidRequest, path, message);
    }

    /// Puts the violations of a context that was read by itself after these.
    pub(crate) fn append_context(&mut self, of_context: Violations) {
        self.context.append(of_context.into_listed());
    }

    /// How many there are of known fields.
    pub(crate) const fn known_so_far(&self) -> usize {
        self.known.count
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many there are in all.
    const fn count(&self) -> usize {
        self.known.count + self.unknown.count + self.context.count
    }

    /// Adds those of a part of the same request, where it was read.
    pub(crate) fn merge(&mut self, part: Violations) {
        self.known.append(part.known);
        self.add_other_unknown(part.unknown);
        self.context.append(part.context);
    }

    /// Puts another part's violations after these.
    pub(crate) fn append(&mut self, later: Violations) {
        self.known = core::mem::take(self).into_listed();
        self.known.append(later.into_listed());
    }

    /// Those of known fields, and those of unknown ones.
    pub(crate) fn into_parts(mut self) -> (Vec<Violation>, Vec<Violation>) {
        self.unknown.sort();
        (self.known.first, self.unknown.first)
    }

    fn into_listed(mut self) -> Listed {
        self.unknown.sort();
        self.known.append(self.unknown);
        self.known.append(self.context);
        self.known
    }

    /// The first of them.
    pub(crate) fn into_list(self) -> Vec<Violation> {
        self.into_listed().first
    }

    /// The rejection that lists them; the first one's code and pointer are its own.
    pub(crate) fn into_rejection(self) -> Option<Rejection> {
        let Listed { first: violations, count } = self.into_listed();
        let first = violations.first()?;
        let mut rejection = Rejection::because(first.code, first.message.clone()).at(first.pointer.clone());
        rejection.violations = violations;
        rejection.violation_count = count;
        Some(rejection)
    }

    /// Nothing, where there are none; the host's own mistake, where one of them is in the context.
    pub(crate) fn check(self) -> Result<(), Error> {
        let in_context = self.context.count > 0;
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
