//! Registration tokens: secrets that let people register themselves (AC-2…4).

use super::Role;
use super::lifecycle::TokenTrigger;
use super::password::Secret;
use crate::declare::string_enum::string_enum;
use crate::declare::view::view;
use crate::id::{OrganizationId, RegistrationTokenId};
use crate::time::Timestamp;
use alloc::string::String;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

string_enum! {
    /// The status of a registration token; where several apply, the first in the order revoked, expired,
    /// exhausted (AC-4).
    TokenStatus {
        /// It admits accounts.
        Active "active",
        /// All its uses are taken.
        Exhausted "exhausted",
        /// Its time is over.
        Expired "expired",
        /// An administrator has revoked it.
        Revoked "revoked",
    }
}

/// The SHA-256 of a registration secret; all that is kept of it (P-4). Written in lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretDigest([u8; 32]);

impl SecretDigest {
    pub(crate) fn of(secret: &Secret) -> Self {
        SecretDigest(Sha256::digest(secret.reveal().as_bytes()).into())
    }

    /// Reads 64 lower-case hex digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
        let pairs: &[[u8; 2]; 32] = pairs.try_into().ok()?;
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = (nibble(*high)? << 4) | nibble(*low)?;
        }
        Some(SecretDigest(bytes))
    }
}

/// Lower case only, so that a digest has one text.
const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for SecretDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for SecretDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for SecretDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SecretDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        SecretDigest::parse(&text).ok_or_else(|| serde::de::Error::custom("expected 64 lower-case hex digits"))
    }
}

/// A registration token's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RegistrationTokenRow {
    pub(crate) token_id: RegistrationTokenId,
    pub(crate) organization_id: OrganizationId,
    pub(crate) secret_digest: SecretDigest,
    pub(crate) role: Role,
    pub(crate) uses: u64,
    /// None is unlimited.
    pub(crate) max_uses: Option<u64>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) revoked: bool,
    pub(crate) sequence: u64,
}

view! {
    /// A registration token as answers show it; never its secret.
    RegistrationToken {
        /// Its id, which admits nobody.
        token_id: RegistrationTokenId,
        /// Where it admits to.
        organization_id: OrganizationId,
        /// The role of the accounts that it admits.
        role: Role,
        /// How many accounts it has admitted.
        uses: u64,
        /// How many it may admit in all; none is unlimited.
        max_uses: Option<u64>,
        /// The first instant at which it admits nobody any more.
        expires_at: Option<Timestamp>,
        /// Its status.
        status: TokenStatus,
    }
}

impl RegistrationTokenRow {
    /// The status at an instant (AC-4).
    pub(crate) fn status_at(&self, now: Timestamp) -> TokenStatus {
        if self.revoked {
            TokenStatus::Revoked
        } else if self.expires_at.is_some_and(|at| now >= at) {
            TokenStatus::Expired
        } else if self.max_uses.is_some_and(|max_uses| self.uses >= max_uses) {
            TokenStatus::Exhausted
        } else {
            TokenStatus::Active
        }
    }

    /// What one more use would be.
    pub(crate) fn next_use(&self) -> TokenTrigger {
        let takes_the_last = self.max_uses.is_some_and(|max_uses| self.uses.saturating_add(1) >= max_uses);
        if takes_the_last { TokenTrigger::LastUse } else { TokenTrigger::Use }
    }

    pub(crate) fn view(&self, now: Timestamp) -> RegistrationToken {
        RegistrationToken {
            token_id: self.token_id,
            organization_id: self.organization_id.clone(),
            role: self.role,
            uses: self.uses,
            max_uses: self.max_uses,
            expires_at: self.expires_at,
            status: self.status_at(now),
        }
    }
}
