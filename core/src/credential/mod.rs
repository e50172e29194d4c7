//! Credentials: what lets a tool call act at a third party, and whose it is (CR-1…7).

mod apply;
mod finish_link;
mod lifecycle;
pub(crate) mod link_session;
mod linked;
mod list;
mod list_link_sessions;
mod owner;
mod owner_read;
mod owners;
mod report;
mod revoke;
mod revoke_connector;
pub(crate) mod row;
mod start_link;
mod view;

pub(crate) use apply::apply;
pub use finish_link::{CompleteLink, CredentialAnswer, FailLink, LinkFailure};
pub(crate) use lifecycle::{CREDENTIAL, LINK_SESSION};
pub use linked::LinkedForOthers;
pub(crate) use linked::{Linked, forget, linked_for_others};
pub use list::ListCredentials;
pub use list_link_sessions::{LinkSession, ListLinkSessions};
pub(crate) use owner::OwnerRef;
pub use report::{Report, ReportCredential};
pub use revoke::RevokeCredential;
pub(crate) use revoke::{revoke_own, revoke_shared};
pub use revoke_connector::{ConnectorRevocation, RevokeConnector};
pub use row::{AuthScope, CredentialCause, CredentialStatus, Owner};
pub(crate) use row::{CredentialRow, OrganizationCredentialRow, held, put};
pub use start_link::{LinkStart, StartLink};
pub use view::Credential;
