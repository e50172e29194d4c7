//! What can happen: every event with its fields.

use super::changes::{AccountChanges, ProfileChanges};
use super::field::field_doc;
use super::read::EventFields;
use crate::account::metadata::Metadata;
use crate::account::registration_token::SecretDigest;
use crate::account::row::{AccountStatus, Role};
use crate::catalog::group::Rule;
use crate::catalog::tool_pack::PackConnector;
use crate::credential::link_session::LinkMethod;
use crate::credential::row::{CredentialCause, Owner};
use crate::id::{
    AccountId, ConnectorSlug, Email, ExternalAccountId, ExternalId, GroupId, Label, LinkSessionId, Name,
    OriginCompanyId, OriginUserEmail, OriginUserId, Reason, RegisteredUserId, ResourceId, ToolCallId, ToolName,
    ToolPackId,
};
use crate::json::{Malformed, to_canonical};
use crate::registered_user::groupings::CustomGroupings;
use crate::registered_user::row::UserType;
use crate::shape::{Field, Named, Shown, Type};
use crate::shapes::event;
use crate::time::Timestamp;
use crate::tool_call::ToolCallResult;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A field of an event: one that is not always written is there only with something to say.
fn shown_field(name: &'static str, doc: &'static str, kind: Type, serde: &str) -> Field {
    if !serde.contains("skip_serializing_if") {
        return Field::required(name, doc, kind);
    }
    let kind = match kind {
        Type::Boolean => Type::True,
        Type::OneOf(kinds) => kinds.into_iter().next().unwrap_or(Type::Null),
        other => other,
    };
    Field::optional(name, doc, kind)
}

/// The value of an event's field `owner`: the start of a tool call that needs no credential has none.
trait OfOwner {
    fn owner(&self) -> Option<&Owner>;
}

impl OfOwner for Owner {
    fn owner(&self) -> Option<&Owner> {
        Some(self)
    }
}

impl OfOwner for Option<Owner> {
    fn owner(&self) -> Option<&Owner> {
        self.as_ref()
    }
}

/// The field of this name, if an event has it: whatever else comes to have an owner is not forgotten.
macro_rules! field {
    ($wanted:ident of) => { None };
    (owner of (owner $value:ident) $($rest:tt)*) => { OfOwner::owner($value) };
    (linked_by of (linked_by $value:ident) $($rest:tt)*) => { Some($value) };
    ($wanted:ident of ($other:ident $value:ident) $($rest:tt)*) => { field!($wanted of $($rest)*) };
}

macro_rules! events {
    ($($(#[doc = $doc:literal])* $variant:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })*) => {
        /// What happened. On the wire `event` names it, and its fields are on the same level as the envelope's.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(tag = "event", rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum EventBody {
            $($(#[doc = $doc])* $variant {
                $(#[doc = field_doc!($field)] $(#[$field_meta])* $field: $type,)*
            },)*
        }

        /// Reads the fields of an event by its name. A field with an attribute is one that may be absent.
        pub(super) fn read_fields(name: EventName, fields: &EventFields<'_>) -> Result<EventBody, Malformed> {
            match name {
                $(EventName::$variant => {
                    fields.check_known(&[$(stringify!($field)),*])?;
                    Ok(EventBody::$variant {
                        $($field: fields.read::<$type>(stringify!($field), !stringify!($($field_meta)*).is_empty())?,)*
                    })
                })*
            }
        }

        /// The name of an event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum EventName { $($(#[doc = $doc])* $variant,)* }

        impl EventName {
            /// All of them.
            pub const ALL: &[EventName] = &[$(EventName::$variant,)*];

            pub(super) const fn variant(self) -> &'static str {
                match self { $(EventName::$variant => stringify!($variant),)* }
            }
        }

        /// The definition of each, in their order.
        pub(crate) fn event_shapes() -> Vec<Named> {
            alloc::vec![$(Named::of(|| {
                let fields: Vec<Field> = alloc::vec![$(shown_field(
                    stringify!($field),
                    field_doc!($field),
                    <$type as Shown>::shown(),
                    stringify!($($field_meta)*),
                ),)*];
                let word = to_canonical(&EventName::$variant).trim_matches('"').into();
                event(concat!(stringify!($variant), "Event"), word, concat!($($doc, "\n"),*), fields)
            }),)*]
        }

        impl EventBody {
            /// The event's name.
            #[must_use]
            pub const fn name(&self) -> EventName {
                match self { $(EventBody::$variant { .. } => EventName::$variant,)* }
            }

            /// Whose credential or link session the event is about, where it is about one.
            #[must_use]
            #[allow(unused_variables, reason = "most events have other fields only")]
            pub fn owner(&self) -> Option<&Owner> {
                match self { $(EventBody::$variant { $($field,)* } => field!(owner of $(($field $field))*),)* }
            }

            /// Who has linked the credential, where the event is about a link.
            #[must_use]
            #[allow(unused_variables, reason = "most events have other fields only")]
            pub fn linked_by(&self) -> Option<RegisteredUserId> {
                let linked_by: Option<&Option<RegisteredUserId>> =
                    match self { $(EventBody::$variant { $($field,)* } => field!(linked_by of $(($field $field))*),)* };
                linked_by.copied().flatten()
            }
        }
    };
}

events! {
    /// An organization was created.
    OrganizationCreated { name: Name, }

    /// A connector was created or replaced (TP-4).
    ConnectorPut { connector: ConnectorSlug, name: Option<Label>, tools: Vec<ToolName>, }
    /// A connector was deleted.
    ConnectorDeleted { connector: ConnectorSlug, }
    /// A tool pack was created or replaced (TP-4).
    ToolPackPut {
        tool_pack_id: ToolPackId,
        name: Name,
        connectors: Vec<PackConnector>,
        group_ids: Option<Vec<GroupId>>,
    }
    /// A tool pack was deleted.
    ToolPackDeleted { tool_pack_id: ToolPackId, }
    /// A group was created or replaced (TP-4).
    GroupPut { group_id: GroupId, name: Name, rule: Rule, }
    /// A group was deleted.
    GroupDeleted { group_id: GroupId, }

    /// A company was named for the first time (RU-7).
    CompanyCreated { origin_company_id: OriginCompanyId, origin_company_name: Option<Label>, }
    /// A company got another name (RU-7).
    CompanyRenamed { origin_company_id: OriginCompanyId, origin_company_name: Label, }
    /// A company was deleted (RU-15).
    CompanyDeleted { origin_company_id: OriginCompanyId, }

    /// A registered user was created. Redacted after its deletion (RU-12).
    RegisteredUserCreated {
        origin_user_id: Option<OriginUserId>,
        origin_user_name: Option<Label>,
        origin_user_email: Option<OriginUserEmail>,
        origin_company_id: Option<OriginCompanyId>,
        custom_groupings: CustomGroupings,
        user_type: UserType,
        #[serde(skip_serializing_if = "core::ops::Not::not")]
        redacted: bool,
    }
    /// A profile was changed. Redacted after the user's deletion (RU-12).
    RegisteredUserUpdated {
        changes: ProfileChanges,
        version: u64,
        #[serde(skip_serializing_if = "core::ops::Not::not")]
        redacted: bool,
    }
    /// A registered user was deactivated (RU-9).
    RegisteredUserDeactivated { version: u64, }
    /// A registered user was reactivated (RU-10, RU-11).
    RegisteredUserReactivated { version: u64, }
    /// A registered user was deleted (RU-12).
    RegisteredUserDeleted { purge_at: Timestamp, }
    /// Everything of a registered user was erased (RU-13).
    RegisteredUserPurged { due_at: Timestamp, }
    /// A retention hold was placed (RU-16).
    RetentionHoldPlaced { reason: Option<Reason>, }
    /// A retention hold was released (RU-16).
    RetentionHoldReleased { reason: Option<Reason>, }

    /// A link made the owner's first credential for the connector (CR-4).
    CredentialGranted {
        owner: Owner,
        connector: ConnectorSlug,
        generation: u64,
        expires_at: Option<Timestamp>,
        external_account_id: Option<ExternalAccountId>,
        #[serde(default)]
        linked_by: Option<RegisteredUserId>,
    }
    /// A link replaced the owner's credential for the connector (CR-4).
    CredentialReplaced {
        owner: Owner,
        connector: ConnectorSlug,
        generation: u64,
        expires_at: Option<Timestamp>,
        external_account_id: Option<ExternalAccountId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        replaced_external_account_id: Option<ExternalAccountId>,
        #[serde(default)]
        linked_by: Option<RegisteredUserId>,
    }
    /// A credential was revoked (CR-5).
    CredentialRevoked { owner: Owner, connector: ConnectorSlug, cause: CredentialCause, }
    /// A credential was rejected upstream or could not be refreshed (CR-6).
    CredentialNeedsReauth { owner: Owner, connector: ConnectorSlug, cause: CredentialCause, }
    /// A credential was refreshed (CR-6).
    CredentialRefreshed { owner: Owner, connector: ConnectorSlug, expires_at: Option<Timestamp>, }
    /// A credential expired (CR-1).
    CredentialExpired { owner: Owner, connector: ConnectorSlug, due_at: Timestamp, }

    /// A link session was started (CR-2).
    LinkSessionStarted {
        link_session_id: LinkSessionId,
        owner: Owner,
        connector: ConnectorSlug,
        method: LinkMethod,
        expires_at: Timestamp,
    }
    /// A link session made a credential (CR-4).
    LinkSessionCompleted { link_session_id: LinkSessionId, }
    /// A link session failed.
    LinkSessionFailed { link_session_id: LinkSessionId, reason: Option<Reason>, }
    /// A change of the registered user stopped a link session (RU-8, RU-9, RU-12).
    LinkSessionCancelled { link_session_id: LinkSessionId, }
    /// A link session expired (CR-3).
    LinkSessionExpired { link_session_id: LinkSessionId, due_at: Timestamp, }
    /// An ended link session was removed (CR-3).
    LinkSessionRemoved { link_session_id: LinkSessionId, due_at: Timestamp, }

    /// A tool call started (D-4).
    ToolCallStarted {
        tool_call_id: ToolCallId,
        tool_pack_id: ToolPackId,
        connector: ConnectorSlug,
        tool: String,
        owner: Option<Owner>,
        expires_at: Timestamp,
    }
    /// A tool call was denied (D-4). The pack, when there was one by this id, and the tool as asked.
    ToolCallDenied { tool_pack_id: ToolPackId, tool: String, code: crate::error::Code, }
    /// A tool call was finished (D-4).
    ToolCallFinished { tool_call_id: ToolCallId, result: ToolCallResult, }
    /// A tool call that was left open expired (D-4).
    ToolCallExpired { tool_call_id: ToolCallId, due_at: Timestamp, }

    /// A registration token was issued (AC-4).
    RegistrationTokenIssued {
        role: Role,
        max_uses: Option<u64>,
        expires_at: Option<Timestamp>,
        secret_digest: SecretDigest,
    }
    /// A registration token was revoked (AC-4).
    RegistrationTokenRevoked {}
    /// A registration token admitted an account (AC-3).
    RegistrationTokenUsed { user_id: AccountId, }
    /// An account was created (AC-1, AC-2). Redacted after its deletion, and only then without name and address (AC-11).
    AccountCreated {
        name: Option<Name>,
        email: Option<Email>,
        role: Role,
        resource_id: Option<ResourceId>,
        external_id: Option<ExternalId>,
        metadata: Option<Metadata>,
        #[serde(skip_serializing_if = "core::ops::Not::not")]
        redacted: bool,
    }
    /// An account was changed (AC-10). Redacted after its deletion (AC-11).
    AccountUpdated {
        changes: AccountChanges,
        version: u64,
        #[serde(skip_serializing_if = "core::ops::Not::not")]
        redacted: bool,
    }
    /// An account was made active, inactive or suspended (AC-9).
    AccountStatusChanged { status: AccountStatus, version: u64, }
    /// An account was deleted (AC-11).
    AccountDeleted {}
}
