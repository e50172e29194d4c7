//! A table of a catalogue: few rows, in the order of their ids, which customers choose and nothing
//! hashes (P-6). For so few a binary search takes fewer steps than a tree, and every decision takes
//! several.

use alloc::vec::Vec;

/// A row of such a table.
pub(crate) trait Entry {
    /// What it is found by among its organization's.
    fn id(&self) -> &str;
}

/// The rows of one kind of an organization.
#[derive(Clone, Debug)]
pub(crate) struct Sorted<R>(Vec<R>);

impl<R> Default for Sorted<R> {
    fn default() -> Self {
        Sorted(Vec::new())
    }
}

impl<R: Entry> Sorted<R> {
    fn search(&self, id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|row| row.id().cmp(id))
    }

    pub(crate) fn get(&self, id: &str) -> Option<&R> {
        self.0.get(self.search(id).ok()?)
    }

    /// All rows, in the order of their ids.
    pub(crate) fn values(&self) -> core::slice::Iter<'_, R> {
        self.0.iter()
    }

    /// The rows after an id, in the order of their ids; all of them where none is named.
    pub(crate) fn after(&self, id: Option<&str>) -> core::slice::Iter<'_, R> {
        let start = id.map_or(0, |id| self.0.partition_point(|row| row.id() <= id));
        self.0.get(start..).unwrap_or_default().iter()
    }

    /// Puts a row in its place, or takes the one with this id out; gives what was there.
    pub(crate) fn replace(&mut self, id: &str, row: Option<R>) -> Option<R> {
        match (self.search(id), row) {
            (Ok(index), Some(row)) => self.0.get_mut(index).map(|place| core::mem::replace(place, row)),
            (Ok(index), None) => Some(self.0.remove(index)),
            (Err(index), Some(row)) => {
                self.0.insert(index, row);
                None
            }
            (Err(_), None) => None,
        }
    }
}
