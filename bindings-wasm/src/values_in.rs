//! Values in: the inbox, into which `npm/values.js` writes the arguments of a call.
//!
//! A walk in JavaScript over plain data, and this, cost less than half of what reflection across
//! the border or `JSON.stringify` and parsing do, and see what those alter or miss.

use std::cell::Cell;

use tenantry::UsageError;
use tenantry::json::{COMMAND_BYTES, COMMAND_DEPTH, DOCUMENT_DEPTH};
use tenantry::wire::{self, HostContext};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::acting::Bound;
use crate::arguments::Arguments;

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
    let result = within(|| read(&mut Arguments::new(given)));
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

impl<'a> Arguments<'a> {
    /// A context, with the actor that is bound, the host's clock, and the entropy before it.
    pub(crate) fn context<'x>(&mut self, bound: &'x Bound, now: f64) -> Result<HostContext<'x>, UsageError>
    where
        'a: 'x,
    {
        let entropy = Some(self.array::<16>().map_err(UsageError::malformed)?);
        let given = self.command();
        Ok(HostContext { given, actor: bound.actor.as_ref(), now: Some(wire::read_clock(now)?), entropy })
    }
}
