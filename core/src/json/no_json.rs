//! Values that a host's objects can have and JSON cannot, with the same messages for every language.

use super::{COMMAND_DEPTH, DOCUMENT_DEPTH, Malformed};
use alloc::string::String;

/// Why a host's value is not JSON. A binding says which of these it has found, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoJson {
    /// The number NaN.
    NaN,
    /// An infinite number.
    Infinite,
    /// An integer that no double comes near to.
    OutOfRange,
    /// Text that is not well-formed Unicode.
    LoneSurrogate,
    /// A date without a time in it.
    InvalidDate,
    /// An instant that is not within the years 0001 to 9999.
    BeyondYears,
    /// Objects nested beyond the depth of a single command or context.
    CommandTooDeep,
    /// Objects nested beyond the depth of a scenario, snapshot or batch.
    DocumentTooDeep,
    /// A command or context beyond 1 MiB.
    CommandTooLarge,
    /// A scenario, snapshot or batch that is too large to be walked.
    DocumentTooLarge,
}

impl NoJson {
    /// The fault, at a pointer that starts at the argument.
    #[must_use]
    pub fn at(self, pointer: impl Into<String>) -> Malformed {
        let message = match self {
            NoJson::NaN => "NaN is not valid JSON".into(),
            NoJson::Infinite => "infinity is not valid JSON".into(),
            NoJson::OutOfRange => "the number is out of range".into(),
            NoJson::LoneSurrogate => "the string contains a lone surrogate, so it is not valid Unicode".into(),
            NoJson::InvalidDate => "the date is invalid".into(),
            NoJson::BeyondYears => "the date is outside the years 0001 to 9999".into(),
            NoJson::CommandTooDeep => Malformed::too_deep(COMMAND_DEPTH),
            NoJson::DocumentTooDeep => Malformed::too_deep(DOCUMENT_DEPTH),
            NoJson::CommandTooLarge => "larger than 1 MiB of canonical JSON".into(),
            NoJson::DocumentTooLarge => "too large to pass as an object: pass it as JSON text".into(),
        };
        Malformed::new(pointer, message)
    }
}
