//! Random steps for all languages: commands, queries, decisions, snapshots, and hostile values among them, each with
//! what Rust answers. Node, the browser and Python take the same steps from a file and must answer the same bytes.
//!
//! The same seed gives the same steps. An argument is in the notation of `tests/hostile.json`.

mod coverage;
mod hostile;
mod more;
mod run;

use crate::actors::{anonymous, system};
use crate::random::{Known, Roll, lively, peopled};
use crate::{ACME, Value, World, json, shapes};
pub use coverage::{Coverage, UNSEEN};
use run::Instance;
use std::time::Duration;

/// Steps that begin from one snapshot.
const ROUND: usize = 200;
/// Rounds that go on from each other; then a new world begins.
const ROUNDS: usize = 6;

/// The first steps of a seed, each a line of JSON: `{"call", "given", "answer" | "refused"}`; and what they cover.
#[must_use]
pub fn steps(seed: u64, count: usize) -> (Vec<String>, Coverage) {
    let mut walk = Walk::new(seed);
    let mut lines = Vec::with_capacity(count);
    while lines.len() < count {
        let place = lines.len() % (ROUND * ROUNDS);
        if place == 0 {
            (walk.world, walk.known) = peopled();
            walk.instance = Instance::default();
        }
        let (call, given) = if place.is_multiple_of(ROUND) { walk.begins() } else { walk.next() };
        lines.push(walk.takes(call, given));
    }
    (lines, walk.coverage)
}

/// Where the steps have come to.
struct Walk {
    random: Random,
    world: World,
    known: Known,
    instance: Instance,
    events: Vec<Value>,
    coverage: Coverage,
}

impl Walk {
    fn new(seed: u64) -> Self {
        Walk {
            random: Random::new(seed),
            world: World::new(),
            known: Known::default(),
            instance: Instance::default(),
            events: Vec::new(),
            coverage: Coverage::default(),
        }
    }

    /// The state so far, restored, with a journal that begins here.
    fn begins(&mut self) -> (&'static str, Vec<Value>) {
        let state = self.instance.state().unwrap_or_else(|| self.world.state());
        self.events.clear();
        let options = json!({"journal": "memory"});
        ("restore", vec![json!({"text": [[state, 1]]}), json!({"value": options})])
    }

    fn next(&mut self) -> (&'static str, Vec<Value>) {
        let roll = self.random.roll();
        let seconds = match self.random.below(600) {
            0 => 31 * 86_400,
            1..=3 => 86_400 + self.random.below(86_400),
            4..=40 => self.random.below(3_600),
            _ => self.random.below(20),
        };
        self.world.advance(Duration::from_secs(seconds));
        let now = self.world.now();
        let actor = if self.random.below(40) == 0 { anonymous() } else { self.known.actor(roll, &now) };
        let actor = if self.random.below(3) == 0 { system() } else { actor };
        match self.random.below(100) {
            0..=39 => {
                let command = self.known.command(lively(roll), &now);
                self.asks("execute", command, actor)
            }
            40..=48 => {
                let (command, actor) = more::command(&self.known, roll, actor);
                self.asks("execute", command, actor)
            }
            49..=58 => {
                let query = self.query(roll);
                self.asks("query", query, actor)
            }
            59..=62 => {
                let list = self.known.list(roll);
                self.asks("query", list, actor)
            }
            63..=72 => {
                let call = self.known.call(roll);
                self.asks("authorize", call, actor)
            }
            73..=76 => {
                let calls = (0..1 + self.random.below(6)).map(|_| self.known.call(self.random.roll())).collect();
                self.asks("authorize_batch", calls, actor)
            }
            77..=81 => {
                let call = self.known.call(roll);
                self.asks("explain", call, actor)
            }
            82..=85 => {
                let command = self.known.command(roll, &now);
                self.asks("preview", command, actor)
            }
            86..=88 => {
                let command = self.known.command(roll, &now);
                let policy = json!({"link_ttl_seconds": self.random.below(4_000)});
                let given = vec![self.given(command, 2), self.given(policy, 8)];
                ("validate", given)
            }
            89..=90 => {
                let keys = [0, 1].map(|_| {
                    let roll = self.random.roll();
                    let actor = self.known.actor([0, 0, 0, 0, 0, 0, roll[6], roll[7] % 8], &now);
                    self.given(actor, 6)
                });
                ("subset_of", keys.into())
            }
            91 => match self.random.one(&self.events).cloned() {
                Some(event) => {
                    let event = self.given(event, 4);
                    ("redact", vec![event])
                }
                None => ("snapshot", Vec::new()),
            },
            92..=93 => {
                let requests = [shapes::commands(), shapes::queries()].concat();
                let request = self.random.one(&requests).cloned().unwrap_or_default();
                let context = self.context(actor);
                ("may", vec![json!({"value": request}), context])
            }
            94 => {
                let state = self.instance.state().unwrap_or_default();
                let state = serde_json::from_str(&state).unwrap();
                let damaged = hostile::mutated(&mut self.random, state, false);
                ("restored", vec![json!({"value": damaged}), json!({"value": {}})])
            }
            95 => {
                let mut events = Value::Array(self.events.clone());
                if self.random.below(2) == 0 {
                    events = hostile::mutated(&mut self.random, events, false);
                }
                ("folded", vec![json!({"value": events})])
            }
            96 => ("snapshot", Vec::new()),
            _ => {
                let command = self.known.command(lively(roll), &now);
                self.asks("execute", command, system())
            }
        }
    }

    fn asks(&mut self, call: &'static str, asked: Value, actor: Value) -> (&'static str, Vec<Value>) {
        let given = vec![self.given(asked, 10), self.context(actor)];
        (call, given)
    }

    /// An argument: half of them as text. One in `often` is hostile.
    fn given(&mut self, value: Value, often: u64) -> Value {
        let hostile = self.random.below(often) == 0;
        let as_text = self.random.below(2) == 0;
        let value = if hostile { hostile::mutated(&mut self.random, value, !as_text) } else { value };
        if !as_text {
            return json!({"value": value});
        }
        let mut text = value.to_string();
        if hostile && self.random.below(2) == 0 {
            text = hostile::torn(&mut self.random, &text);
        }
        json!({"text": [[text, 1]]})
    }

    /// A context. Its instant and entropy stay: bindings would fill them in.
    fn context(&mut self, actor: Value) -> Value {
        let mut context = self.world.context(actor);
        if self.random.below(50) == 0 {
            context["actor"] = hostile::mutated(&mut self.random, context["actor"].take(), false);
        }
        match self.random.below(120) {
            0 => context["entropy"] = json!("0"),
            1 => context["now"] = json!(1_767_225_600),
            2 => context["now"] = json!(1_767_225_600_000_u64),
            3 => context["more"] = json!([]),
            _ => {}
        }
        if self.random.below(2) == 0 { json!({"value": context}) } else { json!({"text": [[context.to_string(), 1]]}) }
    }

    /// Any query, its fields filled by their names.
    fn query(&mut self, roll: Roll) -> Value {
        let queries = shapes::queries();
        let name = self.random.one(&queries).cloned().unwrap_or_default();
        let call = self.known.call(roll);
        let mut query = json!({"query": name});
        for field in shapes::fields(&name) {
            if field.optional && self.random.below(3) > 0 {
                continue;
            }
            let [a, b, ..] = self.random.roll();
            query[field.name] = match field.name {
                "registered_user_id" | "linked_by" => call["registered_user_id"].clone(),
                "tool_pack_id" => call["tool_pack_id"].clone(),
                "user_id" => json!(self.known.account(a)),
                "origin_user_id" => json!(format!("user_{}", a % 10)),
                "origin_company_id" => json!("globex"),
                "organization_id" => json!(ACME),
                "connector" => json!("github"),
                "group_id" => json!("staff"),
                "limit" => json!(1 + a % 5),
                "since" | "until" | "at" => json!(self.world.now()),
                _ if field.types.contains(&"boolean") => json!(a % 2 == 0),
                _ if field.types.contains(&"number") => json!(b),
                _ => json!("active"),
            };
        }
        query
    }

    /// Takes a step in Rust, and writes it down.
    fn takes(&mut self, call: &'static str, given: Vec<Value>) -> String {
        let given = Value::Array(given);
        let answer = self.instance.takes(call, &given);
        self.coverage.sees(call, &given, &answer);
        if let (Ok(answer), "execute") = (&answer, call) {
            let outcome: Value = serde_json::from_str(answer).unwrap();
            self.known.learn(&outcome);
            self.events.extend(outcome["events"].as_array().into_iter().flatten().cloned());
        }
        let (what, answer) = match answer {
            Ok(answer) => ("answer", json!(answer)),
            Err(refused) => ("refused", refused),
        };
        json!({"call": call, "given": given, what: answer}).to_string()
    }
}

/// A small generator of random numbers: SplitMix64.
pub struct Random(u64);

impl Random {
    /// The numbers of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// One of so many.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let index = usize::try_from(self.next()).unwrap().checked_rem(of.len())?;
        of.get(index)
    }

    fn roll(&mut self) -> Roll {
        self.next().to_le_bytes()
    }
}
