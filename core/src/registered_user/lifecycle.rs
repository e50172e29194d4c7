//! The life of a registered user, as a table (RU-9, RU-10, RU-12, RU-13).

use super::UserStatus;
use crate::declare::string_enum::string_enum;
use crate::error::Code;
use crate::lifecycle::{Lifecycle, Next};
use Next::{Refuse, Stay, To};
use UserState::{Active, Deactivated, Deleted, Purged};
use UserTrigger::{Deactivate, Delete, Purge, Reactivate, StartToolCall};

string_enum! {
    /// A state in the life of a registered user.
    UserState {
        /// There, and tool calls may start.
        Active "active",
        /// There, and no tool call starts.
        Deactivated "deactivated",
        /// A tombstone.
        Deleted "deleted",
        /// Gone.
        Purged "purged",
    }

    /// What moves a registered user from state to state.
    UserTrigger {
        /// The patch `{"is_active": false}`.
        Deactivate "deactivate",
        /// The patch `{"is_active": true}`.
        Reactivate "reactivate",
        /// `start_tool_call`, which moves nothing.
        StartToolCall "start_tool_call",
        /// `delete_registered_user`.
        Delete "delete",
        /// The end of the retention.
        Purge "purge",
    }
}

impl From<UserStatus> for UserState {
    fn from(status: UserStatus) -> Self {
        match status {
            UserStatus::Active => Active,
            UserStatus::Deactivated => Deactivated,
        }
    }
}

/// The status of a user that is there, after a trigger that leaves it there.
pub(super) fn after(status: UserStatus, trigger: UserTrigger) -> UserStatus {
    match LIFECYCLE.after(status.into(), trigger) {
        Active => UserStatus::Active,
        Deactivated => UserStatus::Deactivated,
        Deleted | Purged => status,
    }
}

const GONE: Next<UserState> = Refuse(Code::RegisteredUserNotFound);

/// The table.
pub(crate) const LIFECYCLE: Lifecycle<UserState, UserTrigger> = Lifecycle {
    name: "registered_user",
    start: Active,
    state_name: UserState::as_str,
    trigger_name: UserTrigger::as_str,
    rows: &[
        (Active, Deactivate, To(Deactivated)),
        (Active, Reactivate, Stay),
        (Active, StartToolCall, Stay),
        (Active, Delete, To(Deleted)),
        (Deactivated, Deactivate, Stay),
        (Deactivated, Reactivate, To(Active)),
        (Deactivated, StartToolCall, Refuse(Code::RegisteredUserInactive)),
        (Deactivated, Delete, To(Deleted)),
        (Deleted, Deactivate, GONE),
        (Deleted, Reactivate, GONE),
        (Deleted, StartToolCall, GONE),
        (Deleted, Delete, GONE),
        (Deleted, Purge, To(Purged)),
        (Purged, Deactivate, GONE),
        (Purged, Reactivate, GONE),
        (Purged, StartToolCall, GONE),
        (Purged, Delete, GONE),
    ],
};
