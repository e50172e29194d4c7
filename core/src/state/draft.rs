//! A draft: the rows that a command changes, on top of a state that stays as it is (P-3).
//!
//! A command emits its events into a draft, each applied at once, so that what comes later in the
//! same command sees what came before. A refused command's draft is dropped; an accepted one's rows
//! are committed; a preview's are looked at.

use super::{Key, NotLoaded, Record, Row, RowRange, Rows, State};
use alloc::collections::btree_map::Entry;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::cell::RefCell;

/// The keys that were read, whether their rows were there, absent or not loaded.
pub(crate) type Reads = RefCell<BTreeSet<Key>>;

/// Changed rows over a state.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'s> {
    state: &'s State,
    rows: BTreeMap<Key, Option<Row>>,
    /// Where every key that is read is noted, if somebody wants to know (contract section 14).
    reads: Option<&'s Reads>,
}

impl<'s> Draft<'s> {
    pub(crate) fn new(state: &'s State) -> Self {
        Draft { state, rows: BTreeMap::new(), reads: None }
    }

    /// A draft that notes what is read.
    pub(crate) fn recording(state: &'s State, reads: &'s Reads) -> Self {
        Draft { reads: Some(reads), ..Draft::new(state) }
    }

    /// The same draft with other rows, as another one left them.
    pub(crate) fn with(&self, rows: BTreeMap<Key, Option<Row>>) -> Self {
        Draft { rows, ..*self }
    }

    /// A row as it is underneath, for lists.
    pub(crate) fn underneath<R: Record>(&self, key: &R::Key) -> Result<Option<&'s R>, NotLoaded> {
        read(self.state, self.reads, key)
    }

    /// How many rows the range with such a beginning may have, where it is loaded.
    pub(super) fn known_range(&self, wanted: &RowRange) -> Result<u64, NotLoaded> {
        let known = self.state.loaded_range(wanted);
        let key = known.clone().unwrap_or_else(|| Key::Range(wanted.clone()));
        if let Some(reads) = self.reads {
            reads.borrow_mut().insert(key.clone());
        }
        match known {
            Some(Key::Range(range)) => Ok(range.limit),
            _ => Err(NotLoaded(key)),
        }
    }

    /// Whether all rows that were changed are loaded: a change names what it is based on (H-3). Index rows follow from
    /// others, and are changed unread.
    pub(crate) fn check_bases(&self) -> Result<(), NotLoaded> {
        if let Some(reads) = self.reads {
            reads.borrow_mut().extend(self.rows.keys().cloned());
        }
        match self.rows.keys().find(|key| self.state.lacks(key)) {
            Some(key) => Err(NotLoaded(key.clone())),
            None => Ok(()),
        }
    }

    /// Whether somebody wants to know what is read.
    pub(crate) fn is_recording(&self) -> bool {
        self.reads.is_some()
    }

    /// The state underneath, for what lists whole tables.
    pub(crate) fn state(&self) -> &'s State {
        self.state
    }

    /// Puts a row, and whatever index rows follow from it.
    pub(crate) fn put<R: Record>(&mut self, row: R) -> Result<(), NotLoaded> {
        let key = row.key();
        let stale = self.indexes::<R>(&key)?;
        let row = row.into();
        self.reindex(stale, row.indexes());
        self.rows.insert(key.into(), Some(row));
        Ok(())
    }

    /// Takes a row away, and whatever index rows followed from it.
    pub(crate) fn remove<R: Record>(&mut self, key: &R::Key) -> Result<(), NotLoaded> {
        let stale = self.indexes::<R>(key)?;
        self.reindex(stale, Vec::new());
        self.rows.insert(key.clone().into(), None);
        Ok(())
    }

    /// Changes a row in place; nothing happens where there is none. What a row is found by does not
    /// change.
    pub(crate) fn edit<R: Record>(&mut self, key: &R::Key, change: impl FnOnce(&mut R)) -> Result<(), NotLoaded> {
        let place = match self.rows.entry(key.clone().into()) {
            // What was taken away stays away: only its mark keeps the row underneath from coming back.
            Entry::Occupied(changed) => changed.into_mut(),
            Entry::Vacant(unchanged) => match read::<R>(self.state, self.reads, key)? {
                Some(row) => unchanged.insert(Some(row.clone().into())),
                None => return Ok(()),
            },
        };
        let Some(row) = place.as_mut().and_then(R::from_row_mut) else { return Ok(()) };
        let before = row.index_keys();
        change(row);
        let after = row.index_keys();
        if before != after {
            let (stale, fresh) = (row.index_rows(&before), row.index_rows(&after));
            self.reindex(stale, fresh);
        }
        Ok(())
    }

    /// The index rows that follow from the current row.
    fn indexes<R: Record>(&self, key: &R::Key) -> Result<Vec<Row>, NotLoaded> {
        Ok(self.row::<R>(key)?.map(Record::indexes).unwrap_or_default())
    }

    /// An event changes one of the things that a row is found by, of which a user whom nobody sweeps
    /// may have any number: what both lists begin and end with is not searched for (P-6).
    fn reindex(&mut self, stale: Vec<Row>, fresh: Vec<Row>) {
        let (mut stale, mut fresh) = (stale.as_slice(), fresh.as_slice());
        while let ([one, before @ ..], [other, after @ ..]) = (stale, fresh)
            && one == other
        {
            (stale, fresh) = (before, after);
        }
        while let ([before @ .., one], [after @ .., other]) = (stale, fresh)
            && one == other
        {
            (stale, fresh) = (before, after);
        }
        for index in stale.iter().filter(|index| !fresh.contains(index)) {
            self.rows.insert(index.key(), None);
        }
        for index in fresh.iter().filter(|index| !stale.contains(index)) {
            self.rows.insert(index.key(), Some(index.clone()));
        }
    }

    /// What was changed.
    pub(crate) fn into_rows(self) -> BTreeMap<Key, Option<Row>> {
        self.rows
    }

    /// The changed rows, by key.
    pub(crate) fn changes(&self) -> &BTreeMap<Key, Option<Row>> {
        &self.rows
    }
}

impl Rows for Draft<'_> {
    fn row<R: Record>(&self, key: &R::Key) -> Result<Option<&R>, NotLoaded> {
        if !self.rows.is_empty()
            && let Some(changed) = self.rows.get(&key.clone().into())
        {
            return Ok(changed.as_ref().and_then(R::from_row));
        }
        read(self.state, self.reads, key)
    }
}

/// A row from the state underneath, on record where somebody wants to know.
fn read<'s, R: Record>(state: &'s State, reads: Option<&Reads>, key: &R::Key) -> Result<Option<&'s R>, NotLoaded> {
    if let Some(reads) = reads {
        reads.borrow_mut().insert(key.clone().into());
    }
    state.row(key)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Draft, Rows, State};
    use crate::id::{Name, OrganizationId};
    use crate::organization::OrganizationRow;

    fn organization() -> OrganizationRow {
        let organization_id = OrganizationId::new("org_acme").unwrap();
        let name = Name::new("Acme").unwrap();
        OrganizationRow { organization_id, name, connectors: 0, tool_packs: 0, groups: 0, sequence: 1 }
    }

    #[test]
    fn what_was_removed_does_not_come_back_by_an_edit() {
        let mut state = State::default();
        let mut draft = Draft::new(&state);
        draft.put(organization()).unwrap();
        state.commit(draft.into_rows());

        let key = organization().organization_id;
        let mut draft = Draft::new(&state);
        draft.remove::<OrganizationRow>(&key).unwrap();
        draft.edit::<OrganizationRow>(&key, |row| row.sequence = 2).unwrap();
        assert_eq!(draft.row::<OrganizationRow>(&key), Ok(None));
        state.commit(draft.into_rows());
        assert_eq!(state.row::<OrganizationRow>(&key), Ok(None));
    }

    #[test]
    fn what_was_removed_can_be_put_again() {
        let state = State::default();
        let key = organization().organization_id;
        let mut draft = Draft::new(&state);
        draft.put(organization()).unwrap();
        draft.remove::<OrganizationRow>(&key).unwrap();
        assert_eq!(draft.row::<OrganizationRow>(&key), Ok(None));
        draft.put(organization()).unwrap();
        draft.edit::<OrganizationRow>(&key, |row| row.sequence = 2).unwrap();
        assert_eq!(draft.row::<OrganizationRow>(&key).unwrap().map(|row| row.sequence), Some(2));
    }
}
