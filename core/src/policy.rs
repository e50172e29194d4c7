//! What a host may choose: scopes, periods, the password's rules (SPEC section 11).

use crate::account::password::PasswordPolicy;
use crate::error::{Code, Rejection};
use crate::json::{Path, Value};
use crate::wire::read::{Form, FromWire, Integer, Object, words};
use alloc::string::String;
use core::time::Duration;

words! {
    /// Where an `origin_user_id` is unique (RU-2).
    OriginUserIdScope {
        /// In the organization: its two environments share one name space. The default.
        Organization "organization",
        /// In the environment.
        Environment "environment",
    }

    /// What create does on a deactivated user (RU-11).
    RecreateDeactivated {
        /// Returns it as it is. The default.
        Return "return",
        /// Reactivates it.
        Reactivate "reactivate",
        /// Refuses with `origin_user_id_taken`.
        Conflict "conflict",
    }
}

/// The policy of an instance. Each field has a default.
///
/// ```
/// use tenantry::Policy;
/// let policy = Policy { retention_days: 30, ..Policy::default() };
/// assert_eq!(policy.link_ttl_seconds, 1800);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Where an `origin_user_id` is unique.
    pub origin_user_id_scope: OriginUserIdScope,
    /// What create does on a deactivated user.
    pub recreate_deactivated: RecreateDeactivated,
    /// Days from deletion to purge, 0–3650. Default 90.
    pub retention_days: u32,
    /// Seconds that a link session lives, 60–86,400. Default 1,800.
    pub link_ttl_seconds: u32,
    /// Seconds after which an open tool call ends by itself, 60–2,592,000. Default 86,400.
    pub tool_call_ttl_seconds: u32,
    /// The rules of passwords.
    pub password: PasswordPolicy,
    /// What `documentation_url` in rejections begins with; the code follows.
    pub documentation_base_url: Option<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            origin_user_id_scope: OriginUserIdScope::Organization,
            recreate_deactivated: RecreateDeactivated::Return,
            retention_days: 90,
            link_ttl_seconds: 1800,
            tool_call_ttl_seconds: 86_400,
            password: PasswordPolicy::default(),
            documentation_base_url: None,
        }
    }
}

const DAY_SECONDS: u64 = 86_400;

impl Policy {
    /// Reads a policy from JSON; absent and null fields have their defaults.
    ///
    /// # Errors
    /// `invalid_request` with every unknown, mistyped or out-of-range field.
    pub fn from_json(value: &Value<'_>) -> Result<Self, Rejection> {
        Self::read_at(value, &Path::rooted("/policy"))
    }

    pub(crate) fn read_at(value: &Value<'_>, path: &Path<'_>) -> Result<Self, Rejection> {
        let defaults = Policy::default();
        let mut form = Form::new(None, &defaults);
        let policy = Policy::read(value, path, &mut form);
        match form.violations.into_rejection() {
            Some(rejection) => Err(rejection),
            None => policy.ok_or_else(|| Rejection::new(Code::InvalidRequest)),
        }
    }

    pub(crate) fn retention(&self) -> Duration {
        Duration::from_secs(u64::from(self.retention_days) * DAY_SECONDS)
    }

    pub(crate) fn link_ttl(&self) -> Duration {
        Duration::from_secs(self.link_ttl_seconds.into())
    }

    pub(crate) fn tool_call_ttl(&self) -> Duration {
        Duration::from_secs(self.tool_call_ttl_seconds.into())
    }
}

const FIELDS: &[&str] = &[
    "origin_user_id_scope",
    "recreate_deactivated",
    "retention_days",
    "link_ttl_seconds",
    "tool_call_ttl_seconds",
    "password",
    "documentation_base_url",
];

impl FromWire for Policy {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let object = Object::open(value, path, FIELDS, form)?;
        let default = Policy::default();
        let origin_user_id_scope = object.or("origin_user_id_scope", default.origin_user_id_scope, form);
        let recreate_deactivated = object.or("recreate_deactivated", default.recreate_deactivated, form);
        let retention_days = bounded::<0, 3650>(&object, "retention_days", default.retention_days, form);
        let link_ttl_seconds = bounded::<60, 86_400>(&object, "link_ttl_seconds", default.link_ttl_seconds, form);
        let tool_call_ttl_seconds =
            bounded::<60, 2_592_000>(&object, "tool_call_ttl_seconds", default.tool_call_ttl_seconds, form);
        let password = object.or("password", default.password, form);
        let documentation_base_url = object.optional("documentation_base_url", form);
        Some(Policy {
            origin_user_id_scope: origin_user_id_scope?,
            recreate_deactivated: recreate_deactivated?,
            retention_days: retention_days?,
            link_ttl_seconds: link_ttl_seconds?,
            tool_call_ttl_seconds: tool_call_ttl_seconds?,
            password: password?,
            documentation_base_url: documentation_base_url?,
        })
    }
}

fn bounded<const MIN: i64, const MAX: i64>(
    object: &Object<'_, '_>,
    name: &str,
    default: u32,
    form: &mut Form<'_>,
) -> Option<u32> {
    let given = object.optional::<Integer<MIN, MAX>>(name, form)?;
    Some(given.map_or(default, |number| u32::try_from(number.0).unwrap_or(default)))
}
