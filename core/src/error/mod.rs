//! The one error taxonomy (contract section 10): the table of codes, what a refused request answers,
//! what is the host program's own mistake, and how either is shown to the public.

mod code;
mod form;
mod kind;
mod rejection;
mod render;
mod usage;
mod violations;

pub use code::{Code, ErrorInfo, error_catalog};
pub use form::FormError;
pub use kind::Kind;
pub use rejection::{Rejection, Violation};
pub use usage::{Error, UsageError};
pub(crate) use violations::Violations;

use alloc::string::String;

/// User input as messages show it: at most 64 characters, those that do not show escaped.
pub(crate) fn quoted(input: &str) -> String {
    const LONGEST: usize = 64;
    let mut out = String::new();
    for (count, character) in input.chars().enumerate() {
        if count == LONGEST {
            out.push('…');
            break;
        }
        if character == '`' { out.extend(character.escape_unicode()) } else { push_visible(&mut out, character) }
    }
    out
}

/// A text for a terminal: characters that do not show, but move the cursor, hide or reorder what does, are escaped.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::new();
    text.chars().for_each(|character| push_visible(&mut out, character));
    out
}

/// Escaped are control characters, separators of lines and paragraphs, and marks of direction.
fn push_visible(out: &mut String, character: char) {
    const MARKS: [char; 3] = ['\u{61c}', '\u{200e}', '\u{200f}'];
    let unseen = matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') || MARKS.contains(&character);
    if character.is_control() || unseen {
        out.extend(character.escape_unicode());
    } else {
        out.push(character);
    }
}
