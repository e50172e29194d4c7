//! Why a request comes to nothing.

use crate::error::{Code, Error, Rejection, UsageError};
use crate::hosting::RowKey;
use crate::state::{Key, NotLoaded};
use alloc::boxed::Box;
use alloc::format;

/// Why a request came to nothing.
#[derive(Debug)]
pub enum Refusal {
    /// The rules refuse it.
    Rejected(Box<Rejection>),
    /// The host has made a mistake.
    Usage(UsageError),
    /// A row that it needs was not loaded (contract section 14).
    NotLoaded(Key),
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Refusal::Rejected(Box::new(rejection))
    }
}

impl From<UsageError> for Refusal {
    fn from(usage: UsageError) -> Self {
        Refusal::Usage(usage)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => rejection.into(),
            Error::Usage(usage) => usage.into(),
        }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Rejection::new(code).into()
    }
}

impl From<NotLoaded> for Refusal {
    fn from(NotLoaded(key): NotLoaded) -> Self {
        Refusal::NotLoaded(key)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Rejected(rejection) => (*rejection).into(),
            Refusal::Usage(usage) => usage.into(),
            Refusal::NotLoaded(key) => UsageError::not_loaded(RowKey(key)).into(),
        }
    }
}

/// `version_conflict`, where an expected version is not the present one (M-3).
pub(crate) fn expect_version(expected: Option<u64>, version: u64) -> Result<(), Refusal> {
    expect("version", expected, version)
}

/// The same of the generation of a credential (CR-5).
pub(crate) fn expect_generation(expected: Option<u64>, generation: u64) -> Result<(), Refusal> {
    expect("generation", expected, generation)
}

fn expect(what: &str, expected: Option<u64>, present: u64) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != present => {
            let message = format!("expected {what} {expected}, but the present {what} is {present}");
            Err(Rejection::because(Code::VersionConflict, message).at(format!("/expected_{what}")).into())
        }
        Some(_) | None => Ok(()),
    }
}
