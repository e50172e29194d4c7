//! What must be true of each row by itself, whatever it was restored from (S-2).

use super::{
    AccountRow, CompanyRow, ConnectorRow, GroupRow, OrganizationCredentialRow, OrganizationRow, RegisteredUserRow,
    RegistrationTokenRow, Row, ToolPackRow,
};
use crate::account::row::Role;
use crate::context::Environment;
use crate::credential::row::{CredentialCause, CredentialRow, CredentialStatus, Owner};
use crate::declare::read::Reader;
use crate::json::{MAX_SAFE_INTEGER, Malformed, Path};
use crate::policy::Policy;
use crate::registered_user::groupings;
use crate::registered_user::row::{LiveUser, UserData, UserStatus};
use alloc::format;
use alloc::string::String;

type Checked = Result<(), Malformed>;

fn wrong(pointer: impl Into<String>, message: impl Into<String>) -> Checked {
    Err(Malformed::new(pointer, message))
}

/// Each item comes after the one before it, so that none occurs twice.
fn ascending<'t, T: 't, K: Ord>(
    items: impl IntoIterator<Item = &'t T, IntoIter: Clone>,
    at: &str,
    suffix: &str,
    key: impl Fn(&T) -> &K,
) -> Checked {
    let items = items.into_iter();
    match items.clone().zip(items.skip(1)).position(|(one, other)| key(one) >= key(other)) {
        Some(index) => wrong(format!("{at}/{}{suffix}", index + 1), "out of order or duplicated"),
        None => Ok(()),
    }
}

fn counted(number: u64, pointer: &str) -> Checked {
    match number {
        0 => wrong(pointer, "must be at least 1"),
        _ => in_range(number, pointer),
    }
}

/// A row that was never JSON may have numbers that JSON cannot.
fn in_range(number: u64, pointer: &str) -> Checked {
    if number > MAX_SAFE_INTEGER.unsigned_abs() { wrong(pointer, "beyond 2^53−1") } else { Ok(()) }
}

/// A row of any kind. Index rows have nothing but what they are found by and what they point to.
pub(crate) fn row(row: &Row) -> Checked {
    match row {
        Row::Organization(row) => organization(row),
        Row::Connector(row) => connector(row),
        Row::ToolPack(row) => tool_pack(row),
        Row::Group(row) => group(row),
        Row::OrganizationCredential(row) => organization_credential(row),
        Row::Company(row) => company(row),
        Row::RegisteredUser(row) => user(row),
        Row::Account(row) => account(row),
        Row::RegistrationToken(row) => registration_token(row),
        Row::OriginUserIndex(_)
        | Row::CompanyIdIndex(_)
        | Row::LinkSessionIndex(_)
        | Row::EmailIndex(_)
        | Row::ExternalIdIndex(_)
        | Row::SecretIndex(_)
        | Row::ActiveAdmins(_) => Ok(()),
    }
}

/// Checks a part as its own module checks it in a command, and reports the first violation.
fn formed(check: impl FnOnce(&mut Reader<'_>)) -> Checked {
    let policy = Policy::default();
    let mut reader = Reader::new(None, &policy);
    check(&mut reader);
    match reader.violations.into_list().into_iter().next() {
        Some(violation) => wrong(violation.pointer, violation.message),
        None => Ok(()),
    }
}

pub(super) fn connector(row: &ConnectorRow) -> Checked {
    ascending(&row.tools, "/tools", "", |tool| tool)
}

pub(super) fn group(row: &GroupRow) -> Checked {
    formed(|reader| row.rule.check_stored(&Path::rooted("/rule"), reader))
}

pub(super) fn tool_pack(row: &ToolPackRow) -> Checked {
    ascending(&row.connectors, "/connectors", "/connector", |entry| &entry.connector)?;
    for (index, entry) in row.connectors.iter().enumerate() {
        let Some(tools) = &entry.tool_names else { continue };
        let pointer = format!("/connectors/{index}/tool_names");
        if tools.is_empty() {
            return wrong(pointer, "the list of tools is empty: leave the connector out of the tool pack");
        }
        ascending(tools, &pointer, "", |tool| tool)?;
    }
    ascending(row.group_ids.as_deref().unwrap_or_default(), "/group_ids", "", |id| id)
}

pub(super) fn organization_credential(row: &OrganizationCredentialRow) -> Checked {
    credential(&row.credential, "/credential")
}

pub(super) fn company(row: &CompanyRow) -> Checked {
    counted(row.sequence, "/sequence")?;
    credentials(&row.credentials, "/credentials")
}

pub(super) fn organization(row: &OrganizationRow) -> Checked {
    counted(row.sequence, "/sequence")
}

/// I-2: one credential for each connector.
fn credentials(held: &[CredentialRow], at: &str) -> Checked {
    ascending(held, at, "/connector", |credential| &credential.connector)?;
    held.iter().enumerate().try_for_each(|(index, held)| credential(held, &format!("{at}/{index}")))
}

/// CR-1: what a cause says must fit the status.
fn credential(held: &CredentialRow, at: &str) -> Checked {
    use CredentialCause::{Admin, CompanyDeleted, Deactivation, Deletion, Expired, RefreshFailed, Upstream, User};
    counted(held.generation, &format!("{at}/generation"))?;
    let fits = match held.status {
        CredentialStatus::Active => held.cause.is_none(),
        CredentialStatus::NeedsReauth => match held.cause {
            Some(Expired) => held.expires_at.is_some(),
            cause => matches!(cause, Some(Upstream | RefreshFailed)),
        },
        CredentialStatus::Revoked => {
            matches!(held.cause, Some(User | Admin | Deactivation | Deletion | CompanyDeleted))
        }
    };
    if fits { Ok(()) } else { wrong(format!("{at}/cause"), "the cause does not fit the status") }
}

pub(super) fn user(row: &RegisteredUserRow) -> Checked {
    counted(row.sequence, "/sequence")?;
    ascending(&row.tool_calls, "/tool_calls", "/tool_call_id", |call| &call.tool_call_id)?;
    ascending(&row.linked, "/linked", "", |linked| linked)?;
    match &row.life {
        UserData::Live(present) => self::present(row, present),
        UserData::Deleted(tombstone) if tombstone.purge_at < tombstone.deleted_at => {
            wrong("/life/deleted/purge_at", "earlier than the deletion")
        }
        UserData::Deleted(_) => Ok(()),
    }
}

fn present(row: &RegisteredUserRow, present: &LiveUser) -> Checked {
    counted(present.version, "/life/present/version")?;
    // A journal that was redacted for a later deletion gives, until then, a user without a profile (E-5).
    let is_redacted = present.origin_user_name.is_none()
        && present.origin_user_email.is_none()
        && present.custom_groupings.is_empty();
    if present.origin_user_id.is_none() && row.environment == Environment::Production && !is_redacted {
        return wrong(
            "/life/present/origin_user_id",
            "only a test user, or one whose profile was erased, may have none",
        );
    }
    if !present.custom_groupings.is_empty() {
        let path = Path::rooted("/life/present/custom_groupings");
        formed(|reader| groupings::check_entries(present.custom_groupings.iter(), &path, reader))?;
    }
    let at = "/life/present/credentials";
    credentials(&present.credentials, at)?;
    let by_another = |held: &CredentialRow| held.linked_by.is_some_and(|id| id != row.registered_user_id);
    if let Some(index) = present.credentials.iter().position(by_another) {
        return wrong(format!("{at}/{index}/linked_by"), "the credential belongs to another user");
    }
    if present.status == UserStatus::Deactivated
        && let Some(index) = present.credentials.iter().position(CredentialRow::is_live)
    {
        return wrong(format!("{at}/{index}/status"), "a deactivated user has no live credential of its own");
    }
    let at = "/life/present/link_sessions";
    ascending(&present.link_sessions, at, "/link_session_id", |session| &session.link_session_id)?;
    for (index, session) in present.link_sessions.iter().enumerate() {
        if let Owner::Individual { registered_user_id } = session.owner
            && registered_user_id != row.registered_user_id
        {
            return wrong(format!("{at}/{index}/owner/registered_user_id"), "the link session belongs to another user");
        }
    }
    Ok(())
}

pub(super) fn account(row: &AccountRow) -> Checked {
    counted(row.sequence, "/sequence")?;
    counted(row.version, "/version")?;
    if row.role == Role::OrganizationAdmin && row.organization_id.is_none() {
        return wrong("/organization_id", "an `organization_admin` needs an organization");
    }
    Ok(())
}

pub(super) fn registration_token(row: &RegistrationTokenRow) -> Checked {
    counted(row.sequence, "/sequence")?;
    if row.role == Role::Admin {
        return wrong("/role", "a registration token cannot grant the role `admin`");
    }
    in_range(row.uses, "/uses")?;
    in_range(row.max_uses.unwrap_or_default(), "/max_uses")?;
    match row.max_uses {
        Some(0) => wrong("/max_uses", "must be at least 1"),
        Some(most) if row.uses > most => wrong("/uses", "more uses than the token allows"),
        _ => Ok(()),
    }
}
