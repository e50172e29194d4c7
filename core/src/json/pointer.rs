//! Where in a document something is: built on the stack, rendered only when reported.

use alloc::string::{String, ToString};
use core::cmp::Ordering;

/// A place inside a JSON document. Costs nothing until it is rendered.
#[derive(Clone, Copy, Debug)]
pub struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    segment: Segment<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Segment<'p> {
    Root(&'p str),
    Key(&'p str),
    Index(usize),
}

impl<'p> Path<'p> {
    /// The document itself, whose pointer is the empty string.
    pub const ROOT: Path<'static> = Path { parent: None, segment: Segment::Root("") };

    /// A root that is itself at a pointer, such as `/context`.
    #[must_use]
    pub const fn rooted(pointer: &'p str) -> Self {
        Path { parent: None, segment: Segment::Root(pointer) }
    }

    /// The member `key` of this place.
    #[must_use]
    pub const fn key<'q>(&'q self, key: &'q str) -> Path<'q> {
        Path { parent: Some(self), segment: Segment::Key(key) }
    }

    /// The item `index` of this place.
    #[must_use]
    pub const fn index(&self, index: usize) -> Path<'_> {
        Path { parent: Some(self), segment: Segment::Index(index) }
    }

    /// The RFC 6901 pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut out = match self.parent {
            Some(parent) => parent.pointer(),
            None => String::new(),
        };
        match self.segment {
            Segment::Root(pointer) => out.push_str(pointer),
            Segment::Key(key) => push_key(&mut out, key),
            Segment::Index(index) => {
                out.push('/');
                out.push_str(&index.to_string());
            }
        }
        out
    }
}

/// Adds `/key` to a pointer, escaped as RFC 6901 asks.
pub(crate) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The order of two members' pointers.
pub(crate) fn pointer_order(key: &str, other: &str) -> Ordering {
    // Both escapes begin with the `~`.
    let escaped = |character| match character {
        '~' => ['~', '0'],
        '/' => ['~', '1'],
        other => [other, '\0'],
    };
    key.chars().map(escaped).cmp(other.chars().map(escaped))
}

/// A pointer as answers have it: at most 256 characters, what is left out shown by `…`.
pub(crate) fn shortened(mut pointer: String) -> String {
    const LONGEST: usize = 256;
    if let Some((end, _)) = pointer.char_indices().nth(LONGEST) {
        pointer.truncate(end);
        pointer.push('…');
    }
    pointer
}
