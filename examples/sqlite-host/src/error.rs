//! What may go wrong.

use tenantry::json::Malformed;
use tenantry::{Rejection, UsageError};

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules refuse it. This one is for the caller; the others are the host's own.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// This program has asked for something in a wrong way.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// Others were quicker time and again.
    #[error("others were quicker time and again")]
    Contended,
    /// The database.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    /// What stands in the database is not what was written there.
    #[error(transparent)]
    Json(#[from] Malformed),
    /// There is no randomness.
    #[error(transparent)]
    Entropy(#[from] getrandom::Error),
    /// The clock is beyond the year 9999.
    #[error("the clock is beyond the year 9999")]
    Clock,
}

impl From<tenantry::Error> for Error {
    fn from(error: tenantry::Error) -> Self {
        match error {
            tenantry::Error::Rejected(rejection) => rejection.into(),
            tenantry::Error::Usage(usage) => usage.into(),
        }
    }
}

impl Error {
    /// The rejection, where the rules refuse.
    #[must_use]
    pub const fn rejection(&self) -> Option<&Rejection> {
        match self {
            Error::Rejected(rejection) => Some(rejection),
            _ => None,
        }
    }
}
