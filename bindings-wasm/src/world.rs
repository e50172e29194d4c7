//! The instance behind the JavaScript class `Tenantry`.

use tenantry::json::{Value, to_canonical};
use tenantry::wire::{self, HostContext, Input};
use tenantry::{Error, Rejection, Tenantry, UsageError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::acting::Bound;
use crate::answer::{answer, either};
use crate::arguments::Arguments;
use crate::values_in::{arguments, within};

/// A world and its rules. Arguments are who is bound, `start` and `end` of what lies in the inbox, and the host's clock in
/// milliseconds since 1970.
#[wasm_bindgen]
pub struct World {
    pub(crate) tenantry: Tenantry,
}

#[wasm_bindgen]
impl World {
    /// From options.
    #[must_use]
    pub fn open(start: usize, end: usize) -> Vec<JsValue> {
        made(arguments(start, end, |given| wire::new(given.command())))
    }

    /// From a snapshot and options.
    #[must_use]
    pub fn restore(start: usize, end: usize) -> Vec<JsValue> {
        kept(start, end, |snapshot, options| wire::restore(snapshot, options))
    }

    /// From the events of a journal and options.
    #[must_use]
    pub fn fold(start: usize, end: usize) -> Vec<JsValue> {
        kept(start, end, |events, options| wire::fold(events, options))
    }

    /// The example world, from options.
    #[must_use]
    pub fn example(start: usize, end: usize) -> Vec<JsValue> {
        made(arguments(start, end, |given| wire::example(given.command())))
    }

    /// From a command and a context.
    pub fn execute(&mut self, bound: &Bound, start: usize, end: usize, now: f64) -> String {
        let result = arguments(start, end, |given| {
            let command = given.command();
            wire::execute(&mut self.tenantry, command, given.context(bound, now)?)
        });
        self.answer(result)
    }

    /// From a query and a context.
    #[must_use]
    pub fn query(&self, bound: &Bound, start: usize, end: usize, now: f64) -> String {
        self.ask(bound, start, end, now, REQUEST, |core, asked, context| wire::query(core, asked, context))
    }

    /// From a call and a context.
    #[must_use]
    pub fn authorize(&self, bound: &Bound, start: usize, end: usize, now: f64) -> String {
        self.ask(bound, start, end, now, REQUEST, |core, asked, context| wire::authorize(core, asked, context))
    }

    /// From a call and a context.
    #[must_use]
    pub fn explain(&self, bound: &Bound, start: usize, end: usize, now: f64) -> String {
        self.ask(bound, start, end, now, REQUEST, |core, asked, context| wire::explain(core, asked, context))
    }

    /// From a command and a context.
    #[must_use]
    pub fn preview(&self, bound: &Bound, start: usize, end: usize, now: f64) -> String {
        self.ask(bound, start, end, now, REQUEST, |core, asked, context| wire::preview(core, asked, context))
    }

    /// From calls and a context.
    #[must_use]
    pub fn authorize_batch(&self, bound: &Bound, start: usize, end: usize, now: f64) -> String {
        self.ask(bound, start, end, now, DOCUMENT, |core, asked, context| wire::authorize_batch(core, asked, context))
    }

    /// From a command, query or call, and a context.
    #[must_use]
    pub fn requirements(&self, bound: &Bound, start: usize, end: usize, now: f64) -> String {
        self.ask(bound, start, end, now, REQUEST, |core, asked, context| wire::requirements(core, asked, context))
    }

    /// From the name of a request and a context.
    #[must_use]
    pub fn may(&self, bound: &Bound, start: usize, end: usize, now: f64) -> String {
        self.ask(bound, start, end, now, NAME, |core, asked, context| match asked {
            Input::Value(Value::String(name)) => Ok(to_canonical(&wire::may(core, &name, context)?)),
            _ => Err(UsageError::new("expected the name of a request").into()),
        })
    }

    /// From rows.
    pub fn load(&mut self, start: usize, end: usize) -> String {
        let result = arguments(start, end, |given| wire::load(&mut self.tenantry, given.document()));
        self.answer(result.map(|()| String::new()))
    }

    /// Gives up the request that rows were loaded for.
    pub fn abandon(&self) {
        within(|| self.tenantry.abandon());
    }

    /// The state.
    #[must_use]
    pub fn snapshot(&self) -> String {
        within(|| wire::snapshot(&self.tenantry))
    }

    /// What a console shows.
    #[must_use]
    pub fn describe(&self) -> String {
        within(|| wire::describe(&self.tenantry))
    }

    /// When time has something to do next; nothing where it has not.
    #[must_use]
    pub fn next_due(&self) -> Option<String> {
        within(|| wire::next_due(&self.tenantry))
    }
}

/// A world from what was kept of one, and options.
fn kept(start: usize, end: usize, make: fn(Input<'_>, Input<'_>) -> Result<Tenantry, Rejection>) -> Vec<JsValue> {
    made(arguments(start, end, |given| {
        let kept = given.document();
        make(kept, given.command())
    }))
}

/// How the request of a call is read.
type Read = for<'a> fn(&mut Arguments<'a>) -> Input<'a>;

const REQUEST: Read = |given| given.command();
const DOCUMENT: Read = |given| given.document();
const NAME: Read = |given| given.plain().map_or_else(Input::Fault, Input::Value);

fn made(result: Result<Tenantry, Rejection>) -> Vec<JsValue> {
    either(result.map(|tenantry| World { tenantry }))
}

impl World {
    fn ask(
        &self,
        bound: &Bound,
        start: usize,
        end: usize,
        now: f64,
        read: Read,
        ask: fn(&Tenantry, Input<'_>, HostContext<'_>) -> Result<String, Error>,
    ) -> String {
        self.answer(arguments(start, end, |given| {
            let asked = read(given);
            ask(&self.tenantry, asked, given.context(bound, now)?)
        }))
    }

    fn answer(&self, result: Result<String, impl Into<Error>>) -> String {
        answer(result, self.tenantry.policy().documentation_base_url.as_deref())
    }
}
