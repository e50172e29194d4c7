//! The two public renderings (contract section 10): a rejection's, and a neutral one of the host's own mistakes.

use super::rejection::Rejection;
use super::usage::{Error, UsageError};
use crate::json::{Value, object, to_value};
use alloc::string::String;

impl Rejection {
    /// `{"error": {"type", "code", "message", "user_message"?, "documentation_url"}}`: `type` is the kind, and the
    /// address is the policy's `documentation_base_url` followed by the code, or null.
    ///
    /// ```
    /// # use tenantry::{Code, Rejection};
    /// let body = Rejection::new(Code::EmailExists).to_error_body(Some("https://docs.acme.example/errors/"));
    /// let address = "https://docs.acme.example/errors/email_exists";
    /// assert_eq!(body.at("/error/documentation_url"), Some(&address.into()));
    /// ```
    #[must_use]
    pub fn to_error_body(&self, documentation_base_url: Option<&str>) -> Value<'static> {
        let mut error = object!({
            "type": self.kind(),
            "code": self.code,
            "message": self.message,
            "documentation_url": self.documentation_url(documentation_base_url),
        });
        if let (Value::Object(members), Some(message)) = (&mut error, self.user_message()) {
            members.push(("user_message".into(), to_value(message)));
        }
        object!({"error": error})
    }

    /// RFC 9457 problem details, of media type `application/problem+json`. The code, `what_to_do`,
    /// `user_message`, `retryable`, `pointer` and the violations are extension members.
    #[must_use]
    pub fn to_problem(&self, documentation_base_url: Option<&str>) -> Value<'static> {
        let mut problem = object!({
            "type": self.documentation_url(documentation_base_url).unwrap_or_else(|| String::from("about:blank")),
            "title": self.code.info().meaning,
            "status": self.status(),
            "detail": self.message,
            "code": self.code,
            "what_to_do": self.what_to_do,
            "retryable": self.retryable(),
        });
        if let Value::Object(members) = &mut problem {
            if let Some(message) = self.user_message() {
                members.push(("user_message".into(), to_value(message)));
            }
            if let Some(pointer) = &self.pointer {
                members.push(("pointer".into(), to_value(pointer)));
            }
            if !self.violations.is_empty() {
                members.push(("violations".into(), to_value(&self.violations)));
            }
            if let Some(count) = self.counted() {
                members.push(("violation_count".into(), to_value(&count)));
            }
        }
        to_value(&problem)
    }

    fn documentation_url(&self, base: Option<&str>) -> Option<String> {
        base.map(|base| alloc::format!("{base}{}", self.code))
    }
}

impl UsageError {
    /// The HTTP status: 500.
    #[must_use]
    pub const fn status(&self) -> u16 {
        500
    }

    /// The body of an HTTP response that says only that the server is at fault.
    #[must_use]
    pub fn to_error_body(&self) -> Value<'static> {
        object!({"error": object!({
            "type": "internal",
            "code": "internal_error",
            "message": "the server could not handle the request",
            "documentation_url": Value::Null,
        })})
    }

    /// RFC 9457 problem details that say only the status.
    #[must_use]
    pub fn to_problem(&self) -> Value<'static> {
        object!({"type": "about:blank", "title": "Internal Server Error", "status": self.status()})
    }
}

impl Error {
    /// The HTTP status: the rejection's, or 500.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Error::Rejected(rejection) => rejection.status(),
            Error::Usage(usage) => usage.status(),
        }
    }

    /// The body of an HTTP response; it shows nothing of the host's own mistake.
    #[must_use]
    pub fn to_error_body(&self, documentation_base_url: Option<&str>) -> Value<'static> {
        match self {
            Error::Rejected(rejection) => rejection.to_error_body(documentation_base_url),
            Error::Usage(usage) => usage.to_error_body(),
        }
    }

    /// RFC 9457 problem details; they show nothing of the host's own mistake.
    #[must_use]
    pub fn to_problem(&self, documentation_base_url: Option<&str>) -> Value<'static> {
        match self {
            Error::Rejected(rejection) => rejection.to_problem(documentation_base_url),
            Error::Usage(usage) => usage.to_problem(),
        }
    }
}
