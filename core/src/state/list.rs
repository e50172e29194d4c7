//! Lists: the rows of one kind in one place, in the order of their ids. A whole state seeks; a partial one goes from
//! range to range, as its host has loaded them (H-2).

use super::{
    AccountRow, CompanyRow, ConnectorRow, Draft, GroupRow, Key, NotLoaded, OrganizationCredentialRow, Record,
    RegisteredUserRow, RegistrationTokenRow, State, ToolPackRow,
};
use crate::context::Environment;
use crate::id::{AccountId, MintedId, OrganizationId, RegisteredUserId, RegistrationTokenId};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::ops::Bound;

/// Rows that a range asks for at most. Ranges of one list grow, so that few rounds pass what a filter leaves out.
const MOST: u64 = 10_000;

/// Rows that are next to each other in a list, ordered by code points of the last part of their keys.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct RowRange {
    /// The first part of the rows' keys.
    pub kind: &'static str,
    /// The rows' `organization_id`; none means whatever it is.
    pub organization_id: Option<OrganizationId>,
    /// The rows' `environment`; none means whatever it is.
    pub environment: Option<Environment>,
    /// What the last part of the first row's key comes after; none means from the beginning.
    pub after: Option<String>,
    /// How many rows at most.
    pub limit: u64,
}

/// The place that a list is of: everything, an organization, or an environment of one.
pub(crate) type ListOf<'a> = (Option<&'a OrganizationId>, Option<Environment>);

/// A kind of row that is listed.
pub(crate) trait Listed: Record {
    /// What its list is ordered by: the last part of its key.
    fn position(&self) -> String;

    /// The rows of a list after a position.
    fn rows_after<'s>(
        state: &'s State,
        of: ListOf<'_>,
        after: Option<&str>,
    ) -> Option<Box<dyn Iterator<Item = &'s Self> + 's>>;
}

/// Everything after a text.
fn after_text(after: Option<&str>) -> (Bound<&str>, Bound<&str>) {
    (after.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded)
}

/// Everything after a minted id; none where the text is not one.
fn after_id<I: MintedId>(after: Option<&str>) -> Option<(Bound<I>, Bound<I>)> {
    let start = match after {
        None => Bound::Unbounded,
        Some(text) => Bound::Excluded(I::parse(text)?),
    };
    Some((start, Bound::Unbounded))
}

/// For each kind: what its list is ordered by, and the rows after a position.
macro_rules! listed {
    ($($record:ty, |$row:ident| $position:expr, |$state:ident, $of:pat_param, $after:ident| $rows:expr;)*) => {
        $(impl Listed for $record {
            fn position(&self) -> String {
                let $row = self;
                $position.to_string()
            }

            fn rows_after<'s>(
                $state: &'s State,
                $of: ListOf<'_>,
                $after: Option<&str>,
            ) -> Option<Box<dyn Iterator<Item = &'s Self> + 's>> {
                Some(Box::new($rows))
            }
        })*
    };
}

listed! {
    ConnectorRow, |row| row.connector.as_str(),
        |state, (organization_id, _), after| state.tables(organization_id?)?.connectors.after(after);
    ToolPackRow, |row| row.tool_pack_id.as_str(),
        |state, (organization_id, _), after| state.tables(organization_id?)?.tool_packs.after(after);
    GroupRow, |row| row.group_id.as_str(),
        |state, (organization_id, _), after| state.tables(organization_id?)?.groups.after(after);
    OrganizationCredentialRow, |row| row.credential.connector.as_str(), |state, (organization_id, environment), after| {
        let place = state.tables(organization_id?)?.environment(environment?);
        place.credentials.range::<str, _>(after_text(after)).map(|(_, row)| row)
    };
    CompanyRow, |row| row.origin_company_id.as_str(), |state, (organization_id, environment), after| {
        let place = state.tables(organization_id?)?.environment(environment?);
        place.companies.range::<str, _>(after_text(after)).map(|(_, row)| row)
    };
    // Tombstones too.
    RegisteredUserRow, |row| row.registered_user_id, |state, (organization_id, environment), after| {
        let place = state.tables(organization_id?)?.environment(environment?);
        place.users.range(after_id::<RegisteredUserId>(after)?).filter_map(|id| state.user(*id))
    };
    AccountRow, |row| row.user_id, |state, (organization_id, _), after| {
        let organization_id = organization_id.cloned();
        let rows = state.accounts.range(after_id::<AccountId>(after)?).map(|(_, row)| row);
        rows.filter(move |row| organization_id.is_none() || row.organization_id == organization_id)
    };
    RegistrationTokenRow, |row| row.token_id, |state, (organization_id, _), after| {
        let organization_id = organization_id.cloned();
        let rows = state.tokens.range(after_id::<RegistrationTokenId>(after)?).map(|(_, row)| row);
        rows.filter(move |row| organization_id.as_ref().is_none_or(|id| row.organization_id == *id))
    };
}

impl<'s> Draft<'s> {
    /// The rows of a list after a position, as the state under the draft has them. An error names the range that is
    /// not loaded. `first` is how many rows the caller is about to look at.
    pub(crate) fn list<R: Listed>(&self, of: ListOf<'_>, after: Option<&str>, first: usize) -> List<'s, '_, R> {
        let next = RowRange {
            kind: R::KIND,
            organization_id: of.0.cloned(),
            environment: of.1,
            after: after.map(String::from),
            limit: u64::try_from(first).unwrap_or(MOST).min(MOST),
        };
        let left = if self.state().is_whole() { None } else { Some(0) };
        List {
            rows: R::rows_after(self.state(), of, after),
            ranges: Ranges { draft: self, left, next, is_over: false },
        }
    }
}

/// See [`Draft::list`].
pub(crate) struct List<'s, 'd, R> {
    rows: Option<Box<dyn Iterator<Item = &'s R> + 's>>,
    ranges: Ranges<'s, 'd>,
}

impl<'s, R: Listed> Iterator for List<'s, '_, R> {
    type Item = Result<&'s R, NotLoaded>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ranges.is_over {
            return None;
        }
        if let Err(missing) = self.ranges.open() {
            return Some(Err(missing));
        }
        // A range that holds fewer rows than it may ends the list.
        let row = self.rows.as_mut().and_then(Iterator::next);
        match row {
            Some(row) if self.ranges.is_last() => self.ranges.next.after = Some(row.position()),
            Some(_) => {}
            None => self.ranges.is_over = true,
        }
        row.map(Ok)
    }
}

/// The position of a list among the ranges that are loaded.
struct Ranges<'s, 'd> {
    draft: &'d Draft<'s>,
    /// How many rows are left of the present range; none where the state is whole.
    left: Option<u64>,
    /// The range after it.
    next: RowRange,
    is_over: bool,
}

impl Ranges<'_, '_> {
    /// Goes on with the next range, where the present one is through.
    fn open(&mut self) -> Result<(), NotLoaded> {
        if self.left == Some(0) {
            let limit = self.draft.known_range(&self.next).inspect_err(|_| self.is_over = true)?;
            self.left = Some(limit);
            self.next.limit = limit.saturating_mul(2).min(MOST);
        }
        Ok(())
    }

    /// Takes a row of the present range: whether it is the last one.
    fn is_last(&mut self) -> bool {
        self.left.as_mut().is_some_and(|left| {
            *left -= 1;
            *left == 0
        })
    }
}

impl State {
    /// The longest range that is loaded with such a beginning.
    pub(super) fn loaded_range(&self, wanted: &RowRange) -> Option<Key> {
        let known = &self.loaded.as_ref()?.known;
        let [first, last] = [0, u64::MAX].map(|limit| Key::Range(RowRange { limit, ..wanted.clone() }));
        known.range(first..=last).next_back().map(|(key, _)| key.clone())
    }
}
