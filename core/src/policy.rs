//! What a host may choose: scopes, periods, the password's rules (contract section 11).

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

/// The policy of an instance. Each field has a default; what is out of its range is refused when an
/// instance is made with it.
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

    /// The bounds of a policy that comes typed.
    pub(crate) fn check(&self) -> Result<(), Rejection> {
        let defaults = Policy::default();
        let mut form = Form::new(None, &defaults);
        let path = Path::rooted("/policy");
        RetentionDays::check(self.retention_days, &path.key("retention_days"), &mut form);
        LinkSeconds::check(self.link_ttl_seconds, &path.key("link_ttl_seconds"), &mut form);
        ToolCallSeconds::check(self.tool_call_ttl_seconds, &path.key("tool_call_ttl_seconds"), &mut form);
        self.password.check(&path.key("password"), &mut form);
        form.violations.into_rejection().map_or(Ok(()), Err)
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

type RetentionDays = Integer<0, 3650>;
type LinkSeconds = Integer<60, 86_400>;
type ToolCallSeconds = Integer<60, 2_592_000>;

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
        let retention_days = object.or("retention_days", Integer(default.retention_days.into()), form);
        let retention_days = retention_days.and_then(RetentionDays::small);
        let link_ttl_seconds = object.or("link_ttl_seconds", Integer(default.link_ttl_seconds.into()), form);
        let link_ttl_seconds = link_ttl_seconds.and_then(LinkSeconds::small);
        let tool_call_ttl_seconds =
            object.or("tool_call_ttl_seconds", Integer(default.tool_call_ttl_seconds.into()), form);
        let tool_call_ttl_seconds = tool_call_ttl_seconds.and_then(ToolCallSeconds::small);
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
