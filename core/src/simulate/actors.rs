//! Who acts in a scenario, and which names have a value when.

use super::reference::{reference, visit_references};
use crate::context::Actor;
use crate::declare::read::{FromWire, Object, Reader};
use crate::error::{Code, quoted};
use crate::json::{Path, Value};
use alloc::collections::BTreeMap;
use alloc::format;

/// The first step that saves each name, by index. Steps that are none save nothing.
pub(super) fn first_saves<'v>(steps: &'v [Value<'v>]) -> BTreeMap<&'v str, usize> {
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
pub(super) struct ScenarioNames<'v> {
    pub(super) first_saved: BTreeMap<&'v str, usize>,
    pub(super) actors: BTreeMap<&'v str, NamedActor<'v>>,
}

/// An actor, and the last of the names that it needs to be saved, with the step that saves it.
pub(super) struct NamedActor<'v> {
    pub(super) actor: &'v Value<'v>,
    pub(super) needs: Option<(usize, &'v str)>,
}

impl<'v> ScenarioNames<'v> {
    pub(super) fn read_actors(&mut self, object: &Object<'v, '_>, reader: &mut Reader<'_>) {
        let at = object.at("actors");
        let actors = match object.present("actors") {
            Some(Value::Object(actors)) => actors,
            Some(other) => return reader.mistyped("an object", other, &at).unwrap_or_default(),
            None => return reader.report(Code::InvalidRequest, &at, "`actors` is required").unwrap_or_default(),
        };
        for (name, actor) in actors {
            let path = at.key(name);
            let mut needs = None;
            let mut unknown = UnknownNames::new("no step saves it");
            visit_references(actor, &path, &mut |name, place| match self.first_saved.get(name) {
                Some(index) => needs = needs.max(Some((*index, name))),
                None => unknown.tell(name, place, reader),
            });
            check_actor(actor, &path, reader);
            self.actors.insert(name, NamedActor { actor, needs });
        }
    }
}

/// How many faults of one actor, request or expectation are reported. Each place is reported with all the
/// keys above it: one long key and many faults below it would give pointers without measure (P-6).
const TOLD: usize = 20;

/// Names without a value.
pub(super) struct UnknownNames {
    why: &'static str,
    told: usize,
}

impl UnknownNames {
    pub(super) const fn new(why: &'static str) -> Self {
        UnknownNames { why, told: 0 }
    }

    pub(super) fn tell(&mut self, name: &str, path: &Path<'_>, reader: &mut Reader<'_>) {
        if self.told < TOLD {
            self.told += 1;
            reader.violations.add(
                Code::InvalidRequest,
                path,
                format!("unknown name `${}`: {}", quoted(name), self.why),
            );
        }
    }
}

/// An actor's form, except where a saved value will be filled in.
fn check_actor(actor: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) {
    let mut alone = Reader::new(None, reader.policy);
    Actor::read(actor, &Path::ROOT, &mut alone);
    let (known, unknown) = alone.violations.into_parts();
    let stands_for_another = |pointer: &str| actor.at(pointer).and_then(Value::as_str).and_then(reference).is_some();
    let known = known.into_iter().filter(|fault| !stands_for_another(&fault.pointer));
    for fault in known.take(TOLD) {
        let pointer = format!("{}{}", path.pointer(), fault.pointer);
        reader.violations.add(fault.code, &Path::rooted(&pointer), fault.message);
    }
    for fault in unknown.into_iter().take(TOLD) {
        let pointer = format!("{}{}", path.pointer(), fault.pointer);
        reader.violations.add_unknown_at(pointer, fault.message);
    }
}
