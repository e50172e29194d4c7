//! Custom groupings: the customer's own attributes of a user (contract sections 3 and 11).

use crate::company::nested_groupings;
use crate::declare::member::Member;
use crate::declare::read::{Object, Reader};
use crate::error::Code;
use crate::json::{Path, Value};
use crate::shape::{Definition, Field, Map, Shown, Text, Type};
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::ops::{Deref, DerefMut};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};

pub(crate) const MAX_KEYS: usize = 50;
pub(crate) const MAX_KEY: usize = 128;
const MAX_VALUE: usize = 256;

const KEY_FORM: &str = "a key must have 1 to 128 characters";
const VALUE_FORM: &str = "a value must have at most 256 characters";

/// A change of groupings, as a merge patch (RU-6).
#[derive(Clone, PartialEq, Eq)]
pub enum GroupingsPatch {
    /// All are removed.
    Clear,
    /// Key by key: a value is set, none removes.
    Merge(BTreeMap<Arc<str>, Option<Arc<str>>>),
}

impl fmt::Debug for GroupingsPatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("GroupingsPatch(…)")
    }
}

/// The customer's own attributes of a user: at most 50 keys.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomGroupings(BTreeMap<Arc<str>, Arc<str>>);

impl CustomGroupings {
    /// None at all.
    #[must_use]
    pub const fn new() -> Self {
        CustomGroupings(BTreeMap::new())
    }
}

/// Whatever the customer keeps there may be personal: never in a log line by accident.
impl fmt::Debug for CustomGroupings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CustomGroupings(…)")
    }
}

impl Deref for CustomGroupings {
    type Target = BTreeMap<Arc<str>, Arc<str>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for CustomGroupings {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl FromIterator<(Arc<str>, Arc<str>)> for CustomGroupings {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Arc<str>)>>(groupings: I) -> Self {
        CustomGroupings(groupings.into_iter().collect())
    }
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

/// The groupings of both places as far as they are read.
#[derive(Default)]
struct Entries<'v> {
    read: BTreeMap<Arc<str>, Option<Arc<str>>>,
    /// The keys with a violation.
    wrong: BTreeSet<&'v str>,
}

/// One of the two places where groupings may be given.
enum GivenGrouping {
    Absent,
    Cleared,
    Set,
}

/// The groupings of a create, from the two places where they may be given, merged into one map. A null
/// counts as absent, for a key as for the whole map.
pub(crate) struct BothGroupings;

impl Member<Option<CustomGroupings>> for BothGroupings {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<CustomGroupings>> {
        let groupings = read(object, name, false, reader)?;
        Some(groupings.map(|given| given.applied_to(&CustomGroupings::new())))
    }

    fn check(value: &Option<CustomGroupings>, path: &Path<'_>, reader: &mut Reader<'_>) {
        if let Some(groupings) = value {
            check_entries(groupings.iter(), path, reader);
            let _ = check_count(groupings.len(), path, reader);
        }
    }

    fn write<M: SerializeMap>(
        value: &Option<CustomGroupings>,
        name: &'static str,
        out: &mut M,
    ) -> Result<(), M::Error> {
        value.iter().try_for_each(|groupings| out.serialize_entry(name, groupings))
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        Field::optional(name, doc, choice().or_null())
    }
}

/// The same in a patch, where a null clears (RU-6).
pub(crate) struct BothPatches;

impl Member<Option<GroupingsPatch>> for BothPatches {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<GroupingsPatch>> {
        read(object, name, true, reader)
    }

    fn check(value: &Option<GroupingsPatch>, path: &Path<'_>, reader: &mut Reader<'_>) {
        if let Some(GroupingsPatch::Merge(entries)) = value {
            check_entries(entries.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))), path, reader);
        }
    }

    fn write<M: SerializeMap>(value: &Option<GroupingsPatch>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        match value {
            None => Ok(()),
            Some(GroupingsPatch::Clear) => out.serialize_entry(name, &()),
            Some(GroupingsPatch::Merge(entries)) => out.serialize_entry(name, entries),
        }
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        Field::optional(name, doc, patch().or_null())
    }
}

fn groupings(values: Type, most: Option<usize>) -> Type {
    let keys = Text { least: 1, most: Some(MAX_KEY), ..Text::default() };
    Type::Map(Map { keys, values: Box::new(values), most })
}

/// A value of a grouping.
pub(crate) fn value() -> Type {
    Type::Text(Text { most: Some(MAX_VALUE), ..Text::default() })
}

/// The groupings of a new user.
pub(crate) fn choice() -> Type {
    Type::named("GroupingsChoice", || {
        // Null entries do not count.
        let kind = groupings(value().or_null(), None);
        Definition::alias("GroupingsChoice", "Groupings of a new user; null counts as not given.", kind)
    })
}

/// The groupings in a patch.
pub(crate) fn patch() -> Type {
    Type::named("GroupingsPatch", || {
        let kind = groupings(value().or_null(), None);
        Definition::alias("GroupingsPatch", "Groupings to merge key by key; null clears one.", kind)
    })
}

impl Shown for CustomGroupings {
    fn shown() -> Type {
        Type::named("Groupings", || {
            let kind = groupings(value(), Some(MAX_KEYS));
            Definition::alias("Groupings", "The customer's own attributes of a user.", kind)
        })
    }
}

#[expect(clippy::option_option, reason = "a violation and absent groupings are two different things")]
fn read(
    object: &Object<'_, '_>,
    name: &'static str,
    nulls: bool,
    reader: &mut Reader<'_>,
) -> Option<Option<GroupingsPatch>> {
    let group_path = object.at("shared_credential_group");
    let nested = nested_groupings(object).map(|value| (value, group_path.key("custom_groupings")));
    let top = object.given(name).map(|value| (value, object.at(name)));
    let at = top.as_ref().or(nested.as_ref()).map(|(_, path)| *path);
    let mut entries = Entries::default();
    let nested = entries.read_place(nested, nulls, reader);
    let top = entries.read_place(top, nulls, reader);
    let (nested, top, Some(at)) = (nested?, top?, at) else { return Some(None) };
    match (nested, top) {
        (GivenGrouping::Absent, GivenGrouping::Absent) => return Some(None),
        (GivenGrouping::Cleared, GivenGrouping::Set) | (GivenGrouping::Set, GivenGrouping::Cleared) => {
            let message = "the groupings are given twice: cleared in one place and set in the other";
            return reader.report(Code::InvalidCustomGroupings, &at, message);
        }
        (GivenGrouping::Cleared, _) | (_, GivenGrouping::Cleared) => return Some(Some(GroupingsPatch::Clear)),
        (GivenGrouping::Set, _) | (_, GivenGrouping::Set) => {}
    }
    if !nulls {
        check_count(entries.count(), &at, reader)?;
    }
    entries.wrong.is_empty().then_some(Some(GroupingsPatch::Merge(entries.read)))
}

impl<'v> Entries<'v> {
    fn read_place(
        &mut self,
        place: Option<(&'v Value<'v>, Path<'_>)>,
        nulls: bool,
        reader: &mut Reader<'_>,
    ) -> Option<GivenGrouping> {
        let (value, path) = match place {
            None => return Some(GivenGrouping::Absent),
            Some((Value::Null, _)) => return Some(if nulls { GivenGrouping::Cleared } else { GivenGrouping::Absent }),
            Some(given) => given,
        };
        let Value::Object(members) = value else { return reader.mistyped("an object", value, &path) };
        let mut wrong: Vec<(&str, String)> = Vec::new();
        for (key, value) in members {
            if let Err(message) = self.read_entry(key, value, nulls) {
                wrong.push((key, message));
                self.wrong.insert(key);
            }
        }
        reader.violations.add_keys(Code::InvalidCustomGroupings, &path, wrong);
        Some(GivenGrouping::Set)
    }

    /// Reads the value of a key, null values included; the other place must agree.
    fn read_entry(&mut self, key: &str, value: &Value<'_>, nulls: bool) -> Result<(), String> {
        let text = match value {
            _ if !is_key(key) => return Err(KEY_FORM.into()),
            Value::String(text) if is_value(text) => Some(text.as_ref()),
            Value::String(_) => return Err(VALUE_FORM.into()),
            Value::Null if nulls => None,
            Value::Null => return Ok(()),
            other => return Err(format!("expected a string, found {}", other.type_name())),
        };
        match self.read.get(key) {
            Some(known) if known.as_deref() != text => Err("the key is given twice, with different values".into()),
            Some(_) => Ok(()),
            None => {
                self.read.insert(Arc::from(key), text.map(Arc::from));
                Ok(())
            }
        }
    }

    /// How many keys were given, wrong ones included.
    fn count(&self) -> usize {
        self.read.len() + self.wrong.iter().filter(|key| !self.read.contains_key(**key)).count()
    }
}

pub(crate) fn too_many() -> String {
    format!("more than {MAX_KEYS} groupings")
}

fn check_count(count: usize, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<()> {
    if count > MAX_KEYS {
        return reader.report(Code::InvalidCustomGroupings, path, too_many());
    }
    Some(())
}

/// Reports entries that come typed and are beyond the limits.
pub(crate) fn check_entries<'g>(
    entries: impl Iterator<Item = (&'g Arc<str>, &'g Arc<str>)>,
    path: &Path<'_>,
    reader: &mut Reader<'_>,
) {
    for (key, value) in entries {
        if !is_key(key) {
            reader.violations.add(Code::InvalidCustomGroupings, &path.key(key), KEY_FORM);
        } else if !is_value(value) {
            reader.violations.add(Code::InvalidCustomGroupings, &path.key(key), VALUE_FORM);
        }
    }
}
