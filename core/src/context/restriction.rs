//! What a key is restricted to: a set of ids in which each look-up is fast, however long the list is (P-6).

use crate::declare::AtMost;
use crate::declare::read::{FromWire, Reader};
use crate::json::Path;
use crate::json::Value;
use crate::shape::Type;
use alloc::vec::Vec;
use core::borrow::Borrow;
use serde::{Serialize, Serializer};

/// The only things of a kind that a key may see.
///
/// ```
/// use tenantry::{Restriction, ToolPackId};
/// let packs: Restriction<ToolPackId> = vec![ToolPackId::new("support")?, ToolPackId::new("reports")?].into();
/// assert!(packs.contains("reports"));
/// # Ok::<(), tenantry::FormError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction<T> {
    given: Vec<T>,
    /// The same in order, each once. A list of decisions asks for each of its calls.
    sorted: Vec<T>,
}

impl<T: Ord> Restriction<T> {
    /// The ids, as given.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.given
    }

    /// The ids in order, each once.
    pub(crate) fn sorted(&self) -> &[T] {
        &self.sorted
    }

    /// Whether an id is among them.
    #[must_use]
    pub fn contains<Q: Ord + ?Sized>(&self, id: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.sorted.binary_search_by(|known| known.borrow().cmp(id)).is_ok()
    }
}

impl<T: Ord + Clone> From<Vec<T>> for Restriction<T> {
    fn from(given: Vec<T>) -> Self {
        let mut sorted = given.clone();
        sorted.sort_unstable();
        sorted.dedup();
        Restriction { given, sorted }
    }
}

impl<T: Ord + Clone> FromIterator<T> for Restriction<T> {
    fn from_iter<I: IntoIterator<Item = T>>(ids: I) -> Self {
        Vec::from_iter(ids).into()
    }
}

impl<T: Serialize> Serialize for Restriction<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.given.serialize(serializer)
    }
}

impl<W: FromWire<T>, T: Ord + Clone, const MOST: usize> FromWire<Restriction<T>> for AtMost<W, MOST> {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Restriction<T>> {
        Self::read_each(value, path, reader, W::read).map(Restriction::from)
    }

    fn check(ids: &Restriction<T>, path: &Path<'_>, reader: &mut Reader<'_>) {
        <Self as FromWire<Vec<T>>>::check(&ids.given, path, reader);
    }

    fn shape() -> Type {
        <Self as FromWire<Vec<T>>>::shape()
    }
}

#[cfg(test)]
mod tests {
    use super::Restriction;
    use alloc::rc::Rc;
    use alloc::vec::Vec;
    use core::cell::Cell;
    use core::cmp::Ordering;

    /// An id that counts how often ids are compared.
    #[derive(Clone)]
    struct Id(usize, Rc<Cell<usize>>);

    impl PartialEq for Id {
        fn eq(&self, other: &Self) -> bool {
            self.cmp(other).is_eq()
        }
    }

    impl Eq for Id {}

    impl PartialOrd for Id {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }

    impl Ord for Id {
        fn cmp(&self, other: &Self) -> Ordering {
            self.1.set(self.1.get() + 1);
            self.0.cmp(&other.0)
        }
    }

    #[test]
    fn p_6_an_id_is_looked_up_and_not_searched() {
        let compared = Rc::new(Cell::new(0));
        for count in [100, 1_000, 10_000] {
            let id = |id| Id(id, compared.clone());
            let held: Restriction<Id> = Vec::from_iter((0..count).rev().map(id)).into();
            for (wanted, found) in [(0, true), (count - 1, true), (count, false)] {
                compared.set(0);
                assert_eq!(held.contains(&id(wanted)), found);
                assert!(compared.get() <= 16, "{} of {count}", compared.get());
            }
        }
    }
}
