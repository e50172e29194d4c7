//! Reading a scenario: strictly, with all violations at once, before anything runs.

use super::reference::{is_name, reference, visit_references};
use super::run::{CALLS, Call};
use crate::context::Actor;
use crate::error::{Code, Rejection, quoted};
use crate::json::{Path, Value};
use crate::policy::Policy;
use crate::time::Timestamp;
use crate::wire::read::{Form, FromWire, Object};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

/// A scenario, ready to run.
pub(super) struct Scenario<'v> {
    pub(super) name: &'v str,
    pub(super) policy: Policy,
    pub(super) start: Timestamp,
    pub(super) seed: &'v str,
    pub(super) steps: Vec<Step<'v>>,
}

/// One step.
pub(super) enum Step<'v> {
    /// Somebody asks for something.
    Call(CallStep<'v>),
    /// Time goes on.
    Advance { duration: Duration, sweep: bool, text: &'v str },
}

pub(super) struct CallStep<'v> {
    pub(super) actor_name: &'v str,
    pub(super) actor: &'v Value<'v>,
    pub(super) call: &'static Call,
    pub(super) request: &'v Value<'v>,
    /// What to keep of the response: names and pointers.
    pub(super) save: Vec<(&'v str, &'v str)>,
    pub(super) expect: Option<&'v Value<'v>>,
}

const FIELDS: &[&str] = &["scenario", "description", "policy", "start", "seed", "actors", "steps"];

pub(super) fn read<'v>(scenario: &'v Value<'v>) -> Result<Scenario<'v>, Rejection> {
    let defaults = Policy::default();
    let mut form = Form::new(None, &defaults);
    let read = read_fields(scenario, &mut form);
    match form.violations.into_rejection() {
        Some(rejection) => Err(rejection),
        None => read.ok_or_else(|| Rejection::new(Code::InvalidRequest)),
    }
}

fn read_fields<'v>(scenario: &'v Value<'v>, form: &mut Form<'_>) -> Option<Scenario<'v>> {
    let object = Object::open(scenario, &Path::ROOT, FIELDS, form)?;
    let name = text(&object, "scenario", form);
    let description = object.optional::<String>("description", form);
    let policy = object.or("policy", Policy::default(), form);
    let start = object.required("start", form);
    let seed = text(&object, "seed", form);

    let steps = match object.present("steps") {
        Some(Value::Array(steps)) => steps.as_slice(),
        _ => &[],
    };
    let mut reader = Reader { first_saved: first_saves(steps), actors: BTreeMap::new() };
    reader.read_actors(&object, form);
    let at = object.at("steps");
    match object.present("steps") {
        Some(Value::Array(_)) => {}
        Some(other) => form.mistyped("an array", other, &at).unwrap_or_default(),
        None => form.violate(Code::InvalidRequest, &at, "`steps` is required").unwrap_or_default(),
    }
    let steps: Vec<_> =
        steps.iter().enumerate().map(|(index, step)| reader.read_step(step, index, &at.index(index), form)).collect();

    description?;
    Some(Scenario {
        name: name?,
        policy: policy?,
        start: start?,
        seed: seed?,
        steps: steps.into_iter().collect::<Option<_>>()?,
    })
}

/// A required string, borrowed.
fn text<'v>(object: &Object<'v, '_>, name: &str, form: &mut Form<'_>) -> Option<&'v str> {
    match object.present(name) {
        Some(Value::String(text)) => Some(text),
        Some(other) => form.mistyped("a string", other, &object.at(name)),
        None => form.violate(Code::InvalidRequest, &object.at(name), format!("`{name}` is required")),
    }
}

/// The first step that saves each name, by index. Steps that are none save nothing.
fn first_saves<'v>(steps: &'v [Value<'v>]) -> BTreeMap<&'v str, usize> {
    let mut first = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        if let Some(Value::Object(save)) = step.get("save") {
            for (name, _) in save {
                first.entry(name.as_ref()).or_insert(index);
            }
        }
    }
    first
}

/// What steps are read against.
struct Reader<'v> {
    first_saved: BTreeMap<&'v str, usize>,
    actors: BTreeMap<&'v str, NamedActor<'v>>,
}

/// An actor, and the last of the names that it needs to be saved, with the step that saves it.
struct NamedActor<'v> {
    actor: &'v Value<'v>,
    needs: Option<(usize, &'v str)>,
}

impl<'v> Reader<'v> {
    fn read_actors(&mut self, object: &Object<'v, '_>, form: &mut Form<'_>) {
        let at = object.at("actors");
        let actors = match object.present("actors") {
            Some(Value::Object(actors)) => actors,
            Some(other) => return form.mistyped("an object", other, &at).unwrap_or_default(),
            None => return form.violate(Code::InvalidRequest, &at, "`actors` is required").unwrap_or_default(),
        };
        for (name, actor) in actors {
            let path = at.key(name);
            let mut needs = None;
            let mut unknown = UnknownNames::new("no step saves it");
            visit_references(actor, &path, &mut |name, place| match self.first_saved.get(name) {
                Some(index) => needs = needs.max(Some((*index, name))),
                None => unknown.tell(name, place, form),
            });
            check_actor(actor, &path, form);
            self.actors.insert(name, NamedActor { actor, needs });
        }
    }

    fn read_step(&self, step: &'v Value<'v>, index: usize, path: &Path<'_>, form: &mut Form<'_>) -> Option<Step<'v>> {
        let Value::Object(_) = step else { return form.mistyped("an object", step, path) };
        let asked = |name: &str| step.get(name).is_some_and(|value| !matches!(value, Value::Null));
        if let Some(call) = CALLS.iter().find(|call| asked(call.name)) {
            let object = Object::open(step, path, call.fields, form)?;
            return self.read_call(call, &object, index, form).map(Step::Call);
        }
        if asked("advance") {
            return read_advance(&Object::open(step, path, &["advance", "sweep"], form)?, form);
        }
        let mut kinds = String::new();
        for call in CALLS {
            kinds.push_str(&format!("`{}`, ", call.name));
        }
        form.violate(Code::InvalidRequest, path, format!("expected one of {kinds}`advance`"))
    }

    fn read_call(
        &self,
        call: &'static Call,
        object: &Object<'v, '_>,
        index: usize,
        form: &mut Form<'_>,
    ) -> Option<CallStep<'v>> {
        let actor_name = text(object, "as", form);
        let actor = actor_name.and_then(|name| match self.actors.get(name) {
            Some(NamedActor { actor, needs }) => {
                if let Some((_, needed)) = needs.filter(|(saved, _)| *saved >= index) {
                    let message = format!("`{}` needs `${needed}`, which no earlier step saves", quoted(name));
                    return form.violate(Code::InvalidRequest, &object.at("as"), message);
                }
                Some(*actor)
            }
            None => {
                let message = format!("`{}` is none of the actors", quoted(name));
                form.violate(Code::InvalidRequest, &object.at("as"), message)
            }
        });
        let request = object.present(call.name);
        let expect = object.present("expect");
        for (name, value) in [(call.name, request), ("expect", expect)] {
            let Some(value) = value else { continue };
            let mut unknown = UnknownNames::new("no earlier step saves it");
            visit_references(value, &object.at(name), &mut |name, place| {
                if self.first_saved.get(name).is_none_or(|saved| *saved >= index) {
                    unknown.tell(name, place, form);
                }
            });
        }
        let save = read_save(object, form);
        Some(CallStep { actor_name: actor_name?, actor: actor?, call, request: request?, save: save?, expect })
    }
}

/// How many faults of one actor, request or expectation are told. Each place is told with all the
/// keys above it: one long key and many faults below it would give pointers without measure (P-6).
const TOLD: usize = 20;

/// How many faults of an actor are held against what a saved value will stand for. Finding each
/// place costs as much as the actor is wide; what is not found here is when somebody acts as it.
const LOOKED_AT: usize = 200;

/// Names that stand for nothing.
struct UnknownNames {
    why: &'static str,
    told: usize,
}

impl UnknownNames {
    const fn new(why: &'static str) -> Self {
        UnknownNames { why, told: 0 }
    }

    fn tell(&mut self, name: &str, path: &Path<'_>, form: &mut Form<'_>) {
        if self.told < TOLD {
            self.told += 1;
            form.violations.add(Code::InvalidRequest, path, format!("unknown name `${}`: {}", quoted(name), self.why));
        }
    }
}

/// An actor's form, but for what a saved value will stand for.
fn check_actor(actor: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) {
    let mut alone = Form::new(None, form.policy);
    Actor::read(actor, &Path::ROOT, &mut alone);
    let (known, unknown) = alone.violations.into_parts();
    let stands_for_another = |pointer: &str| actor.at(pointer).and_then(Value::as_str).and_then(reference).is_some();
    let known = known.into_iter().take(LOOKED_AT).filter(|fault| !stands_for_another(&fault.pointer));
    for fault in known.take(TOLD) {
        let pointer = format!("{}{}", path.pointer(), fault.pointer);
        form.violations.add(fault.code, &Path::rooted(&pointer), fault.message);
    }
    for fault in unknown.into_iter().take(TOLD) {
        let pointer = format!("{}{}", path.pointer(), fault.pointer);
        form.violations.add_unknown(&Path::rooted(&pointer), fault.message);
    }
}

fn read_save<'v>(object: &Object<'v, '_>, form: &mut Form<'_>) -> Option<Vec<(&'v str, &'v str)>> {
    let at = object.at("save");
    let members = match object.present("save") {
        None => return Some(Vec::new()),
        Some(Value::Object(members)) => members,
        Some(other) => return form.mistyped("an object", other, &at),
    };
    let mut save = Vec::new();
    for (name, pointer) in members {
        let path = at.key(name);
        if !is_name(name) {
            let message = format!("`{}` is not a name: letters, digits and `_`, no digit first", quoted(name));
            form.violations.add(Code::InvalidRequest, &path, message);
        }
        match pointer {
            Value::String(pointer) if is_pointer(pointer) => save.push((name.as_ref(), pointer.as_ref())),
            Value::String(pointer) => {
                let message = format!("`{}` is not a JSON pointer such as `/registered_user_id`", quoted(pointer));
                form.violations.add(Code::InvalidRequest, &path, message);
            }
            other => return form.mistyped("a string", other, &path),
        }
    }
    Some(save)
}

/// RFC 6901: empty, or begins with `/`, and each `~` is followed by 0 or 1.
fn is_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes
}

fn read_advance<'v>(object: &Object<'v, '_>, form: &mut Form<'_>) -> Option<Step<'v>> {
    let given = text(object, "advance", form);
    let duration = given.and_then(|text| match read_duration(text) {
        Some(duration) => Some(duration),
        None => {
            let message =
                format!("`{}` is not a whole number of `ms`, `s`, `m`, `h` or `d`, such as `90d`", quoted(text));
            form.violate(Code::InvalidRequest, &object.at("advance"), message)
        }
    });
    let sweep = object.or("sweep", true, form);
    Some(Step::Advance { duration: duration?, sweep: sweep?, text: given? })
}

/// A whole number and its unit. What is too much for any clock is as much as a clock can hold.
fn read_duration(text: &str) -> Option<Duration> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let millis: u64 = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    if number.is_empty() {
        return None;
    }
    Some(Duration::from_millis(number.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(millis)))
}
