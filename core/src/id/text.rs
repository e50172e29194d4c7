//! The customer's own strings: opaque, compared byte for byte, never trimmed or folded (M-2).

use super::email::{self, is_address, is_any_address};
use super::minted::{Mint, mint_ulid};
use crate::declare::NO_CONTROLS;
use crate::error::{Code, FormError, quoted};
use crate::shape::{Shown, Text, Type};
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use core::borrow::Borrow;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Characters that an id or a name may have (contract section 11).
pub(crate) const MAX_ID: usize = 255;
/// Characters of a connector's slug (TP-1).
const MAX_SLUG: usize = 64;
/// Characters of a tool's name (TP-1).
const MAX_TOOL_NAME: usize = 128;
/// Characters that the customer's own id of a user or a company may have: what key columns elsewhere take.
const MAX_ORIGIN_ID: usize = 256;
const MAX_REASON: usize = 255;

fn wrong(code: Code, message: impl Into<String>) -> Result<(), FormError> {
    Err(FormError { code, message: message.into() })
}

/// A text with a form of its own that may occur in a request.
pub(crate) trait WireText: Sized {
    /// The code where the field is missing, null or (where that differs from a wrong form) empty.
    const REQUIRED: Code = Code::InvalidRequest;
    /// Added to the message when a number is given.
    const HINT: &'static str = "";
    fn from_wire(text: &str) -> Result<Self, FormError>;
    /// The texts that are taken, for schema and types.
    fn form() -> Text;
}

/// Personal data prints by `as_str` alone: nobody puts it into a message unawares (P-4).
macro_rules! display {
    (redacted $name:ident) => {};
    (plain $name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }
    };
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $form:expr, $shown:ident $(, required $required:ident)? $(, hint $hint:literal)?;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a text of the right form.
            ///
            /// # Errors
            /// A text of another form, with the code that a request would be refused with.
            pub fn new(text: impl AsRef<str>) -> Result<Self, FormError> {
                $form.check(text.as_ref())?;
                Ok($name(Arc::from(text.as_ref())))
            }

            /// The text, as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl WireText for $name {
            $(const REQUIRED: Code = Code::$required;)?
            $(const HINT: &'static str = $hint;)?
            fn from_wire(text: &str) -> Result<Self, FormError> {
                Self::new(text)
            }

            fn form() -> Text {
                $form.shape()
            }
        }

        impl Shown for $name {
            fn shown() -> Type {
                Type::Text(Self::form())
            }
        }

        crate::convert::from_text!($name, FormError, Self::new);
        display!($shown $name);

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                debug::$shown(stringify!($name), &self.0, formatter)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::json::read_text(deserializer, |text| $name::new(text))
            }
        }
    )*};
}

mod debug {
    use core::fmt::{Debug, Formatter, Result};

    pub(super) fn plain(_: &str, text: &str, formatter: &mut Formatter<'_>) -> Result {
        Debug::fmt(text, formatter)
    }

    /// Personal data: never in a log line by accident.
    pub(super) fn redacted(name: &str, _: &str, formatter: &mut Formatter<'_>) -> Result {
        formatter.debug_tuple(name).field(&"…").finish()
    }
}

texts! {
    /// An organization: `org_` and 1–251 more characters without control characters.
    OrganizationId Reader::Organization, plain;
    /// The customer's own id of a registered user: 1–256 characters without control characters.
    OriginUserId Reader::Id(MAX_ORIGIN_ID, Code::InvalidOriginUserId), redacted,
        required OriginUserIdRequired, hint "; send numbers as strings too, such as \"42\"";
    /// The customer's own id of a company: 1–256 characters without control characters. In a
    /// product for single persons this may itself be personal data, and a company outlives its users.
    OriginCompanyId Reader::Id(MAX_ORIGIN_ID, Code::InvalidOriginCompanyId), redacted,
        hint "; send numbers as strings too, such as \"42\"";
    /// A connector's slug: `[A-Za-z0-9_.-]{1,64}`, without `__`, not ending with `_` (TP-1).
    ConnectorSlug Reader::Slug, plain;
    /// A tool's name as its vendor gives it: 1–128 characters without control characters (TP-1).
    ToolName Reader::Id(MAX_TOOL_NAME, Code::InvalidSlug), plain;
    /// The customer's own id of a tool pack: 1–255 characters without control characters.
    ToolPackId Reader::Id(MAX_ID, Code::InvalidRequest), plain;
    /// The customer's own id of a group: 1–255 characters without control characters.
    GroupId Reader::Id(MAX_ID, Code::InvalidRequest), plain;
    /// The account at the third party that a credential belongs to: 1–255 characters.
    ExternalAccountId Reader::Id(MAX_ID, Code::InvalidRequest), redacted;
    /// The host's own id of an account, unique in its organization (AC-7): 1–255 characters.
    ExternalId Reader::Id(MAX_ID, Code::InvalidRequest), redacted;
    /// The host's own id for an account: 1–255 characters.
    ResourceId Reader::Id(MAX_ID, Code::InvalidRequest), redacted;
    /// What a person or a company is called: at most 255 characters.
    Label Reader::Any(MAX_ID), redacted;
    /// What an organization, pack, group or account is called: 1–255 characters, not all blank (AC-5).
    Name Reader::NotBlank(MAX_ID), redacted, required NameRequired;
    /// An email address in ASCII: dot-atom, `@`, host name with a dot (AC-5); kept as given.
    Email Reader::Address, redacted, required EmailRequired;
    /// A registered user's address, as the customer has it: `local@host.tld` with any characters but white space and
    /// control characters (AC-5). It need not be unique, and nothing is ever sent to it.
    OriginUserEmail Reader::AnyAddress, redacted;
    /// The host's own name of an access key (E-3): 1–255 characters without control characters.
    KeyId Reader::Id(MAX_ID, Code::InvalidRequest), plain;
    /// Why somebody did something, for the record: at most 255 characters.
    Reason Reader::Any(MAX_REASON), redacted;
}

impl ConnectorSlug {
    /// Whether the two share one text in memory; if not, they may still be equal.
    pub(crate) fn is_same_copy(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl OriginCompanyId {
    /// A company that no text can name, in a request, a snapshot or an event: it has a control character.
    pub(crate) fn beyond_text() -> Self {
        OriginCompanyId(Arc::from("\0"))
    }

    pub(crate) fn is_beyond_text(&self) -> bool {
        self.as_str() == "\0"
    }
}

impl OrganizationId {
    pub(crate) fn mint(mint: &mut Mint) -> Self {
        OrganizationId(Arc::from(format!("org_{}", mint_ulid(mint))))
    }
}

impl Email {
    /// The address without regard to case, by which accounts are found (AC-5).
    pub(crate) fn folded(&self) -> Arc<str> {
        Arc::from(self.0.to_ascii_lowercase())
    }

    /// The part before the `@`.
    pub(crate) fn local_part(&self) -> &str {
        self.0.split_once('@').map_or(&self.0, |(local, _)| local)
    }
}

/// What a text must look like: how it is checked, and how schema and types describe it.
enum Reader {
    /// `org_` and an id.
    Organization,
    /// 1 to so many characters, none of them a control character (category Cc); the code where they are not.
    Id(usize, Code),
    /// At most so many characters.
    Any(usize),
    /// The same, and not all blank.
    NotBlank(usize),
    /// `[A-Za-z0-9_.-]{1,64}`, without `__`, not ending with `_`: so that a full name is split at the first `__`.
    Slug,
    /// An email address by the strict form.
    Address,
    /// An email address by the lenient form.
    AnyAddress,
}

impl Reader {
    fn check(&self, text: &str) -> Result<(), FormError> {
        match self {
            Reader::Organization => match text.strip_prefix("org_") {
                Some(rest) => id(rest, MAX_ID - 4, Code::InvalidRequest),
                None => wrong(Code::InvalidRequest, "an organization id must begin with `org_`"),
            },
            Reader::Id(_, Code::InvalidOriginUserId) if text.is_empty() => {
                wrong(Code::OriginUserIdRequired, "`origin_user_id` is empty")
            }
            Reader::Id(most, code) => id(text, *most, *code),
            Reader::Any(most) => longest(text, *most),
            Reader::NotBlank(_) if text.trim().is_empty() => wrong(Code::NameRequired, "the name is empty or blank"),
            Reader::NotBlank(most) => longest(text, *most),
            Reader::Slug => slug(text),
            Reader::Address if is_address(text) => Ok(()),
            Reader::Address => wrong(Code::InvalidEmail, "not an email address of the form `local@host.tld` in ASCII"),
            Reader::AnyAddress if is_any_address(text) => Ok(()),
            Reader::AnyAddress => wrong(Code::InvalidEmail, "not an email address of the form `local@host.tld`"),
        }
    }

    fn shape(&self) -> Text {
        let text = |least, most, pattern| Text { least, most: Some(most), pattern: Some(pattern), ..Text::default() };
        match self {
            Reader::Organization => text(5, MAX_ID, r"^org_[^\u0000-\u001f\u007f-\u009f]+$"),
            Reader::Id(most, _) => text(1, *most, NO_CONTROLS),
            Reader::Any(most) => Text { most: Some(*most), ..Text::default() },
            Reader::NotBlank(most) => text(1, *most, r"\S"),
            Reader::Slug => text(1, MAX_SLUG, r"^_?[A-Za-z0-9.-]+(_[A-Za-z0-9.-]+)*$"),
            Reader::Address => text(3, email::MAX_TOTAL, email::ADDRESS),
            Reader::AnyAddress => text(3, email::MAX_TOTAL, email::ANY_ADDRESS),
        }
    }
}

/// 1–`most` characters, none of them a control character (category Cc).
fn id(text: &str, most: usize, code: Code) -> Result<(), FormError> {
    if text.is_empty() {
        return wrong(code, "the id is empty");
    }
    // A character has at most four bytes: short texts need no counting.
    if text.len() > most && text.chars().count() > most {
        return wrong(code, format!("longer than {most} characters"));
    }
    if text.chars().any(char::is_control) {
        return wrong(code, format!("`{}` contains a control character", quoted(text)));
    }
    Ok(())
}

fn longest(text: &str, most: usize) -> Result<(), FormError> {
    if text.len() > most && text.chars().count() > most {
        return wrong(Code::InvalidRequest, format!("longer than {most} characters"));
    }
    Ok(())
}

fn slug(text: &str) -> Result<(), FormError> {
    let is_listed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    let fault = if text.is_empty() || !text.bytes().all(is_listed) {
        "must consist of ASCII letters, digits, `_`, `.` and `-`"
    } else if text.len() > MAX_SLUG {
        "must have at most 64 characters"
    } else if text.contains("__") {
        "must not contain `__`, which separates it from the tool"
    } else if text.ends_with('_') {
        "must not end with `_`, since `__` follows it in a tool's full name"
    } else {
        return Ok(());
    };
    wrong(Code::InvalidSlug, format!("`{}`: a connector's slug {fault}", quoted(text)))
}
