//! The names of events, as filters ask for them.

use super::EventName;
use crate::declare::read::{FromWire, Reader};
use crate::error::FormError;
use crate::error::{Code, quoted};
use crate::json::{Path, Value};
use crate::shape::{Definition, Shown, Type};
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt::{self, Write};

impl FromWire for EventName {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::String(text) = value else { return reader.mistyped("the name of an event", value, path) };
        match EventName::of(text) {
            Some(name) => Some(name),
            None => reader.report(Code::InvalidRequest, path, unknown(text)),
        }
    }

    fn shape() -> Type {
        Self::shown()
    }
}

impl Shown for EventName {
    fn shown() -> Type {
        Type::named("EventName", || {
            let words = EventName::ALL.iter().map(EventName::to_string);
            Definition::words("EventName", "What can happen.", words)
        })
    }
}

impl EventName {
    /// The event that the wire calls so.
    pub(super) fn of(text: &str) -> Option<Self> {
        EventName::ALL.iter().find(|name| is_snake_case_of(name.variant(), text)).copied()
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        snake_case(self.variant()).try_for_each(|character| formatter.write_char(character))
    }
}

crate::convert::from_text!(EventName, FormError, |text: &str| {
    EventName::of(text).ok_or_else(|| FormError::new(unknown(text)))
});

fn unknown(text: &str) -> String {
    format!("unknown event `{}`", quoted(text))
}

/// Whether a text is a variant's name as the wire writes it.
fn is_snake_case_of(variant: &str, text: &str) -> bool {
    snake_case(variant).eq(text.chars())
}

fn snake_case(variant: &str) -> impl Iterator<Item = char> {
    variant.chars().enumerate().flat_map(|(index, character)| {
        let gap = (index > 0 && character.is_ascii_uppercase()).then_some('_');
        gap.into_iter().chain(core::iter::once(character.to_ascii_lowercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::EventName;
    use crate::json::to_canonical;

    #[test]
    fn every_name_is_read_as_it_is_written() {
        for name in EventName::ALL {
            let written = to_canonical(name);
            assert!(super::is_snake_case_of(name.variant(), written.trim_matches('"')), "{written}");
            assert!(!super::is_snake_case_of(name.variant(), name.variant()));
        }
    }
}
