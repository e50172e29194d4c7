//! The steps of remedies, as hosts got them in JSON.

use super::input::Input;
use crate::access::{NO_COMMAND, RemedyParameter, RemedyValues};
use crate::declare::read::{FromWire as _, Reader};
use crate::error::UsageError;
use crate::json::{Path, Value, to_canonical};
use crate::policy::Policy;
use alloc::borrow::Cow;
use alloc::string::String;

/// The command of a remedy's step with `{origin_company_id?}` filled in, ready to be executed; see
/// [`RemedyStep::fill`](crate::RemedyStep::fill).
///
/// # Errors
/// A step without a command, which this actor may not run; a parameter whose value is not given; what is wrong with the values.
pub fn fill<'s, 'v>(step: impl Into<Input<'s>>, values: impl Into<Input<'v>>) -> Result<String, UsageError> {
    let step = step.into().command().map_err(UsageError::malformed)?;
    let values = values.into().command().map_err(|fault| UsageError::malformed(fault.under("/values")))?;
    let policy = Policy::default();
    let mut reader = Reader::new(None, &policy);
    let values = match &*values {
        Value::Null => Some(RemedyValues::default()),
        given => RemedyValues::read(given, &Path::rooted("/values"), &mut reader),
    };
    reader.violations.check_context()?;
    let command = step.get("command").filter(|command| !matches!(command, Value::Null));
    let command = command.ok_or_else(|| UsageError::new(NO_COMMAND))?;
    Ok(to_canonical(&filled(command, &values.unwrap_or_default())?))
}

/// The parameter that a value is a placeholder for.
pub(crate) fn parameter(value: &Value<'_>) -> Option<RemedyParameter> {
    let Value::Object(members) = value else { return None };
    let [(member, name)] = members.as_slice() else { return None };
    let name = (*member == RemedyParameter::MEMBER).then(|| name.as_str())??;
    RemedyParameter::ALL.iter().copied().find(|parameter| parameter.as_str() == name)
}

/// Only as deep as what was read as one command.
fn filled<'v>(value: &'v Value<'_>, values: &'v RemedyValues) -> Result<Value<'v>, UsageError> {
    if let Some(parameter) = parameter(value) {
        return Ok(Value::from(values.value(parameter)?.as_str()));
    }
    Ok(match value {
        Value::Array(items) => Value::Array(items.iter().map(|item| filled(item, values)).collect::<Result<_, _>>()?),
        Value::Object(members) => {
            let filled = |(name, member): &'v (Cow<'_, str>, Value<'_>)| {
                Ok((Cow::Borrowed(name.as_ref()), self::filled(member, values)?))
            };
            Value::Object(members.iter().map(filled).collect::<Result<_, UsageError>>()?)
        }
        scalar => scalar.clone(),
    })
}
