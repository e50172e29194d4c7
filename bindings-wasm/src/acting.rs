//! The hot path: an actor that was read once, and decisions on bare strings.

use std::cell::RefCell;

use tenantry::json::Malformed;
use tenantry::{Actor, Code, Error, Timestamp, UsageError, wire};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::either;
use crate::arguments::Arguments;
use crate::values_in::{arguments, within};
use crate::world::World;

/// In the place of a string's length in `numbers`: the string of the call before, again.
const SAME: usize = 0xffff_ffff;
/// In the same place: a string with a lone surrogate, which is not Unicode.
const ILL_FORMED: usize = 0xffff_fffe;

/// In the place of a number: a mistake of the host's own, which [`World::numbers`] answers.
const MISUSED: u16 = 0xffff;

/// Letters in a slot, as `npm/decide.js` has it.
const ROOM: usize = 256;

thread_local! {
    static SLOTS: RefCell<[[u8; ROOM]; 3]> = const { RefCell::new([[0; ROOM]; 3]) };
}

/// An actor, bound once, or nobody: then each context names its own.
#[wasm_bindgen]
pub struct Bound {
    pub(crate) actor: Option<Actor>,
}

#[wasm_bindgen]
impl Bound {
    /// From an actor.
    #[must_use]
    pub fn read(start: usize, end: usize) -> Vec<JsValue> {
        either(arguments(start, end, |given| {
            let actor = wire::read_actor(given.command())?;
            Ok::<_, Error>(Bound { actor: Some(actor) })
        }))
    }

    /// What a console shows.
    #[must_use]
    pub fn describe(&self) -> String {
        within(|| self.actor.as_ref().map(wire::describe_actor).unwrap_or_default())
    }

    /// Nobody.
    #[must_use]
    pub fn nobody() -> Bound {
        within(|| Bound { actor: None })
    }
}

/// From the `now` of a decision, in whatever form the caller gave it: milliseconds since 1970.
#[wasm_bindgen]
#[must_use]
pub fn read_now(start: usize, end: usize) -> Vec<JsValue> {
    either(arguments(start, end, |given| {
        let now = given.plain().map_err(UsageError::malformed)?;
        wire::read_now(Ok(now)).map(|at| at.millis() as f64)
    }))
}

/// Where the slots lie: one after the other for a user, a pack and a tool.
#[wasm_bindgen]
#[must_use]
pub fn slots() -> usize {
    SLOTS.with_borrow(|slots| slots.as_ptr() as usize)
}

#[wasm_bindgen]
impl World {
    /// 0 where a call may start, else the code's number or [`MISUSED`]: from the lengths of the strings in the slots.
    #[must_use]
    pub fn number(&self, bound: &Bound, user: usize, pack: usize, tool: usize, now: f64) -> u16 {
        within(|| {
            SLOTS.with_borrow(|[users, packs, tools]| {
                let call = [text(users, user), text(packs, pack), text(tools, tool)];
                wire::read_clock(now).map_or(MISUSED, |now| self.decide(bound, call, now))
            })
        })
    }

    /// The same for many calls, of which the inbox holds the length of each string, then all text.
    #[must_use]
    pub fn numbers(&self, bound: &Bound, start: usize, end: usize, calls: usize, now: f64) -> Vec<JsValue> {
        either(arguments(start, end, |given| {
            let now = wire::read_clock(now)?;
            let [users, packs, tools] = lists(given, calls).map_err(UsageError::malformed)?;
            let actor = bound.actor.as_ref().ok_or_else(|| UsageError::new("no actor is bound"))?;
            self.tenantry.acting_as(actor).codes(&users, &packs, &tools, now)
        }))
    }
}

impl World {
    fn decide(&self, bound: &Bound, call: [Option<&str>; 3], now: Timestamp) -> u16 {
        match (&bound.actor, call) {
            (Some(actor), [Some(user), Some(pack), Some(tool)]) => {
                let code = self.tenantry.acting_as(actor).code(user, pack, tool, now);
                code.map_or(MISUSED, |code| code.map_or(0, Code::number).into())
            }
            _ => Code::InvalidRequest.number().into(),
        }
    }
}

/// Three lists of so many strings. A call with an ill-formed one becomes one without any text, which is no less
/// malformed.
fn lists<'a>(given: &mut Arguments<'a>, calls: usize) -> Result<[Vec<&'a str>; 3], Malformed> {
    let mut lengths = given.part(calls.saturating_mul(3 * size_of::<u32>()))?;
    let mut lists = [0; 3].map(|_| Vec::with_capacity(calls));
    let mut before = [Some(""); 3];
    for _ in 0..calls {
        for place in &mut before {
            *place = match lengths.length()? {
                SAME => *place,
                ILL_FORMED => None,
                length => Some(given.text(length)?),
            };
        }
        let whole = before.iter().all(Option::is_some);
        for (list, string) in lists.iter_mut().zip(before) {
            list.push(string.filter(|_| whole).unwrap_or_default());
        }
    }
    given.end().and(lengths.end()).map(|()| lists)
}

fn text(slot: &[u8; ROOM], length: usize) -> Option<&str> {
    str::from_utf8(slot.get(..length)?).ok()
}
