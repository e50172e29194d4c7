//! What the caller fills into the steps of remedies (D-3).

use super::step::{RemedyParameter, RemedyStep};
use crate::declare::object::input;
use crate::error::UsageError;
use crate::id::OriginCompanyId;
use crate::request::Command;
use alloc::format;

input! {
    /// What the caller fills into the steps of remedies.
    RemedyValues {
        /// The company that the user is to have.
        origin_company_id: Option<OriginCompanyId>,
    }
}

/// Why a step cannot be executed.
pub(crate) const NO_COMMAND: &str = "the step has no command, since this actor is not allowed to run one";

impl RemedyParameter {
    /// The member that shows a parameter in a step's command: `{"$parameter": name}`.
    pub(crate) const MEMBER: &'static str = "$parameter";
}

impl RemedyValues {
    /// The value of a parameter.
    ///
    /// # Errors
    /// Where it is not given.
    pub(crate) fn value(&self, parameter: RemedyParameter) -> Result<&OriginCompanyId, UsageError> {
        let value = match parameter {
            RemedyParameter::OriginCompanyId => self.origin_company_id.as_ref(),
        };
        value.ok_or_else(|| UsageError::new(format!("the parameter `{}` has no value: pass one", parameter.as_str())))
    }
}

impl RemedyStep {
    /// The command of this step, ready to be executed.
    ///
    /// # Errors
    /// A step without a command, which this actor may not run; a parameter whose value is not given.
    pub fn fill(&self, values: &RemedyValues) -> Result<Command, UsageError> {
        let command = self.command.as_ref().ok_or_else(|| UsageError::new(NO_COMMAND))?;
        let mut company = OriginCompanyId::beyond_text();
        for parameter in command.parameters() {
            company = values.value(*parameter)?.clone();
        }
        Ok(command.with_company(&company))
    }
}
