//! `$name`: a string that is replaced with a saved value.

use super::budget::{Budget, Exhausted, weight_of};
use crate::json::{Path, Value};
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// The name in a string that is exactly `$name`; any other string is itself.
pub(super) fn reference(text: &str) -> Option<&str> {
    text.strip_prefix('$').filter(|name| is_name(name))
}

/// `[A-Za-z_][A-Za-z0-9_]*`.
pub(super) fn is_name(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.bytes().all(word) && text.bytes().next().is_some_and(|first| !first.is_ascii_digit())
}

/// Calls `visit` with every name in a value, and its place.
pub(super) fn visit_references<'v>(value: &'v Value<'_>, path: &Path<'_>, visit: &mut dyn FnMut(&'v str, &Path<'_>)) {
    match value {
        Value::String(text) => {
            if let Some(name) = reference(text) {
                visit(name, path);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                visit_references(item, &path.index(index), visit);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                visit_references(member, &path.key(key), visit);
            }
        }
        _ => {}
    }
}

/// The values that steps have saved, and how much each of them weighs.
#[derive(Default)]
pub(super) struct Saved<'v>(BTreeMap<&'v str, (Value<'static>, usize)>);

/// Why a value cannot be filled in.
#[derive(Debug)]
pub(super) enum Unresolved<'v> {
    /// The step that was to save this name had nothing to save.
    Unset(&'v str),
    /// It would be too large.
    Exhausted(Exhausted),
}

impl From<Exhausted> for Unresolved<'_> {
    fn from(exhausted: Exhausted) -> Self {
        Unresolved::Exhausted(exhausted)
    }
}

impl<'v> Saved<'v> {
    /// Keeps a value under a name; none takes the name's value away.
    pub(super) fn set(&mut self, name: &'v str, value: Option<Value<'static>>) {
        match value {
            Some(value) => {
                let weight = weight_of(&value);
                self.0.insert(name, (value, weight));
            }
            None => {
                self.0.remove(name);
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value<'static>> {
        self.0.get(name).map(|(value, _)| value)
    }

    /// The value with every `$name` replaced, paid for before it is made.
    pub(super) fn resolve<'s>(
        &'s self,
        value: &'s Value<'s>,
        budget: &mut Budget,
    ) -> Result<Cow<'s, Value<'s>>, Unresolved<'s>> {
        budget.spend(weight_of(value))?;
        let mut plain = true;
        visit_references(value, &Path::ROOT, &mut |_, _| plain = false);
        if plain { Ok(Cow::Borrowed(value)) } else { self.fill(value, budget).map(Cow::Owned) }
    }

    fn fill<'s>(&'s self, value: &'s Value<'s>, budget: &mut Budget) -> Result<Value<'s>, Unresolved<'s>> {
        Ok(match value {
            Value::String(text) => match reference(text) {
                None => Value::String(Cow::Borrowed(text)),
                Some(name) => {
                    let (saved, weight) = self.0.get(name).ok_or(Unresolved::Unset(name))?;
                    budget.spend(*weight)?;
                    saved.clone()
                }
            },
            Value::Array(items) => {
                Value::Array(items.iter().map(|item| self.fill(item, budget)).collect::<Result<_, _>>()?)
            }
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, member)| Ok((Cow::Borrowed(key.as_ref()), self.fill(member, budget)?)))
                    .collect::<Result<Vec<_>, Unresolved<'s>>>()?;
                Value::Object(members)
            }
            Value::Null => Value::Null,
            Value::Bool(bool) => Value::Bool(*bool),
            Value::Int(int) => Value::Int(*int),
            Value::Float(float) => Value::Float(*float),
            Value::Instant(at) => Value::Instant(*at),
        })
    }
}
