//! Identities: the customer's own opaque strings, and the ids that the core mints.

pub(crate) mod convert;
mod email;
mod minted;
mod text;

pub use minted::{AccountId, CompanyId, LinkSessionId, RegisteredUserId, RegistrationTokenId, ToolCallId};
pub(crate) use minted::{Mint, MintedId};
pub use text::{
    ConnectorSlug, Email, ExternalAccountId, ExternalId, FormError, GroupId, KeyId, Label, Name, OrganizationId,
    OriginCompanyId, OriginUserEmail, OriginUserId, Reason, ResourceId, ToolName, ToolPackId,
};
pub(crate) use text::{MAX_ID, WireText};
