//! A draft: the rows that a command changes, on top of a state that stays as it is (P-3).
//!
//! A command emits its events into a draft, each applied at once, so that what comes later in the
//! same command sees what came before. A refused command's draft is dropped; an accepted one's rows
//! are committed; a preview's are looked at.

use super::{Key, NotLoaded, Record, Row, Rows, State};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::cell::RefCell;

/// Changed rows over a state.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'s> {
    state: &'s State,
    rows: BTreeMap<Key, Option<Row>>,
    /// The keys read so far, where somebody wants to know (SPEC section 14).
    reads: Option<RefCell<BTreeSet<Key>>>,
}

impl<'s> Draft<'s> {
    pub(crate) fn new(state: &'s State) -> Self {
        Draft { state, rows: BTreeMap::new(), reads: None }
    }

    /// A draft that goes on where another one ended.
    pub(crate) fn resume(state: &'s State, rows: BTreeMap<Key, Option<Row>>) -> Self {
        Draft { rows, ..Draft::new(state) }
    }

    /// A draft that keeps account of what is read.
    pub(crate) fn recording(state: &'s State) -> Self {
        Draft { reads: Some(RefCell::default()), ..Draft::new(state) }
    }

    /// The state underneath, for what lists whole tables.
    pub(crate) fn state(&self) -> &'s State {
        self.state
    }

    /// Puts a row, and whatever index rows follow from it.
    pub(crate) fn put<R: Record>(&mut self, row: R) -> Result<(), NotLoaded> {
        let stale = self.take::<R>(&row.key())?.map(|before| before.indexes()).unwrap_or_default();
        self.place(row.into(), stale);
        Ok(())
    }

    /// Takes a row away, and whatever index rows followed from it.
    pub(crate) fn remove<R: Record>(&mut self, key: &R::Key) -> Result<(), NotLoaded> {
        for index in self.take::<R>(key)?.map(|before| before.indexes()).unwrap_or_default() {
            self.rows.insert(index.key(), None);
        }
        self.rows.insert(key.clone().into(), None);
        Ok(())
    }

    /// Changes a row in place; nothing happens where there is none.
    pub(crate) fn edit<R: Record>(&mut self, key: &R::Key, change: impl FnOnce(&mut R)) -> Result<(), NotLoaded> {
        let Some(row) = self.take::<R>(key)? else { return Ok(()) };
        let stale = row.indexes();
        if let Some(mut record) = R::into_record(row) {
            change(&mut record);
            self.place(record.into(), stale);
        }
        Ok(())
    }

    /// A row as it stands: moved out of the draft, or copied from the state underneath.
    fn take<R: Record>(&mut self, key: &R::Key) -> Result<Option<Row>, NotLoaded> {
        match self.rows.get_mut(&key.clone().into()) {
            // What was taken away stays away: only its mark keeps the row underneath from coming back.
            Some(changed) => Ok(changed.take()),
            None => Ok(self.row::<R>(key)?.cloned().map(Into::into)),
        }
    }

    fn place(&mut self, row: Row, stale: Vec<Row>) {
        let fresh = row.indexes();
        if stale != fresh {
            for index in stale.iter().filter(|index| !fresh.contains(index)) {
                self.rows.insert(index.key(), None);
            }
            for index in fresh.into_iter().filter(|index| !stale.contains(index)) {
                self.rows.insert(index.key(), Some(index));
            }
        }
        self.rows.insert(row.key(), Some(row));
    }

    /// What was changed, and which keys were read.
    pub(crate) fn into_parts(self) -> (BTreeMap<Key, Option<Row>>, BTreeSet<Key>) {
        (self.rows, self.reads.map(RefCell::into_inner).unwrap_or_default())
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
        if let Some(reads) = &self.reads {
            reads.borrow_mut().insert(key.clone().into());
        }
        self.state.row(key)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Draft, Rows, State};
    use crate::id::{Name, OrganizationId};
    use crate::organization::Organization;

    fn organization() -> Organization {
        let organization_id = OrganizationId::new("org_acme").unwrap();
        let name = Name::new("Acme").unwrap();
        Organization { organization_id, name, connectors: 0, tool_packs: 0, groups: 0, sequence: 1 }
    }

    #[test]
    fn what_was_removed_does_not_come_back_by_an_edit() {
        let mut state = State::default();
        let mut draft = Draft::new(&state);
        draft.put(organization()).unwrap();
        let (rows, _) = draft.into_parts();
        state.commit(rows);

        let key = organization().organization_id;
        let mut draft = Draft::new(&state);
        draft.remove::<Organization>(&key).unwrap();
        draft.edit::<Organization>(&key, |row| row.sequence = 2).unwrap();
        assert_eq!(draft.row::<Organization>(&key), Ok(None));
        let (rows, _) = draft.into_parts();
        state.commit(rows);
        assert_eq!(state.row::<Organization>(&key), Ok(None));
    }

    #[test]
    fn what_was_removed_can_be_put_again() {
        let state = State::default();
        let key = organization().organization_id;
        let mut draft = Draft::new(&state);
        draft.put(organization()).unwrap();
        draft.remove::<Organization>(&key).unwrap();
        assert_eq!(draft.row::<Organization>(&key), Ok(None));
        draft.put(organization()).unwrap();
        draft.edit::<Organization>(&key, |row| row.sequence = 2).unwrap();
        assert_eq!(draft.row::<Organization>(&key).unwrap().map(|row| row.sequence), Some(2));
    }
}
