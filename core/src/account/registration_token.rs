//! Registration tokens: secrets that let people register themselves (AC-2…4).

use super::Role;
use super::password::Secret;
use crate::id::{OrganizationId, RegistrationTokenId};
use crate::time::Timestamp;
use alloc::format;
use alloc::string::String;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The SHA-256 of a registration secret, in lower-case hex; all that is kept of it (P-4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SecretDigest(String);

impl SecretDigest {
    pub(crate) fn of(secret: &Secret) -> Self {
        let digest = Sha256::digest(secret.reveal().as_bytes());
        SecretDigest(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// A registration token's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RegistrationToken {
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
