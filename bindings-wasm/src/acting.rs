//! The hot path: an actor that was read once, and decisions on bare strings.

use tenantry::json::Value;
use tenantry::{Actor, Code, Timestamp, wire};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::thrown;
use crate::values_in::{Arguments, arguments};
use crate::world::World;

/// In the place of a string's length in `numbers`: the string of the call before, again.
const SAME: usize = 0xffff_ffff;
/// Likewise: what stands there is no string.
const NO_STRING: usize = 0xffff_fffe;

/// An actor, bound once.
#[wasm_bindgen]
pub struct Bound {
    actor: Actor,
}

#[wasm_bindgen]
impl Bound {
    /// From an actor.
    pub fn read(start: usize, end: usize) -> Result<Bound, JsValue> {
        arguments(start, end, |given| wire::read_actor(&given.command()?)).map(|actor| Bound { actor }).map_err(thrown)
    }
}

#[wasm_bindgen]
impl World {
    /// 0 where a call may start, else the code's number. The inbox holds the three strings without a gap;
    /// `user` and `pack` are where the first two end.
    #[must_use]
    pub fn number(&self, bound: &Bound, start: usize, user: usize, pack: usize, end: usize, now: f64) -> u8 {
        arguments(start, end, |given| {
            let mut text = |from: usize, to: usize| given.text(to.saturating_sub(from));
            match (text(start, user), text(user, pack), text(pack, end)) {
                (Ok(user), Ok(pack), Ok(tool)) => self.decide(bound, user, pack, tool, instant(now)),
                _ => Code::InvalidRequest.number(),
            }
        })
    }

    /// The same for many calls, of which the inbox holds each string behind its length.
    #[must_use]
    pub fn numbers(&self, bound: &Bound, start: usize, end: usize, calls: usize, now: f64) -> Vec<u8> {
        let now = instant(now);
        arguments(start, end, |given| {
            let mut before = [Some(""); 3];
            let mut number = || {
                for place in &mut before {
                    *place = next(given, *place);
                }
                match before {
                    [Some(user), Some(pack), Some(tool)] => self.decide(bound, user, pack, tool, now),
                    _ => Code::InvalidRequest.number(),
                }
            };
            (0..calls).map(|_| number()).collect()
        })
    }
}

impl World {
    fn decide(&self, bound: &Bound, user: &str, pack: &str, tool: &str, now: Option<Timestamp>) -> u8 {
        let Some(now) = now else { return Code::InvalidRequest.number() };
        self.tenantry.acting_as(&bound.actor).code(user, pack, tool, now).map_or(0, Code::number)
    }
}

fn next<'a>(given: &mut Arguments<'a>, before: Option<&'a str>) -> Option<&'a str> {
    match given.length().ok()? {
        SAME => before,
        NO_STRING => None,
        length => given.text(length).ok(),
    }
}

/// Whole milliseconds since 1970 within the years that there are.
fn instant(millis: f64) -> Option<Timestamp> {
    match Value::number(millis)? {
        Value::Int(millis) => Timestamp::from_millis(millis),
        _ => None,
    }
}
