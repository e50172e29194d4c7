//! A state from a journal: the same events, applied in the same order (E-1).

use crate::apply::apply;
use crate::context::Environment;
use crate::credential::Owner;
use crate::event::{Event, EventBody, Stream};
use crate::id::{OrganizationId, OriginCompanyId};
use crate::json::Malformed;
use crate::policy::Policy;
use crate::state::{
    AccountRow, CompanyIdIndex, CompanyRow, Draft, Key, OrganizationRow, RegisteredUserRow, RegistrationTokenRow, Row,
    Rows, State, company_key, next, rebuild,
};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

/// Folds events onto a state, in the order in which they happened, also where users were redacted or purged. Each
/// stream continues after the sequence of its row (E-5).
///
/// What does not fit is reported by its place in the list: a stream that does not start with its first
/// event or goes on after its end, a gap in a stream (of a purged user only the purge record is
/// left, whatever its sequence), an event in a stream of another kind, or a state that is not
/// consistent.
pub(crate) fn fold(mut state: State, events: &[Event], policy: &Policy) -> Result<State, Malformed> {
    let rows = follow_on(&state, events)?;
    state.commit(rows);
    rebuild(&state, policy).map_err(|fault| {
        let message = format!("the events do not give a consistent state: {} at `{}`", fault.message, fault.pointer);
        wrong("", message)
    })
}

/// The rows that events change in a state, each stream continuing its own.
pub(crate) fn follow_on(state: &State, events: &[Event]) -> Result<BTreeMap<Key, Option<Row>>, Malformed> {
    let mut streams = BTreeMap::new();
    let mut draft = Draft::new(state);
    for (index, event) in events.iter().enumerate() {
        let fits = follow(&mut streams, state, event).and_then(|()| {
            // The state is whole: no row of it is ever "not loaded".
            apply(&mut draft, event)
                .map_err(|_| wrong("", "the event refers to something that the journal does not contain"))
        });
        fits.map_err(|mut fault| {
            fault.pointer.insert_str(0, &format!("/{index}"));
            fault
        })?;
    }
    Ok(draft.into_rows())
}

fn wrong(pointer: &str, message: impl Into<String>) -> Malformed {
    Malformed::new(pointer, message)
}

/// How far a stream has come.
struct Progress {
    sequence: u64,
    has_ended: bool,
    place: (Option<OrganizationId>, Option<Environment>),
    /// The company, of a company's stream.
    company: Option<OriginCompanyId>,
}

fn company_of(event: &Event) -> Option<OriginCompanyId> {
    crate::company::key_of(event).map(|(_, _, origin_company_id)| origin_company_id)
}

impl Progress {
    /// The position of a stream in a state (E-5); none where nothing of it is left there.
    fn of(state: &State, stream: &Stream) -> Option<Self> {
        let going = |sequence, place, company| Progress { sequence, has_ended: false, place, company };
        match stream {
            Stream::Organization(id) => {
                let row = state.row::<OrganizationRow>(id).ok()??;
                Some(going(row.sequence, (Some(id.clone()), None), None))
            }
            Stream::Company(id) => {
                let held = state.row::<CompanyIdIndex>(id).ok()??;
                let key = company_key(&held.organization_id, held.environment, &held.origin_company_id);
                let row = state.row::<CompanyRow>(&key).ok()??;
                let place = (Some(key.0), Some(key.1));
                Some(going(row.sequence, place, Some(key.2)))
            }
            Stream::RegisteredUser(id) => {
                let row = state.row::<RegisteredUserRow>(id).ok()??;
                let (organization_id, environment) = row.place();
                Some(going(row.sequence, (Some(organization_id), Some(environment)), None))
            }
            Stream::Account(id) => {
                let row = state.row::<AccountRow>(id).ok()??;
                Some(going(row.sequence, (row.organization_id.clone(), None), None))
            }
            Stream::RegistrationToken(id) => {
                let row = state.row::<RegistrationTokenRow>(id).ok()??;
                Some(going(row.sequence, (Some(row.organization_id.clone()), None), None))
            }
        }
    }
}

fn follow(streams: &mut BTreeMap<Stream, Progress>, state: &State, event: &Event) -> Result<(), Malformed> {
    if !event.body.belongs_to(&event.stream) {
        return Err(wrong("/event", "this event does not belong to this kind of stream"));
    }
    if !streams.contains_key(&event.stream)
        && let Some(progress) = Progress::of(state, &event.stream)
    {
        streams.insert(event.stream.clone(), progress);
    }
    let Some(progress) = streams.get_mut(&event.stream) else {
        let progress = begin(streams, state, event)?;
        streams.insert(event.stream.clone(), progress);
        return Ok(());
    };
    if progress.has_ended {
        return Err(wrong("/stream", "the stream has already ended"));
    }
    if event.body.begins() {
        return Err(wrong("/event", "the stream has already begun"));
    }
    let expected = next(progress.sequence);
    if event.sequence != expected {
        return Err(wrong("/sequence", format!("expected {expected}, found {}", event.sequence)));
    }
    if event.organization_id != progress.place.0 {
        return Err(wrong("/organization_id", "the stream belongs to another organization"));
    }
    // What an organization has in an environment is its credentials, and nothing else.
    let expected = match event.stream {
        Stream::Organization(_) => event.environment.filter(|_| event.body.owner().is_some()),
        Stream::Account(_) | Stream::Company(_) | Stream::RegisteredUser(_) | Stream::RegistrationToken(_) => {
            progress.place.1
        }
    };
    let lacks_one = event.environment.is_none() && matches!(event.body.owner(), Some(Owner::Organization));
    if event.environment != expected || lacks_one {
        return Err(wrong("/environment", "the environment does not match the event and its stream"));
    }
    if matches!(event.stream, Stream::Company(_)) && company_of(event) != progress.company {
        return Err(wrong("", "the stream belongs to another company"));
    }
    progress.sequence = event.sequence;
    progress.has_ended = event.body.ends();
    Ok(())
}

/// The beginning of a stream, in an organization that is there.
fn begin(streams: &BTreeMap<Stream, Progress>, state: &State, event: &Event) -> Result<Progress, Malformed> {
    let is_purge_record = matches!(event.body, EventBody::RegisteredUserPurged { .. });
    if !is_purge_record {
        if !event.body.begins() {
            return Err(wrong("/stream", "the stream does not start with its first event"));
        }
        if event.sequence != 1 {
            return Err(wrong("/sequence", format!("expected 1, found {}", event.sequence)));
        }
    }
    if let EventBody::AccountCreated { name, email, redacted: false, .. } = &event.body
        && (name.is_none() || email.is_none())
    {
        return Err(wrong("", "an account that is not redacted needs a name and an email address"));
    }
    let known = match (&event.stream, &event.organization_id) {
        (Stream::Organization(id), Some(organization_id)) => id == organization_id,
        (Stream::Account(_), None) => true,
        (_, Some(id)) => {
            streams.contains_key(&Stream::Organization(id.clone()))
                || state.row::<OrganizationRow>(id).is_ok_and(|row| row.is_some())
        }
        (_, None) => false,
    };
    if !known {
        return Err(wrong("/organization_id", "no such organization"));
    }
    let has_environment = matches!(event.stream, Stream::Company(_) | Stream::RegisteredUser(_));
    if has_environment != event.environment.is_some() {
        return Err(wrong("/environment", "the environment does not match the kind of stream"));
    }
    let place = (event.organization_id.clone(), event.environment);
    Ok(Progress { sequence: event.sequence, has_ended: event.body.ends(), place, company: company_of(event) })
}

impl EventBody {
    /// Whether a stream begins with it.
    fn begins(&self) -> bool {
        matches!(
            self,
            EventBody::OrganizationCreated { .. }
                | EventBody::CompanyCreated { .. }
                | EventBody::RegisteredUserCreated { .. }
                | EventBody::RegistrationTokenIssued { .. }
                | EventBody::AccountCreated { .. }
        )
    }

    /// Whether a stream ends with it.
    fn ends(&self) -> bool {
        matches!(
            self,
            EventBody::CompanyDeleted { .. } | EventBody::RegisteredUserPurged { .. } | EventBody::AccountDeleted {}
        )
    }

    /// Whether it is an event of such a stream.
    fn belongs_to(&self, stream: &Stream) -> bool {
        match self {
            EventBody::OrganizationCreated { .. }
            | EventBody::ConnectorPut { .. }
            | EventBody::ConnectorDeleted { .. }
            | EventBody::ToolPackPut { .. }
            | EventBody::ToolPackDeleted { .. }
            | EventBody::GroupPut { .. }
            | EventBody::GroupDeleted { .. } => matches!(stream, Stream::Organization(_)),
            EventBody::CompanyCreated { .. } | EventBody::CompanyRenamed { .. } | EventBody::CompanyDeleted { .. } => {
                matches!(stream, Stream::Company(_))
            }
            EventBody::RegisteredUserCreated { .. }
            | EventBody::RegisteredUserUpdated { .. }
            | EventBody::RegisteredUserDeactivated { .. }
            | EventBody::RegisteredUserReactivated { .. }
            | EventBody::RegisteredUserDeleted { .. }
            | EventBody::RegisteredUserPurged { .. }
            | EventBody::RetentionHoldPlaced { .. }
            | EventBody::RetentionHoldReleased { .. }
            | EventBody::LinkSessionStarted { .. }
            | EventBody::LinkSessionCompleted { .. }
            | EventBody::LinkSessionFailed { .. }
            | EventBody::LinkSessionCancelled { .. }
            | EventBody::LinkSessionExpired { .. }
            | EventBody::LinkSessionRemoved { .. }
            | EventBody::ToolCallStarted { .. }
            | EventBody::ToolCallDenied { .. }
            | EventBody::ToolCallFinished { .. }
            | EventBody::ToolCallExpired { .. } => matches!(stream, Stream::RegisteredUser(_)),
            EventBody::CredentialGranted { owner, .. }
            | EventBody::CredentialReplaced { owner, .. }
            | EventBody::CredentialRevoked { owner, .. }
            | EventBody::CredentialNeedsReauth { owner, .. }
            | EventBody::CredentialRefreshed { owner, .. }
            | EventBody::CredentialExpired { owner, .. } => match (owner, stream) {
                (Owner::Individual { registered_user_id }, Stream::RegisteredUser(id)) => registered_user_id == id,
                (Owner::Shared { .. }, Stream::Company(_)) | (Owner::Organization, Stream::Organization(_)) => true,
                (Owner::Individual { .. } | Owner::Shared { .. } | Owner::Organization, _) => false,
            },
            EventBody::RegistrationTokenIssued { .. }
            | EventBody::RegistrationTokenRevoked {}
            | EventBody::RegistrationTokenUsed { .. } => matches!(stream, Stream::RegistrationToken(_)),
            EventBody::AccountCreated { .. }
            | EventBody::AccountUpdated { .. }
            | EventBody::AccountStatusChanged { .. }
            | EventBody::AccountDeleted {} => matches!(stream, Stream::Account(_)),
        }
    }
}
