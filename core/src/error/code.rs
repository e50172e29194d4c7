//! The one table of error codes. The enum, the wire codes, numbers, statuses, kinds, texts, the
//! README's section, the TypeScript union and the Python names all come from it.

use crate::error::{FormError, Kind};
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($number:literal => $variant:ident, $wire:literal, $kind:ident, $retryable:literal, $meaning:literal, $what_to_do:literal
        $(, $user_message:literal)?;)*) => {
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
                        user_message: codes!(@optional $($user_message)?),
                    },)*
                }
            }
        }
    };
    (@optional) => { None };
    (@optional $text:literal) => { Some($text) };
}

codes! {
    1 => InvalidRequest, "invalid_request", Validation, false,
        "the request is invalid",
        "correct the field at `pointer` and send the request again";
    2 => OriginUserIdRequired, "origin_user_id_required", Validation, false,
        "the `origin_user_id` is missing or empty",
        "send your own id for this user as a non-empty string in `origin_user_id`";
    3 => InvalidOriginUserId, "invalid_origin_user_id", Validation, false,
        "the `origin_user_id` is longer than 256 characters or contains a control character",
        "send an `origin_user_id` of 1 to 256 characters without control characters";
    4 => OriginUserIdImmutable, "origin_user_id_immutable", Validation, false,
        "the `origin_user_id` of a registered user cannot be changed",
        "leave `origin_user_id` out of the patch, or create another registered user";
    5 => OriginCompanyIdRequired, "origin_company_id_required", Validation, false,
        "a company name was given without a company",
        "send `origin_company_id` together with `origin_company_name`";
    6 => InvalidOriginCompanyId, "invalid_origin_company_id", Validation, false,
        "the `origin_company_id` is empty, longer than 256 characters or contains a control character",
        "send an `origin_company_id` of 1 to 256 characters without control characters";
    7 => InvalidCompanyForSharedScope, "invalid_company_for_shared_scope", Validation, false,
        "the scope is `SHARED`, but the registered user belongs to no company",
        "set the registered user's company in `shared_credential_group.origin_company_id`, or use another `auth_scope`";
    8 => InvalidCustomGroupings, "invalid_custom_groupings", Validation, false,
        "the custom groupings are invalid: at most 50 keys of 1 to 128 characters are allowed, each given once, and every value must be a string of at most 256 characters",
        "correct the grouping at `pointer`";
    9 => InvalidEmail, "invalid_email", Validation, false,
        "the email address does not have the form `local@host.tld`",
        "send a plain address such as `alice@acme.example`, without surrounding white space",
        "Enter a valid email address, such as name@example.com.";
    10 => EmailRequired, "email_required", Validation, false,
        "an account needs an email address",
        "send `email`",
        "Enter your email address.";
    11 => NameRequired, "name_required", Validation, false,
        "a name is missing, empty or blank",
        "send a `name` with at least one visible character",
        "Enter a name.";
    12 => WeakPassword, "weak_password", Validation, false,
        "the password does not satisfy the password policy",
        "choose a password that satisfies every rule listed in `violations`",
        "This password is not accepted. Choose a stronger one.";
    13 => PasswordRequired, "password_required", Validation, false,
        "self-registration needs a password",
        "send `password`",
        "Choose a password.";
    14 => OrganizationIdRequired, "organization_id_required", Validation, false,
        "an organization is required",
        "send `organization_id`";
    15 => InvalidMetadata, "invalid_metadata", Validation, false,
        "the metadata is larger than 16 KiB, nested more than 8 levels deep, or contains an integer beyond ±(2^53−1)",
        "send a smaller or flatter object, and send large integers as strings";
    16 => InvalidRule, "invalid_rule", Validation, false,
        "the group rule is malformed or exceeds its limits",
        "correct the rule at `pointer`: give each node exactly one form, and stay within 8 levels and 100 nodes";
    17 => InvalidToolPack, "invalid_tool_pack", Validation, false,
        "the tool pack lists a connector twice, or a tool that its connector does not have",
        "correct the entry at `pointer`";
    18 => InvalidSlug, "invalid_slug", Validation, false,
        "the name of a connector or tool is invalid",
        "name a connector with 1 to 64 letters, digits, `_`, `.` and `-`, without `__` or a trailing `_`; name a tool with 1 to 128 characters, without control characters";
    19 => KeyExceedsParent, "key_exceeds_parent", Validation, false,
        "the child key grants more than its parent",
        "narrow the child key at `pointer`";
    20 => InvalidSnapshot, "invalid_snapshot", Validation, false,
        "the snapshot or journal is damaged or inconsistent",
        "restore from an unmodified snapshot";
    21 => NotAuthenticated, "not_authenticated", Authentication, false,
        "the actor is unknown, expired or inactive",
        "authenticate again, or ask an administrator to activate the account",
        "You are not signed in, or your account is not active. Sign in again, or ask your administrator for help.";
    22 => InvalidToken, "invalid_token", Authentication, false,
        "the registration token cannot be used",
        "ask the organization's administrator for a new registration token",
        "This invitation is not valid. Ask your administrator for a new one.";
    23 => Forbidden, "forbidden", Permission, false,
        "the actor is not allowed to do this",
        "use an actor with the permission that the message names";
    24 => RegisteredUserInactive, "registered_user_inactive", Permission, false,
        "the registered user is deactivated",
        r#"reactivate the registered user with the patch `{"is_active": true}`"#,
        "Your account has been deactivated. Ask your administrator to reactivate it.";
    25 => ToolPackNotPermitted, "tool_pack_not_permitted", Permission, false,
        "the registered user is in none of the tool pack's groups",
        "change the user's groupings or company, or the pack's groups, so that one of them matches",
        "You do not have access to this tool. Ask your administrator for access.";
    26 => ConnectorNotInToolPack, "connector_not_in_tool_pack", Permission, false,
        "the tool pack does not contain this connector",
        "add the connector to the tool pack";
    27 => ToolNotInToolPack, "tool_not_in_tool_pack", Permission, false,
        "the tool pack or the connector does not contain this tool",
        "add the tool to the connector, and to the connector's entry in the tool pack";
    28 => CredentialRequired, "credential_required", Permission, false,
        "no credential is linked for this connector at the scope that the tool pack requires",
        "link the connector with `start_link`, then `complete_link`",
        "This app is not connected yet. Connect it to continue, or ask your administrator to connect it.";
    29 => CredentialRevoked, "credential_revoked", Permission, false,
        "the credential for this connector was revoked",
        "link the connector again with `start_link`, then `complete_link`",
        "The connection to this app was removed. Connect it again, or ask your administrator to connect it.";
    30 => ReauthRequired, "reauth_required", Permission, false,
        "the credential for this connector has expired or was rejected upstream",
        "let the owner authenticate again with `start_link`, then `complete_link`",
        "The connection to this app has expired. Sign in to it again, or ask your administrator to do so.";
    31 => SelfAction, "self_action", Permission, false,
        "an account cannot change its own status or delete itself",
        "ask another administrator";
    32 => RegisteredUserNotFound, "registered_user_not_found", NotFound, false,
        "the registered user does not exist or is not visible to the actor",
        "check the `registered_user_id`, and that the access key belongs to the user's environment";
    33 => CompanyNotFound, "company_not_found", NotFound, false,
        "the company does not exist or is not visible to the actor",
        "check the `origin_company_id`, and that the access key belongs to the company's environment";
    34 => OrganizationNotFound, "organization_not_found", NotFound, false,
        "the organization does not exist or is not visible to the actor",
        "check the `organization_id`";
    35 => ConnectorNotFound, "connector_not_found", NotFound, false,
        "the connector does not exist or is not visible to the actor",
        "check the slug, or add the connector with `put_connector`";
    36 => ToolPackNotFound, "tool_pack_not_found", NotFound, false,
        "the tool pack does not exist or is not visible to the actor",
        "check the `tool_pack_id`";
    37 => GroupNotFound, "group_not_found", NotFound, false,
        "the group does not exist or is not visible to the actor",
        "check the `group_id`";
    38 => CredentialNotFound, "credential_not_found", NotFound, false,
        "the owner has no live credential for this connector, or it is not visible to the actor",
        "check `owner` and `connector`; link the connector if it was never linked";
    39 => LinkSessionNotFound, "link_session_not_found", NotFound, false,
        "the link session does not exist or is not visible to the actor",
        "start a new link session",
        "This sign-in link is not valid. Start again.";
    40 => ToolCallNotFound, "tool_call_not_found", NotFound, false,
        "there is no open tool call with this id, or it is not visible to the actor",
        "check the `tool_call_id`; a call that is left open expires on its own";
    41 => UserNotFound, "user_not_found", NotFound, false,
        "the account does not exist or is not visible to the actor",
        "check the `user_id`";
    42 => RegistrationTokenNotFound, "registration_token_not_found", NotFound, false,
        "the registration token does not exist or is not visible to the actor",
        "check the `token_id`";
    43 => OriginUserIdTaken, "origin_user_id_taken", Conflict, false,
        "another registered user has this `origin_user_id`",
        "check whether you mixed up test and production keys: the id may be taken in the other environment";
    44 => EmailExists, "email_exists", Conflict, false,
        "another account has this email address",
        "sign in with the existing account, or use another address",
        "An account with this email address already exists. Sign in, or use another address.";
    45 => ExternalIdExists, "external_id_exists", Conflict, false,
        "another account in the organization has this `external_id`",
        "use another `external_id`";
    46 => OrganizationExists, "organization_exists", Conflict, false,
        "an organization with this id already exists",
        "use another `organization_id`, or leave it out";
    47 => VersionConflict, "version_conflict", Conflict, true,
        "the current version is not the expected one",
        "read it again, and repeat the change with the current version";
    48 => CompanyNotEmpty, "company_not_empty", Conflict, false,
        "the company still has registered users",
        "move or delete its registered users first";
    49 => GroupInUse, "group_in_use", Conflict, false,
        "a tool pack uses the group",
        "remove the group from its tool packs first";
    50 => ConnectorInUse, "connector_in_use", Conflict, false,
        "a tool pack uses the connector",
        "remove the connector from its tool packs first";
    51 => LinkSessionClosed, "link_session_closed", Conflict, false,
        "the link session was already completed, failed or cancelled",
        "start a new link session",
        "This sign-in link was already used or cancelled. Start again.";
    52 => LinkSessionExpired, "link_session_expired", Conflict, false,
        "the link session has expired",
        "start a new link session",
        "This sign-in link has expired. Start again.";
    53 => RetentionHold, "retention_hold", Conflict, false,
        "the registered user is under a retention hold and cannot be deleted",
        "release the hold with `set_retention_hold`, then delete again";
    54 => LastAdmin, "last_admin", Conflict, false,
        "the last active admin cannot be deactivated, deleted or given another role",
        "make another account an active admin first";
    55 => LimitExceeded, "limit_exceeded", Conflict, true,
        "a limit has been reached",
        "remove or finish some items, or wait until some expire, then try again";
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
    /// What the code means.
    pub meaning: &'static str,
    /// How the platform's developers can correct it.
    pub what_to_do: &'static str,
    /// A sentence to show to an end user, who did not write the request. It gives away no more than the code does. Only
    /// for codes on which an end user can act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_message: Option<&'static str>,
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
    Code::from_wire(text).ok_or_else(|| FormError::new(alloc::format!("unknown code `{}`", super::quoted(text))))
});

/// From a code's number, as [`Acting::codes`](crate::Acting::codes) returns it; 0 is no code.
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
        Code::from_wire(&word).ok_or_else(|| serde::de::Error::custom("unknown code"))
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
