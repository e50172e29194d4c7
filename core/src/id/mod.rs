//! Identities: the customer's own opaque strings, and the ids that the core mints.

mod email;
mod minted;
mod text;

pub use minted::{AccountId, CompanyId, LinkSessionId, RegisteredUserId, RegistrationTokenId, ToolCallId};
pub(crate) use minted::{Mint, MintedId};
pub use text::{
    ConnectorSlug, Email, ExternalAccountId, ExternalId, GroupId, KeyId, Label, Name, OrganizationId, OriginCompanyId,
    OriginUserEmail, OriginUserId, Reason, ResourceId, ToolName, ToolPackId,
};
pub(crate) use text::{MAX_ID, WireText};
