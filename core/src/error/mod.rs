//! The one error taxonomy (SPEC section 10): the table of codes, what a refused request answers,
//! what is the host program's own mistake, and how either is shown to the public.

mod code;
mod read;
mod rejection;
mod render;
mod usage;
mod violations;

pub use code::{Code, ErrorInfo, Kind, error_catalog};
pub use rejection::{Rejection, Violation};
pub use usage::{Error, UsageError};
pub(crate) use violations::Violations;

/// User input as messages show it: at most 64 characters, control characters escaped.
pub(crate) fn quoted(input: &str) -> alloc::string::String {
    const LONGEST: usize = 64;
    let mut out = alloc::string::String::new();
    for (count, character) in input.chars().enumerate() {
        if count == LONGEST {
            out.push('…');
            break;
        }
        if character.is_control() || character == '`' {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    out
}
