//! Reading the steps of a scenario.

use super::actors::{NamedActor, ScenarioNames, UnknownNames};
use super::reference::{is_name, visit_references};
use super::run::{CALLS, Call};
use super::scenario::text;
use crate::declare::read::{Object, Reader};
use crate::error::{Code, quoted};
use crate::json::{Path, Value};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

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

impl<'v> ScenarioNames<'v> {
    pub(super) fn read_step(
        &self,
        step: &'v Value<'v>,
        index: usize,
        path: &Path<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Step<'v>> {
        let Value::Object(_) = step else { return reader.mistyped("an object", step, path) };
        let asked = |name: &str| step.get(name).is_some_and(|value| !matches!(value, Value::Null));
        if let Some(call) = CALLS.iter().find(|call| asked(call.name)) {
            let object = Object::open(step, path, call.fields, reader)?;
            return self.read_call(call, &object, index, reader).map(Step::Call);
        }
        if asked("advance") {
            return read_advance(&Object::open(step, path, &["advance", "sweep"], reader)?, reader);
        }
        let mut kinds = String::new();
        for call in CALLS {
            kinds.push_str(&format!("`{}`, ", call.name));
        }
        reader.report(Code::InvalidRequest, path, format!("expected one of {kinds}`advance`"))
    }

    fn read_call(
        &self,
        call: &'static Call,
        object: &Object<'v, '_>,
        index: usize,
        reader: &mut Reader<'_>,
    ) -> Option<CallStep<'v>> {
        let actor_name = text(object, "as", reader);
        let actor = actor_name.and_then(|name| match self.actors.get(name) {
            Some(NamedActor { actor, needs }) => {
                if let Some((_, needed)) = needs.filter(|(saved, _)| *saved >= index) {
                    let message = format!("`{}` needs `${needed}`, which no earlier step saves", quoted(name));
                    return reader.report(Code::InvalidRequest, &object.at("as"), message);
                }
                Some(*actor)
            }
            None => {
                let message = format!("`{}` is not one of the actors", quoted(name));
                reader.report(Code::InvalidRequest, &object.at("as"), message)
            }
        });
        let request = object.present(call.name);
        let expect = object.present("expect");
        for (name, value) in [(call.name, request), ("expect", expect)] {
            let Some(value) = value else { continue };
            let mut unknown = UnknownNames::new("no earlier step saves it");
            visit_references(value, &object.at(name), &mut |name, place| {
                if self.first_saved.get(name).is_none_or(|saved| *saved >= index) {
                    unknown.tell(name, place, reader);
                }
            });
        }
        let save = read_save(object, reader);
        Some(CallStep { actor_name: actor_name?, actor: actor?, call, request: request?, save: save?, expect })
    }
}

fn read_save<'v>(object: &Object<'v, '_>, reader: &mut Reader<'_>) -> Option<Vec<(&'v str, &'v str)>> {
    let at = object.at("save");
    let members = match object.present("save") {
        None => return Some(Vec::new()),
        Some(Value::Object(members)) => members,
        Some(other) => return reader.mistyped("an object", other, &at),
    };
    let mut save = Vec::new();
    for (name, pointer) in members {
        let path = at.key(name);
        if !is_name(name) {
            let message = format!(
                "`{}` is not a valid name: use letters, digits and `_`, and do not start with a digit",
                quoted(name)
            );
            reader.violations.add(Code::InvalidRequest, &path, message);
        }
        match pointer {
            Value::String(pointer) if is_pointer(pointer) => save.push((name.as_ref(), pointer.as_ref())),
            Value::String(pointer) => {
                let message = format!("`{}` is not a JSON pointer such as `/registered_user_id`", quoted(pointer));
                reader.violations.add(Code::InvalidRequest, &path, message);
            }
            other => return reader.mistyped("a string", other, &path),
        }
    }
    Some(save)
}

/// RFC 6901: empty, or begins with `/`, and each `~` is followed by 0 or 1.
fn is_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes
}

fn read_advance<'v>(object: &Object<'v, '_>, reader: &mut Reader<'_>) -> Option<Step<'v>> {
    let given = text(object, "advance", reader);
    let duration = given.and_then(|text| match read_duration(text) {
        Some(duration) => Some(duration),
        None => {
            let message =
                format!("`{}` is not a whole number of `ms`, `s`, `m`, `h` or `d`, such as `90d`", quoted(text));
            reader.report(Code::InvalidRequest, &object.at("advance"), message)
        }
    });
    let sweep = object.or("sweep", true, reader);
    Some(Step::Advance { duration: duration?, sweep: sweep?, text: given? })
}

/// A whole number and its unit. What is too much for any clock becomes the most that a clock can show.
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
