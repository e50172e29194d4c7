//! Why a text is not what it should be.

use super::code::Code;
use alloc::string::String;

/// Why a text is not of the form that its field asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormError {
    /// The code that a violation of this form carries.
    pub code: Code,
    /// What is wrong.
    pub message: String,
}

impl FormError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        FormError { code: Code::InvalidRequest, message: message.into() }
    }
}
