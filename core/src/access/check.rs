//! The checks of a decision by name, why one stops it, and who watches them (D-1).

use crate::decide::Refusal;
use crate::declare::string_enum::string_enum;
use crate::error::{Code, UsageError};
use crate::json::Value;
use crate::state::NotLoaded;

string_enum! {
    /// A check of D-1, in its order.
    Check [non_exhaustive] {
        /// The actor is what it says, and may decide.
        Actor "actor",
        /// The registered user is there.
        UserFound "user_found",
        /// It is active.
        UserActive "user_active",
        /// The tool pack is there.
        PackFound "pack_found",
        /// It serves the user.
        PackPermitted "pack_permitted",
        /// It contains the connector.
        ConnectorInPack "connector_in_pack",
        /// Pack and catalogue contain the tool.
        ToolInPack "tool_in_pack",
        /// SHARED has a company.
        Company "company",
        /// The credential at exactly the pack's scope is active.
        Credential "credential",
    }
}

/// The first check that failed, and the code that it gave.
#[derive(Clone, Copy)]
pub(crate) struct Failed {
    pub(crate) check: Check,
    pub(crate) code: Code,
}

/// Why the checks came to no allow.
#[derive(Clone)]
pub(crate) enum Denial {
    Failed(Failed),
    NotLoaded(NotLoaded),
    Usage(UsageError),
}

impl From<NotLoaded> for Denial {
    fn from(missing: NotLoaded) -> Self {
        Denial::NotLoaded(missing)
    }
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::Failed(failed) => failed.code.into(),
            Denial::NotLoaded(missing) => missing.into(),
            Denial::Usage(usage) => usage.into(),
        }
    }
}

/// Watches the checks of a decision.
pub(crate) trait Trace {
    /// Takes note of a check. What it compared is worked out only by those who show it.
    fn note<T>(
        &mut self,
        check: Check,
        found: &Result<T, Code>,
        compared: impl FnOnce() -> Result<Value<'static>, NotLoaded>,
    ) -> Result<(), NotLoaded>;

    /// What a check gives, or why the decision ends with it.
    fn need<T>(
        &mut self,
        check: Check,
        found: Result<T, Code>,
        compared: impl FnOnce() -> Result<Value<'static>, NotLoaded>,
    ) -> Result<T, Denial> {
        self.note(check, &found, compared)?;
        found.map_err(|code| Denial::Failed(Failed { check, code }))
    }
}

/// Nobody watches: costs nothing.
pub(crate) struct Untraced;

impl Trace for Untraced {
    fn note<T>(
        &mut self,
        _: Check,
        _: &Result<T, Code>,
        _: impl FnOnce() -> Result<Value<'static>, NotLoaded>,
    ) -> Result<(), NotLoaded> {
        Ok(())
    }
}
