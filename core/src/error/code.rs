//! The one table of error codes. The enum, the wire codes, numbers, statuses, kinds, texts, the
//! README's section, the TypeScript union and the Python names all come from it.

use crate::error::FormError;
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

/// Whose fault a rejection is, in the five kinds that HTTP knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 400: the request itself is wrong.
    Validation,
    /// 401: the actor is not who it says, or not any more.
    Authentication,
    /// 403: the actor or the registered user may not.
    Permission,
    /// 404: there is no such thing in the actor's reach.
    NotFound,
    /// 409: the present state does not allow it.
    Conflict,
}

impl Kind {
    /// The HTTP status of this kind.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Kind::Validation => 400,
            Kind::Authentication => 401,
            Kind::Permission => 403,
            Kind::NotFound => 404,
            Kind::Conflict => 409,
        }
    }

    /// The kind as the wire writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Validation => "validation",
            Kind::Authentication => "authentication",
            Kind::Permission => "permission",
            Kind::NotFound => "not_found",
            Kind::Conflict => "conflict",
        }
    }
}

macro_rules! codes {
    ($($number:literal => $variant:ident, $wire:literal, $kind:ident, $retryable:literal, $meaning:literal, $what_to_do:literal;)*) => {
        /// Why a request was rejected or a call denied: the closed list of codes.
        ///
        /// The number is what `codes` answers in one byte a call; 0 is kept for "allow".
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $variant = $number,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            const fn row(self) -> ErrorInfo {
                match self {
                    $(Code::$variant => ErrorInfo {
                        code: $wire,
                        number: $number,
                        status: Kind::$kind.status(),
                        kind: Kind::$kind,
                        retryable: $retryable,
                        meaning: $meaning,
                        what_to_do: $what_to_do,
                    },)*
                }
            }
        }
    };
}

codes! {
    1 => InvalidRequest, "invalid_request", Validation, false,
        "the request is invalid",
        "correct the field at `pointer` and send the request again";
    2 => OriginUserIdRequired, "origin_user_id_required", Validation, false,
        "a registered user needs an `origin_user_id`, and none or an empty one was given",
        "send your own id of this user as a non-empty string in `origin_user_id`";
    3 => InvalidOriginUserId, "invalid_origin_user_id", Validation, false,
        "the `origin_user_id` is longer than 256 characters or has a control character",
        "send an `origin_user_id` of 1 to 256 characters without control characters";
    4 => OriginUserIdImmutable, "origin_user_id_immutable", Validation, false,
        "the `origin_user_id` of a registered user never changes",
        "leave `origin_user_id` out of the patch, or create another registered user";
    5 => OriginCompanyIdRequired, "origin_company_id_required", Validation, false,
        "a company name was given, but no company that it could name",
        "send `origin_company_id` beside `origin_company_name`";
    6 => InvalidOriginCompanyId, "invalid_origin_company_id", Validation, false,
        "the `origin_company_id` is empty, longer than 256 characters or has a control character",
        "send an `origin_company_id` of 1 to 256 characters without control characters";
    7 => InvalidCompanyForSharedScope, "invalid_company_for_shared_scope", Validation, false,
        "the scope is SHARED, and the registered user belongs to no company",
        "give the registered user a company by `shared_credential_group.origin_company_id`, or use another `auth_scope`";
    8 => InvalidCustomGroupings, "invalid_custom_groupings", Validation, false,
        "the custom groupings break their limits: strings only, at most 50 keys of 1 to 128 characters, values of at most 256 characters, each key given once",
        "correct the grouping at `pointer`";
    9 => InvalidEmail, "invalid_email", Validation, false,
        "the email address is not of the form `local@host.tld`",
        "send a plain address such as `alice@acme.example`, without white space around it";
    10 => EmailRequired, "email_required", Validation, false,
        "an account needs an email address",
        "send `email`";
    11 => NameRequired, "name_required", Validation, false,
        "a name is missing, empty or blank",
        "send a `name` with at least one visible character";
    12 => WeakPassword, "weak_password", Validation, false,
        "the password breaks a rule of the password policy",
        "choose a password that satisfies every rule listed in `violations`";
    13 => PasswordRequired, "password_required", Validation, false,
        "self-registration needs a password",
        "send `password`";
    14 => OrganizationIdRequired, "organization_id_required", Validation, false,
        "an organization must be named here",
        "send `organization_id`";
    15 => InvalidMetadata, "invalid_metadata", Validation, false,
        "the metadata is larger than 16 KiB, nested more than 8 levels deep, or has an integer beyond ±(2^53−1)",
        "send a smaller or flatter object, and large integers as strings";
    16 => InvalidRule, "invalid_rule", Validation, false,
        "the group rule is not of a known form, or beyond its limits",
        "correct the rule at `pointer`: one form in each node, at most 8 levels and 100 nodes";
    17 => InvalidToolPack, "invalid_tool_pack", Validation, false,
        "the tool pack names a connector twice or a tool that its connector does not have",
        "correct the entry at `pointer`";
    18 => InvalidSlug, "invalid_slug", Validation, false,
        "a connector or tool has a name that cannot be taken",
        "a connector: 1 to 64 letters, digits, `_`, `.` and `-`, without `__` and not ending with `_`; a tool: 1 to 128 characters without control characters";
    19 => KeyExceedsParent, "key_exceeds_parent", Validation, false,
        "a child key reaches beyond its parent",
        "narrow the child key at `pointer`";
    20 => InvalidSnapshot, "invalid_snapshot", Validation, false,
        "the snapshot or journal is damaged or inconsistent",
        "restore from an unaltered snapshot";
    21 => NotAuthenticated, "not_authenticated", Authentication, false,
        "the actor is unknown, expired or not active",
        "authenticate again, or ask an administrator to activate the account";
    22 => InvalidToken, "invalid_token", Authentication, false,
        "the registration token cannot be used",
        "ask the organization's administrator for a new registration token";
    23 => Forbidden, "forbidden", Permission, false,
        "this actor may not do this",
        "use an actor that has what the message names";
    24 => RegisteredUserInactive, "registered_user_inactive", Permission, false,
        "the registered user is deactivated",
        r#"reactivate the registered user by the patch `{"is_active": true}`"#;
    25 => ToolPackNotPermitted, "tool_pack_not_permitted", Permission, false,
        "the registered user is in none of the groups that the tool pack serves",
        "make the registered user a member of one of the pack's groups";
    26 => ConnectorNotInToolPack, "connector_not_in_tool_pack", Permission, false,
        "the tool pack does not contain this connector",
        "add the connector to the tool pack";
    27 => ToolNotInToolPack, "tool_not_in_tool_pack", Permission, false,
        "the tool pack or the connector does not contain this tool",
        "add the tool to the connector's entry in the pack, and to the connector";
    28 => CredentialRequired, "credential_required", Permission, false,
        "nobody has linked this connector at the scope that the tool pack asks for",
        "link the connector: `start_link`, then `complete_link`";
    29 => CredentialRevoked, "credential_revoked", Permission, false,
        "the credential for this connector was revoked",
        "link the connector again: `start_link`, then `complete_link`";
    30 => ReauthRequired, "reauth_required", Permission, false,
        "the credential for this connector has expired or was refused upstream",
        "authenticate again: `start_link`, then `complete_link`";
    31 => SelfAction, "self_action", Permission, false,
        "an account cannot change its own status or delete itself",
        "ask another administrator";
    32 => RegisteredUserNotFound, "registered_user_not_found", NotFound, false,
        "there is no such registered user in the actor's reach",
        "check the id, and that the key is of the user's environment";
    33 => CompanyNotFound, "company_not_found", NotFound, false,
        "there is no such company in the actor's reach",
        "check the `origin_company_id`, and that the key is of the company's environment";
    34 => OrganizationNotFound, "organization_not_found", NotFound, false,
        "there is no such organization in the actor's reach",
        "check the `organization_id`";
    35 => ConnectorNotFound, "connector_not_found", NotFound, false,
        "there is no such connector in the actor's reach",
        "check the slug, or add the connector by `put_connector`";
    36 => ToolPackNotFound, "tool_pack_not_found", NotFound, false,
        "there is no such tool pack in the actor's reach",
        "check the `tool_pack_id`";
    37 => GroupNotFound, "group_not_found", NotFound, false,
        "there is no such group in the actor's reach",
        "check the `group_id`";
    38 => CredentialNotFound, "credential_not_found", NotFound, false,
        "there is no live credential of this owner for this connector in the actor's reach",
        "check owner and connector; link the connector if it was never linked";
    39 => LinkSessionNotFound, "link_session_not_found", NotFound, false,
        "there is no such link session in the actor's reach",
        "start a new link session";
    40 => ToolCallNotFound, "tool_call_not_found", NotFound, false,
        "there is no open tool call with this id in the actor's reach",
        "check the id; a call that was left open ends by itself";
    41 => UserNotFound, "user_not_found", NotFound, false,
        "there is no such account in the actor's reach",
        "check the `user_id`";
    42 => RegistrationTokenNotFound, "registration_token_not_found", NotFound, false,
        "there is no such registration token in the actor's reach",
        "check the `token_id`";
    43 => OriginUserIdTaken, "origin_user_id_taken", Conflict, false,
        "another registered user holds this `origin_user_id`",
        "check whether you mixed test and production keys: the id may be held in the other environment";
    44 => EmailExists, "email_exists", Conflict, false,
        "another account has this email address",
        "sign in with the existing account, or use another address";
    45 => ExternalIdExists, "external_id_exists", Conflict, false,
        "another account of the organization has this `external_id`",
        "use another `external_id`";
    46 => OrganizationExists, "organization_exists", Conflict, false,
        "an organization with this id exists already",
        "use another `organization_id`, or leave it out";
    47 => VersionConflict, "version_conflict", Conflict, true,
        "the thing was changed since the version that was expected",
        "read it again, and repeat the change on its present version";
    48 => CompanyNotEmpty, "company_not_empty", Conflict, false,
        "registered users still belong to the company",
        "move or delete its registered users first";
    49 => GroupInUse, "group_in_use", Conflict, false,
        "a tool pack names the group",
        "remove the group from those tool packs first";
    50 => ConnectorInUse, "connector_in_use", Conflict, false,
        "a tool pack names the connector",
        "remove the connector from those tool packs first";
    51 => LinkSessionClosed, "link_session_closed", Conflict, false,
        "the link session was completed, failed or cancelled before",
        "start a new link session";
    52 => LinkSessionExpired, "link_session_expired", Conflict, false,
        "the link session's time is over",
        "start a new link session";
    53 => RetentionHold, "retention_hold", Conflict, false,
        "a retention hold keeps the registered user from being deleted",
        "release the hold by `set_retention_hold`, then delete again";
    54 => LastAdmin, "last_admin", Conflict, false,
        "the last active admin cannot be made inactive, deleted or given another role",
        "make another account an active admin first";
    55 => LimitExceeded, "limit_exceeded", Conflict, true,
        "a limit is reached",
        "remove or finish some of them, or wait until some have ended, then try again";
}

/// A row of the table of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ErrorInfo {
    /// The code as the wire writes it.
    pub code: &'static str,
    /// The code's number, 1–255, which never changes.
    pub number: u8,
    /// The HTTP status.
    pub status: u16,
    /// Whose fault it is.
    pub kind: Kind,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// What it means.
    pub meaning: &'static str,
    /// The way out.
    pub what_to_do: &'static str,
}

impl Code {
    /// The whole row of the table.
    #[must_use]
    pub const fn info(self) -> ErrorInfo {
        self.row()
    }

    /// The code as the wire writes it, such as `origin_user_id_taken`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().code
    }

    /// The code's number, 1–255.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The kind.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.row().kind
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.row().status
    }

    /// The code with this wire name.
    #[must_use]
    pub fn from_wire(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.as_str() == code)
    }
}

impl core::fmt::Display for Code {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

crate::convert::from_text!(Code, FormError, |text: &str| {
    Code::from_wire(text).ok_or_else(|| FormError::new(alloc::format!("`{}` is no code", super::quoted(text))))
});

/// Of a code's number, as [`Acting::codes`](crate::Acting::codes) answers it; 0 stands for no code.
impl TryFrom<u8> for Code {
    type Error = FormError;
    fn try_from(number: u8) -> Result<Self, FormError> {
        let code = Self::ALL.iter().copied().find(|known| known.number() == number);
        code.ok_or_else(|| FormError::new(alloc::format!("no code has the number {number}")))
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = alloc::string::String::deserialize(deserializer)?;
        Code::from_wire(&word).ok_or_else(|| serde::de::Error::custom("not a code of the error table"))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The table of errors (contract section 10), in the order of the codes' numbers.
///
/// ```
/// let taken = tenantry::error_catalog().into_iter().find(|row| row.code == "origin_user_id_taken").unwrap();
/// assert_eq!((taken.status, taken.retryable), (409, false));
/// ```
#[must_use]
pub fn error_catalog() -> Vec<ErrorInfo> {
    Code::ALL.iter().map(|code| code.row()).collect()
}
