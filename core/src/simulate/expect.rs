//! Whether a step gave what was expected: a partial match.

use super::mask::{MASK, is_secret, masked};
use super::reference::{Saved, reference};
use crate::json::{Path, Value};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// One place where what came is not what was expected.
#[derive(Debug, Serialize)]
pub(super) struct Mismatch {
    /// Where in the result.
    pub(super) pointer: String,
    /// What was expected there; none where it was only to be saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expected: Option<Value<'static>>,
    /// What came; none where nothing is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) found: Option<Value<'static>>,
}

/// How many mismatches of one step are reported.
const TOLD: usize = 20;

/// The mismatches between an expectation and a result.
pub(super) struct Comparison<'s, 'v> {
    pub(super) saved: &'s Saved<'v>,
    pub(super) mismatches: Vec<Mismatch>,
}

impl Comparison<'_, '_> {
    /// Objects may have more members than expected, arrays no more items; all else must be equal.
    pub(super) fn compare(&mut self, expected: &Value<'_>, found: &Value<'_>, path: &Path<'_>) {
        if let Some(name) = expected.as_str().and_then(reference) {
            return match self.saved.get(name) {
                Some(value) => self.compare_plain(value, found, path),
                // The step that was to save it had nothing to save.
                None => self.tell(Some(expected), Some(found), path),
            };
        }
        self.descend(expected, found, path, Self::compare);
    }

    /// What was saved is compared as it is: a `$name` in it is plain text.
    fn compare_plain(&mut self, expected: &Value<'_>, found: &Value<'_>, path: &Path<'_>) {
        self.descend(expected, found, path, Self::compare_plain);
    }

    fn descend(
        &mut self,
        expected: &Value<'_>,
        found: &Value<'_>,
        path: &Path<'_>,
        compare: fn(&mut Self, &Value<'_>, &Value<'_>, &Path<'_>),
    ) {
        match (expected, found) {
            (Value::Object(members), Value::Object(there)) => {
                for (key, value) in members {
                    // A result was read from canonical JSON: its keys are sorted.
                    let place = there.binary_search_by(|(found, _)| found.cmp(key)).ok();
                    match place.and_then(|place| there.get(place)) {
                        Some((_, member)) => compare(self, value, member, &path.key(key)),
                        None => self.tell(Some(value), None, &path.key(key)),
                    }
                }
            }
            (Value::Array(items), Value::Array(there)) if items.len() == there.len() => {
                for (index, (item, found)) in items.iter().zip(there).enumerate() {
                    compare(self, item, found, &path.index(index));
                }
            }
            (Value::Array(_), Value::Array(_)) => self.tell(Some(expected), Some(found), path),
            _ if expected == found => {}
            _ => self.tell(Some(expected), Some(found), path),
        }
    }

    pub(super) fn tell(&mut self, expected: Option<&Value<'_>>, found: Option<&Value<'_>>, path: &Path<'_>) {
        if self.mismatches.len() == TOLD {
            return;
        }
        let pointer = path.pointer();
        let secret = pointer.split('/').any(is_secret);
        let shown = |value| if secret { Value::from(MASK) } else { masked(value) };
        let expected = expected.map(|value| shown(value).into_owned());
        self.mismatches.push(Mismatch { pointer, expected, found: found.cloned().map(Value::into_owned) });
    }
}
