//! Values in: reads what `npm/values.js` has written into the inbox.
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
//! A walk in JavaScript over plain data, and this, cost less than half of what reflection across
//! the border or `JSON.stringify` and parsing do, and see what those alter or miss.

use std::borrow::Cow;
use std::cell::Cell;

use tenantry::json::{COMMAND_BYTES, COMMAND_DEPTH, DOCUMENT_DEPTH, Malformed, NoJson, Value};
use tenantry::wire::{self, HostContext, Input};
use tenantry::{Timestamp, UsageError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::acting::Bound;

thread_local! {
    static INBOX: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static WITHIN: Cell<bool> = const { Cell::new(false) };
}

/// Runs the core. A call that traps, for lack of memory or of the host's stack, never returns here: it leaves the
/// mark that [`broken_off`] answers.
pub(crate) fn within<T>(work: impl FnOnce() -> T) -> T {
    WITHIN.set(true);
    let done = work();
    WITHIN.set(false);
    done
}

/// Whether a call has trapped inside the core, whose state is then unknown.
#[wasm_bindgen]
#[must_use]
pub fn broken_off() -> bool {
    WITHIN.get()
}

/// Makes the inbox at least so large, keeping what is in it, and answers where it is; 0 where memory has no room
/// for it.
#[wasm_bindgen]
#[must_use]
pub fn inbox(room: usize) -> usize {
    within(|| {
        let mut bytes = INBOX.take();
        let more = room.saturating_sub(bytes.len());
        let found = bytes.try_reserve_exact(more).is_ok();
        if found {
            bytes.resize(bytes.len() + more, 0);
        }
        let place = bytes.as_mut_ptr() as usize;
        INBOX.set(bytes);
        if found { place } else { 0 }
    })
}

/// The memory in which the inbox lies.
#[wasm_bindgen]
#[must_use]
pub fn inbox_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// Gives back the inbox's memory, after an uncommonly large argument.
#[wasm_bindgen]
pub fn trim_inbox() {
    INBOX.set(Vec::new());
}

/// Wipes the inbox from `start` on, when no call will read it: a password may be there.
#[wasm_bindgen]
pub fn wipe_inbox(start: usize) {
    let mut bytes = INBOX.take();
    bytes.get_mut(start..).unwrap_or_default().fill(0);
    INBOX.set(bytes);
}

/// The nesting that a command, query, call or context may have.
#[wasm_bindgen]
#[must_use]
pub fn command_depth() -> usize {
    COMMAND_DEPTH
}

/// The nesting that a scenario, snapshot or batch may have.
#[wasm_bindgen]
#[must_use]
pub fn document_depth() -> usize {
    DOCUMENT_DEPTH
}

/// The bytes of canonical JSON that a command or query may have.
#[wasm_bindgen]
#[must_use]
pub fn command_bytes() -> usize {
    COMMAND_BYTES
}

/// Reads the arguments between `start` and `end`, and wipes them and what the stack keeps of them: a password may be
/// among them.
pub(crate) fn arguments<T>(start: usize, end: usize, read: impl FnOnce(&mut Arguments<'_>) -> T) -> T {
    let mut bytes = INBOX.take();
    let given = bytes.get_mut(start..end).unwrap_or_default();
    let result = within(|| read(&mut Arguments { rest: given }));
    given.fill(0);
    INBOX.set(bytes);
    wipe_stack();
    result
}

/// Wipes the stack as far down as calls reach: a hash has had a copy of its text there.
#[inline(never)]
fn wipe_stack() {
    std::hint::black_box(&mut [0_u8; 32 << 10]);
}

/// The arguments of one call, read from the front.
pub(crate) struct Arguments<'a> {
    rest: &'a [u8],
}

impl<'a> Arguments<'a> {
    /// A command, query, call, policy or actor.
    pub(crate) fn command(&mut self) -> Input<'a> {
        self.argument(COMMAND_DEPTH)
    }

    /// A scenario, snapshot, journal, batch or list of rows.
    pub(crate) fn document(&mut self) -> Input<'a> {
        self.argument(DOCUMENT_DEPTH)
    }

    /// A context, with the actor that is bound, the host's clock, and the entropy before it.
    pub(crate) fn context<'x>(&mut self, bound: &'x Bound, now: f64) -> Result<HostContext<'x>, UsageError>
    where
        'a: 'x,
    {
        let entropy = Some(self.array::<16>().map_err(UsageError::malformed)?);
        let given = self.command();
        Ok(HostContext { given, actor: bound.actor.as_ref(), now: Some(wire::read_clock(now)?), entropy })
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

    fn array<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], Malformed> {
        self.take(LENGTH)?.try_into().map_err(|_| damaged())
    }
}

/// What `npm/values.js` never writes.
fn damaged() -> Malformed {
    Malformed::new("", "the argument was corrupted on its way into WebAssembly")
}
