//! Custom groupings: the customer's own attributes of a user (SPEC sections 3 and 11).

use super::CustomGroupings;
use crate::error::Code;
use crate::json::{Path, Value};
use crate::wire::read::Form;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::sync::Arc;

pub(crate) const MAX_KEYS: usize = 50;
const MAX_KEY: usize = 64;
const MAX_VALUE: usize = 256;

const KEY_FORM: &str = "a key has 1 to 64 characters";
const VALUE_FORM: &str = "a value has at most 256 characters";

/// A change of groupings, as a merge patch (RU-6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupingsPatch {
    /// All are removed.
    Clear,
    /// Key by key: a value is set, none removes.
    Merge(BTreeMap<Arc<str>, Option<Arc<str>>>),
}

impl GroupingsPatch {
    /// The groupings after the patch.
    #[must_use]
    pub fn applied_to(&self, groupings: &CustomGroupings) -> CustomGroupings {
        let GroupingsPatch::Merge(entries) = self else { return CustomGroupings::new() };
        let mut merged = groupings.clone();
        for (key, value) in entries {
            match value {
                Some(value) => merged.insert(key.clone(), value.clone()),
                None => merged.remove(key),
            };
        }
        merged
    }
}

fn fits(text: &str, most: usize) -> bool {
    text.len() <= most || text.chars().count() <= most
}

/// Whether a text may be a grouping's key; rules name keys of the same form (TP-5).
pub(crate) fn is_key(text: &str) -> bool {
    !text.is_empty() && fits(text, MAX_KEY)
}

/// Whether a text may be a grouping's value.
pub(crate) fn is_value(text: &str) -> bool {
    fits(text, MAX_VALUE)
}

/// The entries of one map, null values included.
fn read_entries(
    value: &Value<'_>,
    path: &Path<'_>,
    nulls: bool,
    form: &mut Form<'_>,
) -> Option<BTreeMap<Arc<str>, Option<Arc<str>>>> {
    let Value::Object(members) = value else { return form.mistyped("an object", value, path) };
    let mut entries = Some(BTreeMap::new());
    for (key, value) in members {
        let at = path.key(key);
        let read = match value {
            _ if !is_key(key) => form.violate(Code::InvalidCustomGroupings, &at, KEY_FORM),
            Value::String(text) if is_value(text) => Some(Some(Arc::from(text.as_ref()))),
            Value::String(_) => form.violate(Code::InvalidCustomGroupings, &at, VALUE_FORM),
            Value::Null if nulls => Some(None),
            other => {
                let message = format!("expected a string, found {}", other.type_name());
                form.violate(Code::InvalidCustomGroupings, &at, message)
            }
        };
        match (read, &mut entries) {
            (Some(read), Some(entries)) => {
                entries.insert(Arc::from(key.as_ref()), read);
            }
            _ => entries = None,
        }
    }
    entries
}

/// One of the two places where groupings may stand: absent, or what was given there.
type Given = Option<GroupingsPatch>;

/// Reads groupings from the two places where they may stand, which are one map of the user's own.
///
/// With `nulls`, as in a patch, a null clears; without, it counts as absent.
pub(crate) fn read(
    nested: Option<(&Value<'_>, Path<'_>)>,
    top: Option<(&Value<'_>, Path<'_>)>,
    nulls: bool,
    form: &mut Form<'_>,
) -> Option<Given> {
    let at = top.as_ref().or(nested.as_ref()).map(|(_, path)| *path);
    let nested = read_place(nested, nulls, form);
    let top = read_place(top, nulls, form);
    let merged = match (nested?, top?) {
        (None, one) | (one, None) => one,
        (Some(GroupingsPatch::Clear), Some(GroupingsPatch::Clear)) => Some(GroupingsPatch::Clear),
        (Some(GroupingsPatch::Merge(mut entries)), Some(GroupingsPatch::Merge(others))) => {
            let path = at?;
            let mut agree = true;
            for (key, value) in others {
                if entries.get(&key).is_some_and(|known| *known != value) {
                    agree = false;
                    let message = "the key is given twice, with different values";
                    form.violations.add(Code::InvalidCustomGroupings, &path.key(&key), message);
                }
                entries.insert(key, value);
            }
            agree.then_some(Some(GroupingsPatch::Merge(entries)))?
        }
        (Some(_), Some(_)) => {
            let message = "the groupings are given twice: cleared in one place and set in the other";
            return form.violate(Code::InvalidCustomGroupings, &at?, message);
        }
    };
    if !nulls && let (Some(GroupingsPatch::Merge(entries)), Some(path)) = (&merged, at) {
        check_count(entries.len(), &path, form)?;
    }
    Some(merged)
}

fn read_place(place: Option<(&Value<'_>, Path<'_>)>, nulls: bool, form: &mut Form<'_>) -> Option<Given> {
    match place {
        None => Some(None),
        Some((Value::Null, _)) => Some(nulls.then_some(GroupingsPatch::Clear)),
        Some((value, path)) => read_entries(value, &path, nulls, form).map(|map| Some(GroupingsPatch::Merge(map))),
    }
}

pub(crate) fn too_many() -> alloc::string::String {
    format!("more than {MAX_KEYS} groupings")
}

fn check_count(count: usize, path: &Path<'_>, form: &mut Form<'_>) -> Option<()> {
    if count > MAX_KEYS {
        return form.violate(Code::InvalidCustomGroupings, path, too_many());
    }
    Some(())
}

/// The same limits for groupings that come typed.
pub(crate) fn check(groupings: &CustomGroupings, path: &Path<'_>, form: &mut Form<'_>) {
    check_entries(groupings.iter(), path, form);
    let _ = check_count(groupings.len(), path, form);
}

/// The same limits for the entries of a typed patch.
pub(crate) fn check_entries<'g>(
    entries: impl Iterator<Item = (&'g Arc<str>, &'g Arc<str>)>,
    path: &Path<'_>,
    form: &mut Form<'_>,
) {
    for (key, value) in entries {
        if !is_key(key) {
            form.violations.add(Code::InvalidCustomGroupings, &path.key(key), KEY_FORM);
        } else if !is_value(value) {
            form.violations.add(Code::InvalidCustomGroupings, &path.key(key), VALUE_FORM);
        }
    }
}
