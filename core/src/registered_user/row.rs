//! A registered user's row: the user itself, and its credentials, link sessions and open calls.

use super::groupings::CustomGroupings;
use crate::context::Environment;
use crate::credential::link_session::{self, LinkSessionRow};
use crate::credential::{CredentialRow, Linked};
use crate::declare::string_enum::string_enum;
use crate::id::{
    Label, OrganizationId, OriginCompanyId, OriginUserEmail, OriginUserId, RegisteredUserId, ToolCallId, ToolPackId,
};
use crate::time::Timestamp;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

string_enum! {
    /// What kind of user a registered user is.
    UserType {
        /// A person.
        Human "HUMAN",
        /// A system.
        System "SYSTEM",
    }

    /// The status of a registered user that is not deleted.
    UserStatus {
        /// Tool calls may start.
        Active "active",
        /// No tool call starts (RU-9).
        Deactivated "deactivated",
    }
}

/// A registered user's row: the user while it is there, a tombstone after its deletion (RU-12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RegisteredUserRow {
    pub(crate) registered_user_id: RegisteredUserId,
    pub(crate) organization_id: OrganizationId,
    pub(crate) environment: Environment,
    pub(crate) held: bool,
    pub(crate) tool_calls: VecDeque<OpenToolCall>,
    /// The credentials of others that it has linked, sorted.
    pub(crate) linked: Vec<Linked>,
    pub(crate) life: UserData,
    pub(crate) sequence: u64,
}

/// Whether the user is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
// Not boxed: tombstones are few, and every decision would follow the pointer.
pub(crate) enum UserData {
    #[serde(rename = "present")]
    Live(LiveUser),
    Deleted(Tombstone),
}

/// A user that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LiveUser {
    pub(crate) origin_user_id: Option<OriginUserId>,
    pub(crate) origin_user_name: Option<Label>,
    pub(crate) origin_user_email: Option<OriginUserEmail>,
    pub(crate) origin_company_id: Option<OriginCompanyId>,
    pub(crate) custom_groupings: CustomGroupings,
    pub(crate) user_type: UserType,
    pub(crate) status: UserStatus,
    pub(crate) version: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// Sorted by connector.
    pub(crate) credentials: Vec<CredentialRow>,
    /// Sorted by id.
    pub(crate) link_sessions: Vec<LinkSessionRow>,
}

/// What is left of a deleted user until its purge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tombstone {
    pub(crate) deleted_at: Timestamp,
    pub(crate) purge_at: Timestamp,
}

/// A tool call that has started and not ended; ends by itself at `expires_at` (D-4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenToolCall {
    pub(crate) tool_call_id: ToolCallId,
    /// The pack by which it was started: a key restricted to other packs does not reach it.
    pub(crate) tool_pack_id: ToolPackId,
    pub(crate) expires_at: Timestamp,
}

impl OpenToolCall {
    /// Whether it has not ended by itself.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}

impl LiveUser {
    /// Whether every decision finds the same in both. A new field is put to one side or the other here.
    pub(crate) fn decides_like(&self, other: &Self) -> bool {
        let LiveUser {
            origin_user_id: _,
            origin_user_name: _,
            origin_user_email: _,
            origin_company_id,
            custom_groupings,
            user_type,
            status,
            version: _,
            created_at: _,
            updated_at: _,
            credentials,
            link_sessions: _,
        } = self;
        *origin_company_id == other.origin_company_id
            && *custom_groupings == other.custom_groupings
            && *user_type == other.user_type
            && *status == other.status
            && *credentials == other.credentials
    }
}

impl RegisteredUserRow {
    /// Where the user lives.
    pub(crate) fn place(&self) -> (OrganizationId, Environment) {
        (self.organization_id.clone(), self.environment)
    }

    /// An open tool call by its id. Where nobody sweeps, there may be any number of them: they are not searched (P-6).
    pub(crate) fn tool_call(&self, id: ToolCallId) -> Option<&OpenToolCall> {
        let index = self.tool_calls.binary_search_by_key(&id, |call| call.tool_call_id).ok()?;
        self.tool_calls.get(index)
    }

    pub(crate) fn live(&self) -> Option<&LiveUser> {
        match &self.life {
            UserData::Live(live) => Some(live),
            UserData::Deleted(_) => None,
        }
    }

    pub(crate) fn live_mut(&mut self) -> Option<&mut LiveUser> {
        match &mut self.life {
            UserData::Live(live) => Some(live),
            UserData::Deleted(_) => None,
        }
    }

    /// The tombstone, while it is there: a purge takes effect at its instant, swept or not (T-2).
    pub(crate) fn tombstone(&self, now: Timestamp) -> Option<&Tombstone> {
        match &self.life {
            UserData::Deleted(tombstone) if self.held || now < tombstone.purge_at => Some(tombstone),
            _ => None,
        }
    }

    /// Whether its purge is due, written down or not.
    pub(crate) fn is_purged(&self, now: Timestamp) -> bool {
        self.live().is_none() && self.tombstone(now).is_none()
    }

    /// The next instant at which time changes this row.
    pub(crate) fn next_due_at(&self) -> Option<Timestamp> {
        let calls = self.tool_calls.iter().map(|call| call.expires_at);
        match &self.life {
            UserData::Live(live) => calls
                .chain(live.credentials.iter().filter_map(CredentialRow::due))
                .chain(link_session::dues(&live.link_sessions))
                .min(),
            UserData::Deleted(tombstone) => calls.chain((!self.held).then_some(tombstone.purge_at)).min(),
        }
    }
}
