//! `advance_time`: makes durable what time has brought, in one order (T-2, T-3).

use crate::authority::Right;
use crate::company::CompanyRow;
use crate::context::{Environment, Needs};
use crate::credential::link_session::{LinkStatus, with_removals};
use crate::credential::{CredentialRow, OrganizationCredentialRow, Owner};
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::Integer;
use crate::declare::object::request;
use crate::declare::view::view;
use crate::event::{EffectBody, EventBody};
use crate::id::RegisteredUserId;
use crate::prefetch::Prefetch;
use crate::registered_user::{RegisteredUserRow, UserData};
use crate::state::{CompanyKey, Key, OrganizationCredentialKey, keys_beside_access};
use crate::time::Timestamp;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};

request! {
    /// Writes the events that are due, of all organizations.
    command AdvanceTime "advance_time" {
        /// How many events at most; none means all.
        limit: Option<u64> as Integer<1>,
    }
}

view! {
    /// What advancing time answers.
    Sweep: Copy {
        /// How many events were written.
        processed: u64,
    }
}

/// Whose thing is due.
#[derive(Clone, Debug)]
enum Subject {
    User(RegisteredUserId),
    Company(CompanyKey),
    Organization(OrganizationCredentialKey),
}

/// When a thing is due and where it comes in the order: instant, stream kind, stream id, event, and
/// connector or id, as text; of the two environments' credentials for one connector, production's first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct DuePosition {
    at: Timestamp,
    stream: (&'static str, String),
    event: &'static str,
    part: String,
    environment: Option<Environment>,
}

/// The things that are due of the rows that were looked at, the first in order first.
type Due = BTreeMap<DuePosition, (Subject, EventBody)>;

impl Request for AdvanceTime {
    type Response = Sweep;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::HostOnly;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.purges();
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Sweep, Refusal> {
        let mut rows = tx.draft.state().due_until(tx.now()).peekable();
        let mut due = Due::new();
        let mut processed = 0;
        while self.limit.is_none_or(|limit| processed < limit) {
            // No row may still hold something that comes before the first thing at hand. What comes later is
            // not looked at: a limit bounds the work, too.
            let first = due.first_key_value().map(|(place, _)| place.at);
            if let Some((_, row)) = rows.next_if(|(at, _)| first.is_none() || *at <= first) {
                collect(tx, row?.clone(), &mut due)?;
            } else if let Some((_, (subject, body))) = due.pop_first() {
                processed += u64::from(write(tx, subject, body)?);
            } else {
                break;
            }
        }
        Ok(Sweep { processed })
    }
}

/// Emits a due event; one whose user an earlier purge has removed writes none (T-2).
fn write(tx: &mut Transaction<'_>, subject: Subject, body: EventBody) -> Result<bool, Refusal> {
    match subject {
        Subject::User(id) => {
            let Some(place) = tx.row::<RegisteredUserRow>(&id)?.map(RegisteredUserRow::place) else { return Ok(false) };
            let is_purge = matches!(body, EventBody::RegisteredUserPurged { .. });
            tx.emit_user(id, place, body)?;
            if is_purge {
                tx.effect(EffectBody::PurgeUser { registered_user_id: id });
            }
        }
        Subject::Company(key) => {
            let Some(company_id) = tx.row::<CompanyRow>(&key)?.map(|row| row.company_id) else { return Ok(false) };
            tx.emit_company(company_id, key, body)?;
        }
        Subject::Organization((organization_id, environment, _)) => {
            tx.emit_organization(&organization_id, Some(environment), body)?;
        }
    }
    Ok(true)
}

/// Everything of one row that is due.
fn collect(tx: &Transaction<'_>, key: Key, due: &mut Due) -> Result<(), Refusal> {
    let now = tx.now();
    match key {
        Key::RegisteredUser(id) => {
            if let Some(user) = tx.row::<RegisteredUserRow>(&id)? {
                collect_user(user, now, due);
            }
        }
        Key::Company(key) => {
            if let Some(company) = tx.row::<CompanyRow>(&key)? {
                let owner = Owner::Shared { origin_company_id: company.origin_company_id.clone() };
                let stream = ("company", company.company_id.to_string());
                let subject = Subject::Company(key);
                lapses(&company.credentials, now, &owner, &stream, &subject, due);
            }
        }
        Key::OrganizationCredential(key) => {
            if let Some(row) = tx.row::<OrganizationCredentialRow>(&key)? {
                let stream = ("organization", String::from(row.organization_id.as_str()));
                let subject = Subject::Organization(key);
                let held = core::slice::from_ref(&row.credential);
                lapses(held, now, &Owner::Organization, &stream, &subject, due);
            }
        }
        // Nothing of these is due.
        Key::Organization(_) | Key::Connector(_) | Key::ToolPack(_) | Key::Group(_) => {}
        keys_beside_access!() => {}
    }
    Ok(())
}

fn lapses(
    credentials: &[CredentialRow],
    now: Timestamp,
    owner: &Owner,
    stream: &(&'static str, String),
    subject: &Subject,
    due: &mut Due,
) {
    let environment = match subject {
        Subject::Organization((_, environment, _)) => Some(*environment),
        Subject::User(_) | Subject::Company(_) => None,
    };
    let lapsed = credentials.iter().filter(|credential| credential.has_lapsed(now));
    due.extend(lapsed.filter_map(|credential| {
        let due_at = credential.expires_at?;
        let (owner, connector) = (owner.clone(), credential.connector.clone());
        let place = DuePosition {
            at: due_at,
            stream: stream.clone(),
            event: "credential_expired",
            part: String::from(connector.as_str()),
            environment,
        };
        Some((place, (subject.clone(), EventBody::CredentialExpired { owner, connector, due_at })))
    }));
}

fn collect_user(user: &RegisteredUserRow, now: Timestamp, due: &mut Due) {
    let id = user.registered_user_id;
    let stream = ("registered_user", id.to_string());
    let subject = Subject::User(id);
    let mut thing = |at: Timestamp, event: &'static str, part: String, body: EventBody| {
        let place = DuePosition { at, stream: stream.clone(), event, part, environment: None };
        due.insert(place, (subject.clone(), body));
    };
    for call in user.tool_calls.iter().filter(|call| !call.is_open(now)) {
        let (tool_call_id, due_at) = (call.tool_call_id, call.expires_at);
        let body = EventBody::ToolCallExpired { tool_call_id, due_at };
        thing(due_at, "tool_call_expired", tool_call_id.to_string(), body);
    }
    match &user.life {
        UserData::Live(live) => {
            for (session, removed_at) in with_removals(&live.link_sessions) {
                let (link_session_id, expires_at) = (session.link_session_id, session.expires_at);
                if session.status == LinkStatus::Pending && now >= expires_at {
                    let body = EventBody::LinkSessionExpired { link_session_id, due_at: expires_at };
                    thing(expires_at, "link_session_expired", link_session_id.to_string(), body);
                }
                if now >= removed_at {
                    let body = EventBody::LinkSessionRemoved { link_session_id, due_at: removed_at };
                    thing(removed_at, "link_session_removed", link_session_id.to_string(), body);
                }
            }
            let owner = Owner::Individual { registered_user_id: id };
            lapses(&live.credentials, now, &owner, &stream, &subject, due);
        }
        UserData::Deleted(tombstone) if !user.held && now >= tombstone.purge_at => {
            let due_at = tombstone.purge_at;
            let body = EventBody::RegisteredUserPurged { due_at };
            thing(due_at, "registered_user_purged", String::new(), body);
        }
        UserData::Deleted(_) => {}
    }
}
