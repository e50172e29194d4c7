//! The two public renderings of a rejection (SPEC section 10).

use super::rejection::Rejection;
use alloc::string::String;
use serde_json::{Value, json};

impl Rejection {
    /// `{"error": {"type", "code", "message", "documentation_url"}}`: `type` is the kind, and the
    /// address is the policy's `documentation_base_url` followed by the code, or null.
    ///
    /// ```
    /// # use tenantry::{Code, Rejection};
    /// let body = Rejection::new(Code::EmailExists).to_error_body(Some("https://docs.acme.example/errors/"));
    /// assert_eq!(body["error"]["documentation_url"], "https://docs.acme.example/errors/email_exists");
    /// ```
    #[must_use]
    pub fn to_error_body(&self, documentation_base_url: Option<&str>) -> Value {
        json!({"error": {
            "type": self.kind(),
            "code": self.code,
            "message": self.message,
            "documentation_url": self.documentation_url(documentation_base_url),
        }})
    }

    /// RFC 9457 problem details, of media type `application/problem+json`. The code, the way out,
    /// `retryable`, `pointer` and the violations are extension members.
    #[must_use]
    pub fn to_problem(&self, documentation_base_url: Option<&str>) -> Value {
        let mut problem = json!({
            "type": self.documentation_url(documentation_base_url).unwrap_or_else(|| "about:blank".into()),
            "title": self.code.info().meaning,
            "status": self.status(),
            "detail": self.message,
            "code": self.code,
            "what_to_do": self.what_to_do,
            "retryable": self.retryable(),
        });
        if let Some(members) = problem.as_object_mut() {
            if let Some(pointer) = &self.pointer {
                members.insert("pointer".into(), json!(pointer));
            }
            if !self.violations.is_empty() {
                members.insert("violations".into(), json!(self.violations));
            }
        }
        problem
    }

    fn documentation_url(&self, base: Option<&str>) -> Option<String> {
        base.map(|base| alloc::format!("{base}{}", self.code))
    }
}
