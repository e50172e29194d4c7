//! The values of `in`: as many as fit into a command, and found without running along them (P-6).

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Values that a grouping may have, in the order in which they were given.
#[derive(Clone, PartialEq, Eq)]
pub struct RuleValues {
    given: Vec<Arc<str>>,
    /// The same in order. A decision asks each group of a pack, whose lists may each be a megabyte.
    sorted: Vec<Arc<str>>,
}

impl RuleValues {
    /// The values, as given.
    #[must_use]
    pub fn as_slice(&self) -> &[Arc<str>] {
        &self.given
    }

    pub(super) fn contains(&self, value: &Arc<str>) -> bool {
        self.sorted.binary_search(value).is_ok()
    }
}

impl From<Vec<Arc<str>>> for RuleValues {
    fn from(given: Vec<Arc<str>>) -> Self {
        let mut sorted = given.clone();
        sorted.sort_unstable();
        RuleValues { given, sorted }
    }
}

impl FromIterator<Arc<str>> for RuleValues {
    fn from_iter<I: IntoIterator<Item = Arc<str>>>(values: I) -> Self {
        Vec::from_iter(values).into()
    }
}

impl fmt::Debug for RuleValues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RuleValues(…)")
    }
}

impl Serialize for RuleValues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.given.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RuleValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(RuleValues::from)
    }
}
