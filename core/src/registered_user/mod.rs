//! Registered users: the unit of isolation (contract section 3).

mod apply;
mod create;
mod delete;
pub(crate) mod groupings;
mod hold;
mod lifecycle;
mod query;
pub(crate) mod row;
mod update;
mod view;

pub(crate) use apply::apply;
pub use create::{CreateRegisteredUser, CreateTestUser, RegisteredUserCreation};
pub use delete::{DeleteRegisteredUser, RegisteredUserDeletion};
pub use groupings::{CustomGroupings, GroupingsPatch};
pub use hold::{RetentionHold, SetRetentionHold};
pub(crate) use lifecycle::{LIFECYCLE, UserState, UserTrigger};
pub use query::{FindRegisteredUser, GetRegisteredUser, ListRegisteredUsers};
pub(crate) use row::{LiveUser, OpenToolCall, RegisteredUserRow, Tombstone, UserData};
pub use row::{UserStatus, UserType};
pub use update::{RegisteredUserPatch, RegisteredUserUpdate, UpdateRegisteredUser};
pub use view::{CompanyReference, RegisteredUser};
