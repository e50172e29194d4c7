//! What a simulation may cost: steps are few bytes, and what they write may be many (P-6).

use crate::json::{DOCUMENT_DEPTH, Malformed, NoJson, Value};

/// What any scenario may write: 256 MiB.
const ALLOWANCE: usize = 256 << 20;
/// What it may write for each byte of its own.
const FACTOR: usize = 16;

/// The bytes that a scenario has left, for its requests and for what they give.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

/// There is not enough left.
#[derive(Debug)]
pub(super) struct Exhausted;

impl Budget {
    /// What a scenario of this size has; too deep ones are refused here, before anything descends.
    pub(super) fn for_input(scenario: &Value<'_>) -> Result<Self, Malformed> {
        let weight = weight(scenario, DOCUMENT_DEPTH).ok_or_else(|| NoJson::DocumentTooDeep.at(""))?;
        Ok(Budget { left: weight.saturating_mul(FACTOR).saturating_add(ALLOWANCE) })
    }

    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.left = self.left.checked_sub(bytes).ok_or(Exhausted)?;
        Ok(())
    }
}

/// About as many bytes as the value has as JSON; `None` beyond `depth` levels.
fn weight(value: &Value<'_>, depth: usize) -> Option<usize> {
    const SCALAR: usize = 8;
    match value {
        Value::String(text) => Some(text.len() + SCALAR),
        Value::Array(items) => {
            let deeper = depth.checked_sub(1)?;
            items.iter().try_fold(SCALAR, |sum, item| Some(sum + weight(item, deeper)?))
        }
        Value::Object(members) => {
            let deeper = depth.checked_sub(1)?;
            members.iter().try_fold(SCALAR, |sum, (key, item)| Some(sum + key.len() + SCALAR + weight(item, deeper)?))
        }
        _ => Some(SCALAR),
    }
}

/// The same for a value that has passed that check.
pub(super) fn weight_of(value: &Value<'_>) -> usize {
    weight(value, usize::MAX).unwrap_or(usize::MAX)
}
