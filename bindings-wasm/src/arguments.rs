//! Reads what `npm/values.js` has written: the arguments of a call.
//!
//! An argument is its length in bytes, which its value must fill: what a walk gets wrong never reaches the next
//! argument. Each value is a tag and its content, lengths before contents, all numbers little-endian:
//!
//! | tag | value | content |
//! |---|---|---|
//! | 0, 1, 2 | `null`, `false`, `true` | – |
//! | 3 | a number | f64 |
//! | 4 | a string | u32 bytes, UTF-8 |
//! | 5 | an array | u32 items, each a value |
//! | 6 | an object | u32 members, each a string without tag, then a value |
//! | 7 | JSON text in the place of a whole argument | as a string |
//! | 9 | in the place of a whole argument: what in it is no JSON | the pointer and the message, as strings |
//! | 10 | an instant | f64 milliseconds since 1970 |
//!
//! This file knows nothing of WebAssembly, so that it is fuzzed as it is (`tests/src/targets.rs`).

use std::borrow::Cow;

use tenantry::Timestamp;
use tenantry::json::{COMMAND_DEPTH, DOCUMENT_DEPTH, Malformed, NoJson, Value};
use tenantry::wire::Input;

/// The arguments of one call, read from the front.
pub(crate) struct Arguments<'a> {
    rest: &'a [u8],
}

impl<'a> Arguments<'a> {
    /// The arguments in these bytes.
    pub(crate) fn new(rest: &'a [u8]) -> Self {
        Arguments { rest }
    }

    /// A command, query, call, policy or actor.
    pub(crate) fn command(&mut self) -> Input<'a> {
        self.argument(COMMAND_DEPTH)
    }

    /// A scenario, snapshot, journal, batch or list of rows.
    pub(crate) fn document(&mut self) -> Input<'a> {
        self.argument(DOCUMENT_DEPTH)
    }

    /// A value in which text is text, not JSON.
    pub(crate) fn plain(&mut self) -> Result<Value<'a>, Malformed> {
        let length = self.length()?;
        let mut part = self.part(length)?;
        let value = part.value(COMMAND_DEPTH)?;
        part.end().map(|()| value)
    }

    /// What comes next, of so many bytes, to be read by itself.
    pub(crate) fn part(&mut self, length: usize) -> Result<Arguments<'a>, Malformed> {
        self.take(length).map(|rest| Arguments { rest })
    }

    /// Bare text of so many bytes.
    pub(crate) fn text(&mut self, length: usize) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.take(length)?).map_err(|_| Malformed::new("", "not well-formed UTF-8"))
    }

    /// A length.
    pub(crate) fn length(&mut self) -> Result<usize, Malformed> {
        Ok(u32::from_le_bytes(self.array()?) as usize)
    }

    /// Nothing is left over.
    pub(crate) fn end(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(damaged()) }
    }

    fn argument(&mut self, depth: usize) -> Input<'a> {
        let read = self.length().and_then(|length| self.part(length)).and_then(|mut part| part.whole(depth));
        read.unwrap_or_else(Input::Fault)
    }

    fn whole(&mut self, depth: usize) -> Result<Input<'a>, Malformed> {
        let input = match self.rest.first() {
            Some(7) => {
                self.array::<1>()?;
                let length = self.length()?;
                Input::Text(self.take(length)?)
            }
            Some(9) => {
                self.array::<1>()?;
                let [pointer, message] = [self.string()?, self.string()?];
                Input::Fault(Malformed::new(pointer, message))
            }
            _ => Input::Value(self.value(depth)?),
        };
        self.end().map(|()| input)
    }

    fn string(&mut self) -> Result<&'a str, Malformed> {
        let length = self.length()?;
        self.text(length)
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, Malformed> {
        let [tag] = self.array()?;
        match tag {
            0 => Ok(Value::Null),
            1 => Ok(Value::Bool(false)),
            2 => Ok(Value::Bool(true)),
            3 => Value::number(f64::from_le_bytes(self.array()?)).ok_or_else(damaged),
            4 => self.string().map(Value::from),
            5 => {
                let deeper = depth.checked_sub(1).ok_or_else(damaged)?;
                (0..self.length()?).map(|_| self.value(deeper)).collect::<Result<_, _>>().map(Value::Array)
            }
            6 => {
                let deeper = depth.checked_sub(1).ok_or_else(damaged)?;
                let count = self.length()?;
                let member = |_| Ok((Cow::Borrowed(self.string()?), self.value(deeper)?));
                (0..count).map(member).collect::<Result<_, _>>().map(Value::Object)
            }
            10 => {
                let millis = f64::from_le_bytes(self.array()?);
                Timestamp::from_millis(millis as i64).map(Value::Instant).ok_or_else(|| NoJson::BeyondYears.at(""))
            }
            _ => Err(damaged()),
        }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn array<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], Malformed> {
        self.take(LENGTH)?.try_into().map_err(|_| damaged())
    }
}

/// What `npm/values.js` never writes.
fn damaged() -> Malformed {
    Malformed::new("", "the argument was corrupted on its way into WebAssembly")
}
