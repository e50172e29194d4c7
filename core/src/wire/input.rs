//! What comes in: JSON text or a host's own values. Both are read here, so that the same input is refused
//! for the same reason at the same place in every language.

use crate::context::Actor;
use crate::error::UsageError;
use crate::json::{Malformed, Path, Value, check_command, check_document, parse_command, parse_document};
use crate::time::Timestamp;
use alloc::borrow::Cow;

/// One argument of a call, as the host gave it.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// JSON text in UTF-8.
    Text(&'a [u8]),
    /// A value that was made of the host's own objects.
    Value(Value<'a>),
    /// The same, lent.
    Lent(&'a Value<'a>),
    /// Why the host's objects are not JSON. The pointer starts at this argument.
    Fault(Malformed),
}

impl<'a> Input<'a> {
    /// The same with its text parsed, as a single command, query, call or context: then its members can be looked at.
    #[must_use]
    pub fn parsed(self) -> Self {
        match self.command() {
            Ok(value) => Input::from(value),
            Err(fault) => Input::Fault(fault),
        }
    }

    /// A member of an object that is parsed. Null counts as absent (C-6).
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Value<'a>> {
        let value = match self {
            Input::Value(value) => value,
            Input::Lent(value) => value,
            Input::Text(_) | Input::Fault(_) => return None,
        };
        value.get(name).filter(|member| !matches!(member, Value::Null))
    }

    /// A single command, query, call, context, actor or policy: at most 32 levels and 1 MiB (ER-2).
    pub(crate) fn command(self) -> Result<Cow<'a, Value<'a>>, Malformed> {
        let value = self.read(parse_command)?;
        check_command(&value)?;
        Ok(value)
    }

    /// A scenario, snapshot, journal, batch or list of rows: at most 120 levels.
    pub(crate) fn document(self) -> Result<Cow<'a, Value<'a>>, Malformed> {
        let value = self.read(parse_document)?;
        check_document(&value)?;
        Ok(value)
    }

    /// What a host has stored: a snapshot, a journal, rows. Its instants are text, as the core writes them.
    pub(crate) fn stored(self) -> Result<Cow<'a, Value<'a>>, Malformed> {
        let value = self.document()?;
        match value.find_instant(&Path::ROOT) {
            Some(pointer) => Err(Malformed::new(pointer, "expected a string, found an instant")),
            None => Ok(value),
        }
    }

    fn read(self, parse: fn(&'a str) -> Result<Value<'a>, Malformed>) -> Result<Cow<'a, Value<'a>>, Malformed> {
        match self {
            Input::Text(text) => {
                let text = core::str::from_utf8(text).map_err(|_| Malformed::new("", "not well-formed UTF-8"))?;
                parse(text).map(Cow::Owned)
            }
            Input::Value(value) => Ok(Cow::Owned(value)),
            Input::Lent(value) => Ok(Cow::Borrowed(value)),
            Input::Fault(fault) => Err(fault),
        }
    }
}

impl<'a> From<&'a str> for Input<'a> {
    fn from(text: &'a str) -> Self {
        Input::Text(text.as_bytes())
    }
}

impl<'a> From<&'a Value<'a>> for Input<'a> {
    fn from(value: &'a Value<'a>) -> Self {
        Input::Lent(value)
    }
}

impl<'a> From<Cow<'a, Value<'a>>> for Input<'a> {
    fn from(value: Cow<'a, Value<'a>>) -> Self {
        match value {
            Cow::Owned(value) => Input::Value(value),
            Cow::Borrowed(value) => Input::Lent(value),
        }
    }
}

impl From<Malformed> for Input<'_> {
    fn from(fault: Malformed) -> Self {
        Input::Fault(fault)
    }
}

/// A context as the caller gave it, and what the host adds: the core reads no clock and no randomness.
#[derive(Clone, Debug)]
pub struct HostContext<'a> {
    /// What the caller gave. Null is an empty object.
    pub given: Input<'a>,
    /// The actor of the handle; the caller must not name another one.
    pub actor: Option<&'a Actor>,
    /// The host's clock, for a caller who gives no `now`.
    pub now: Option<Timestamp>,
    /// The host's randomness, for a caller who gives no `entropy`.
    pub entropy: Option<[u8; 16]>,
}

impl<'a, I: Into<Input<'a>>> From<I> for HostContext<'a> {
    fn from(given: I) -> Self {
        HostContext { given: given.into(), actor: None, now: None, entropy: None }
    }
}

impl<'a> HostContext<'a> {
    /// Reads the text, or looks at the value, before any field is read.
    pub(crate) fn open(self) -> Result<OpenContext<'a>, UsageError> {
        let value = self.given.command().map_err(|fault| UsageError::malformed(fault.under("/context")))?;
        Ok(OpenContext { value, actor: self.actor, now: self.now, entropy: self.entropy })
    }
}

/// A context that is JSON.
pub(crate) struct OpenContext<'a> {
    pub(crate) value: Cow<'a, Value<'a>>,
    pub(crate) actor: Option<&'a Actor>,
    pub(crate) now: Option<Timestamp>,
    pub(crate) entropy: Option<[u8; 16]>,
}

impl OpenContext<'_> {
    /// The instant of the call, if the context has one, for what is read before the context.
    pub(crate) fn instant(&self) -> Option<Timestamp> {
        match self.value.get("now") {
            None | Some(Value::Null) => self.now,
            Some(given) => Timestamp::given(given).ok(),
        }
    }
}
