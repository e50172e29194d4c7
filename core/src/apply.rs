//! Applying an event: the one way in which rows change (P-3). Reads nothing but rows, decides nothing.

use crate::event::{Event, Stream};
use crate::state::{AccountRow, Draft, NotLoaded, OrganizationRow, RegisteredUserRow, RegistrationTokenRow};

/// Applies an event to the rows of a draft: each room its own, then the stream's sequence.
///
/// # Errors
/// A row that the event changes was not loaded. Nothing else can fail: an event about a thing that
/// is not there changes nothing.
pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    crate::organization::apply(draft, event)?;
    crate::catalog::apply(draft, event)?;
    crate::company::apply(draft, event)?;
    crate::credential::apply(draft, event)?;
    crate::registered_user::apply(draft, event)?;
    crate::tool_call::apply(draft, event)?;
    crate::account::apply(draft, event)?;
    let sequence = event.sequence;
    match &event.stream {
        Stream::Account(id) => draft.edit::<AccountRow>(id, |row| row.sequence = sequence),
        // A company's row is found by more than its stream's id: its own room counts.
        Stream::Company(_) => Ok(()),
        Stream::Organization(id) => draft.edit::<OrganizationRow>(id, |row| row.sequence = sequence),
        Stream::RegisteredUser(id) => draft.edit::<RegisteredUserRow>(id, |row| row.sequence = sequence),
        Stream::RegistrationToken(id) => draft.edit::<RegistrationTokenRow>(id, |row| row.sequence = sequence),
    }
}
