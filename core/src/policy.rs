//! What a host may configure: scopes, periods, password rules (contract section 11).

use crate::account::password::{PasswordPolicy, Passwords};
use crate::declare::Integer;
use crate::declare::object::input;
use crate::declare::read::{FromWire, Reader};
use crate::declare::string_enum::string_enum;
use crate::error::{Code, Rejection};
use crate::json::{Path, Value};
use alloc::string::String;
use core::time::Duration;

string_enum! {
    /// The scope in which an `origin_user_id` is unique (RU-2).
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

input! {
    /// What a host may configure (contract section 11). Each field has a default; a value out of range is refused when
    /// an instance is made with it.
    ///
    /// ```
    /// use tenantry::Policy;
    /// let policy = Policy::new().retention_days(30_u32);
    /// assert_eq!(policy.link_ttl_seconds, 1800);
    /// ```
    Policy {
        /// The scope in which an `origin_user_id` is unique.
        origin_user_id_scope: OriginUserIdScope = OriginUserIdScope::Organization,
        /// What create does on a deactivated user.
        recreate_deactivated: RecreateDeactivated = RecreateDeactivated::Return,
        /// Days from deletion to purge, 0–3650.
        retention_days: u32 as Integer<0, 3650> = 90,
        /// Seconds that a link session lives, 60–86,400.
        link_ttl_seconds: u32 as Integer<60, 86_400> = 1800,
        /// Seconds after which an open tool call expires, 60–2,592,000.
        tool_call_ttl_seconds: u32 as Integer<60, 2_592_000> = 86_400,
        /// The rules of passwords.
        password: PasswordPolicy as Passwords = PasswordPolicy::default(),
        /// What `documentation_url` in rejections begins with; the code follows.
        documentation_base_url: Option<String>,
    }
}

const DAY_SECONDS: u64 = 86_400;

impl Policy {
    pub(crate) fn read_at(value: &Value<'_>, path: &Path<'_>) -> Result<Self, Rejection> {
        let defaults = Policy::default();
        let mut reader = Reader::new(None, &defaults);
        let policy = Policy::read(value, path, &mut reader);
        match reader.violations.into_rejection() {
            Some(rejection) => Err(rejection),
            None => policy.ok_or_else(|| Rejection::new(Code::InvalidRequest)),
        }
    }

    /// The bounds of a policy that comes typed.
    pub(crate) fn check(&self) -> Result<(), Rejection> {
        let defaults = Policy::default();
        let mut reader = Reader::new(None, &defaults);
        let path = Path::rooted("/policy");
        <Policy as FromWire>::check(self, &path, &mut reader);
        reader.violations.into_rejection().map_or(Ok(()), Err)
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
