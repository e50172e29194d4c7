//! What may go wrong, and whose mistake it is.

use tenantry::{Rejection, UsageError};

/// Why a request came to nothing. Nothing has changed, but for what [`Database`](Self::Database) says.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The rules refuse the request: for its sender.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// This program has made a mistake: for its developers.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// The tables are of another version than this crate serves.
    #[error("the tables are of version {0}, this release serves version 1")]
    Version(i64),
    /// Other writers changed the same rows on every attempt. Nothing was committed.
    #[error("other writers changed the same rows on every attempt: nothing was committed")]
    Contended,
    /// The database, or its contents. Where it comes up in a command, the database leaves open whether that was
    /// committed.
    #[error("the database: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// The error of a database's own driver.
    pub fn database(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Database(error.into())
    }

    /// The rejection, where the rules refuse.
    #[must_use]
    pub const fn rejection(&self) -> Option<&Rejection> {
        match self {
            Error::Rejected(rejection) => Some(rejection),
            Error::Usage(_) | Error::Version(_) | Error::Contended | Error::Database(_) => None,
        }
    }

    /// Refuses tables of another version than this crate serves.
    ///
    /// # Errors
    /// [`Error::Version`].
    pub const fn check_version(version: i64) -> Result<(), Self> {
        if version == 1 { Ok(()) } else { Err(Error::Version(version)) }
    }
}

impl From<tenantry::Error> for Error {
    fn from(error: tenantry::Error) -> Self {
        match error {
            tenantry::Error::Rejected(rejection) => rejection.into(),
            tenantry::Error::Usage(usage) => usage.into(),
        }
    }
}

#[cfg(feature = "sqlite")]
impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Error::database(error)
    }
}

#[cfg(feature = "postgresql")]
impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        Error::database(error)
    }
}
