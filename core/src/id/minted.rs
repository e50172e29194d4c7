//! Ids that the core mints from the context's entropy: UUIDv7 and prefixed ULIDs (contract section 2).

use crate::context::Entropy;
use crate::declare::read::{FromWire, Reader};
use crate::declare::{minted, read_minted};
use crate::error::FormError;
use crate::json::{Path, Value};
use crate::shape::{Shown, Text, Type};
use crate::time::Timestamp;
use alloc::string::ToString;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// What all minted ids have in common.
///
/// A text that is not a minted id becomes an id that nothing can have: look-ups miss it,
/// and two different texts stay different. So callers may send any text without a second kind of id.
pub(crate) trait MintedId: Copy + Ord {
    fn mint(millis: u64, random: [u8; 10]) -> Self;
    fn parse(text: &str) -> Option<Self>;
    fn from_text(text: &str) -> Self;
    /// Whether it may have been minted; if not, nothing has it.
    fn can_exist(self) -> bool;
}

/// The ids of one command, all derived from its one entropy.
#[derive(Debug)]
pub(crate) struct Mint {
    entropy: Entropy,
    now: Timestamp,
    count: u32,
}

impl Mint {
    pub(crate) fn new(entropy: Entropy, now: Timestamp) -> Self {
        Mint { entropy, now, count: 0 }
    }

    pub(crate) fn next<I: MintedId>(&mut self) -> I {
        let mut hash = Sha256::new();
        hash.update(self.entropy.bytes());
        hash.update(self.count.to_be_bytes());
        self.count += 1;
        let digest: [u8; 32] = hash.finalize().into();
        I::mint(self.now.id_millis(), first(digest))
    }
}

fn first<const N: usize>(digest: [u8; 32]) -> [u8; N] {
    core::array::from_fn(|index| digest.get(index).copied().unwrap_or_default())
}

fn hash_of(text: &str) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(text.as_bytes());
    first(hash.finalize().into())
}

const NOT_SUCH_AN_ID: &str = "not an id of this kind";

macro_rules! text_impls {
    ($name:ident, $pattern:expr) => {
        impl $name {
            /// The id that prints as this text; any other text gives an id that nothing has, for look-ups that miss.
            /// `parse` takes the id's own text only.
            #[must_use]
            pub fn from_text(text: &str) -> Self {
                MintedId::from_text(text)
            }
        }

        crate::convert::from_text!($name, FormError, |text: &str| {
            MintedId::parse(text).ok_or_else(|| FormError::new(NOT_SUCH_AN_ID))
        });

        impl FromWire for $name {
            fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                read_minted(value, path, reader)
            }

            fn shape() -> Type {
                minted()
            }
        }

        impl Shown for $name {
            fn shown() -> Type {
                Type::Text(Text { pattern: Some($pattern), ..Text::default() })
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_string())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::json::read_text(deserializer, |text| MintedId::parse(text).ok_or(NOT_SUCH_AN_ID))
            }
        }
    };
}

/// The id of a registered user: a UUIDv7, printed in lower case with hyphens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegisteredUserId(u128);

const NO_DIGIT: u8 = 16;

/// The lower-case hex digits by their bytes.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const HEX: [u8; 256] = {
    let mut table = [NO_DIGIT; 256];
    let mut digit = 0;
    while digit < 16 {
        let byte = if digit < 10 { b'0' + digit } else { b'a' + digit - 10 };
        table[byte as usize] = digit;
        digit += 1;
    }
    table
};

impl MintedId for RegisteredUserId {
    fn mint(millis: u64, random: [u8; 10]) -> Self {
        RegisteredUserId(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().as_u128())
    }

    fn parse(text: &str) -> Option<Self> {
        // The strict form only, since ids compare byte for byte (M-2). Written out, because this is
        // among the longest steps of a decision.
        let bytes: &[u8; 36] = text.as_bytes().try_into().ok()?;
        let mut id: u128 = 0;
        let mut seen = 0;
        for (from, to) in [(0, 8), (9, 13), (14, 18), (19, 23), (24, 36)] {
            let digits = bytes.get(from..to)?;
            for byte in digits {
                let digit = HEX.get(usize::from(*byte)).copied().unwrap_or(NO_DIGIT);
                seen |= digit;
                id = (id << 4) | u128::from(digit);
            }
        }
        let hyphens = [8, 13, 18, 23].iter().all(|at: &usize| bytes.get(*at) == Some(&b'-'));
        if seen >= 16 {
            return None;
        }
        let version = (id >> 76) & 0xf;
        let variant = (id >> 62) & 0x3;
        (hyphens && version == 7 && variant == 2).then_some(RegisteredUserId(id))
    }

    fn can_exist(self) -> bool {
        (self.0 >> 76) & 0xf == 7
    }

    fn from_text(text: &str) -> Self {
        // Version 8 is never minted, and never the reading of a text: that text is hashed in turn.
        Self::parse(text)
            .unwrap_or_else(|| RegisteredUserId(uuid::Builder::from_custom_bytes(hash_of(text)).into_uuid().as_u128()))
    }
}

impl fmt::Display for RegisteredUserId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&uuid::Uuid::from_u128(self.0).hyphenated(), formatter)
    }
}

text_impls!(RegisteredUserId, "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn ulid_from(millis: u64, random: [u8; 10]) -> u128 {
    random.iter().fold(u128::from(millis), |id, byte| (id << 8) | u128::from(*byte))
}

fn ulid_text(id: u128) -> [u8; 26] {
    core::array::from_fn(|index| {
        let digit = (id >> (5 * (25 - index))) & 31;
        CROCKFORD.get(digit as usize).copied().unwrap_or(b'0')
    })
}

fn ulid_parse(text: &str) -> Option<u128> {
    let bytes: &[u8; 26] = text.as_bytes().try_into().ok()?;
    if bytes.first()? > &b'7' {
        return None;
    }
    bytes.iter().try_fold(0u128, |id, byte| {
        let digit = CROCKFORD.iter().position(|known| known == byte)?;
        Some((id << 5) | digit as u128)
    })
}

macro_rules! prefixed_ulids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl MintedId for $name {
            fn mint(millis: u64, random: [u8; 10]) -> Self {
                $name(ulid_from(millis, random))
            }

            fn parse(text: &str) -> Option<Self> {
                ulid_parse(text.strip_prefix($prefix)?).map($name).filter(|id| id.can_exist())
            }

            fn can_exist(self) -> bool {
                self.0 >> 120 != 0xff
            }

            fn from_text(text: &str) -> Self {
                // A first byte of 0xff is beyond the year 9999, so that it is never minted.
                Self::parse(text).unwrap_or_else(|| $name(u128::from_be_bytes(hash_of(text)) | (0xff << 120)))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str($prefix)?;
                formatter.write_str(core::str::from_utf8(&ulid_text(self.0)).unwrap_or_default())
            }
        }

        text_impls!($name, concat!("^", $prefix, "[0-7][0-9A-HJKMNP-TV-Z]{25}$"));
    )*};
}

prefixed_ulids! {
    /// One incarnation of a company: `cmp_` and a ULID.
    CompanyId "cmp_";
    /// A member of the platform itself: `usr_` and a ULID.
    AccountId "usr_";
    /// A registration token, not its secret: `tok_` and a ULID.
    RegistrationTokenId "tok_";
    /// A link session: `lnk_` and a ULID.
    LinkSessionId "lnk_";
    /// A tool call: `call_` and a ULID.
    ToolCallId "call_";
}

/// The ULID part of a minted organization id, which is text since customers may choose theirs.
pub(crate) fn mint_ulid(mint: &mut Mint) -> alloc::string::String {
    ulid_text(mint.next::<CompanyId>().0).into_iter().map(char::from).collect()
}
