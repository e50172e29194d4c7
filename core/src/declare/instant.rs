//! Instants on their way in (T-5): RFC 3339 text, a host's own instant, or whole milliseconds.

use super::read::{FromWire, Reader};
use crate::error::{Code, UsageError, quoted};
use crate::json::{Malformed, Path, Value, to_canonical};
use crate::shape::{Definition, Native, Shown, Text, Type};
use crate::time::Timestamp;
use alloc::format;
use alloc::string::String;

/// Milliseconds nearer to 1970 than this are refused: they are most likely seconds. Read as milliseconds they would
/// lie around 1970, when nothing had expired yet. As seconds they reach to the year 5138.
const SECONDS_BELOW: i64 = 100_000_000_000;

const WAY_OUT: &str = "pass milliseconds since 1970, or a string such as `2026-01-31T10:00:00Z`";

impl Timestamp {
    /// Reads an instant that a caller gave, or says what is wrong with it.
    pub(crate) fn given(value: &Value<'_>) -> Result<Self, String> {
        match value {
            Value::Instant(at) => Ok(*at),
            Value::String(text) => Timestamp::parse(text)
                .ok_or_else(|| format!("`{}` is not an RFC 3339 time such as `2026-01-31T10:00:00Z`", quoted(text))),
            Value::Int(millis) if -SECONDS_BELOW < *millis && *millis < SECONDS_BELOW => Err(seconds(value)),
            Value::Int(millis) => Timestamp::from_millis(*millis).ok_or_else(|| beyond(value)),
            Value::Float(float) if float.abs() < SECONDS_BELOW as f64 => Err(seconds(value)),
            Value::Float(float) if float % 1.0 != 0.0 => {
                Err(format!("`{}` is not a whole number of milliseconds: {WAY_OUT}", to_canonical(value)))
            }
            Value::Float(_) => Err(beyond(value)),
            other => Err(format!("expected an instant, found {}: {WAY_OUT}", other.type_name())),
        }
    }
}

fn seconds(number: &Value<'_>) -> String {
    format!("`{}` looks like seconds: {WAY_OUT}", to_canonical(number))
}

fn beyond(number: &Value<'_>) -> String {
    format!("`{}` milliseconds are outside the years 0001 to 9999", to_canonical(number))
}

impl FromWire for Timestamp {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match Timestamp::given(value) {
            Ok(at) => Some(at),
            Err(message) => reader.report(Code::InvalidRequest, path, message),
        }
    }

    fn shape() -> Type {
        const DOC: &str = "An instant on its way in: RFC 3339 text, or whole milliseconds since 1970. Seconds are \
                           refused. The packages also take their language's own times; in Python, aware ones.";
        Type::named("Time", || {
            let text = Type::Text(Text { format: Some("date-time"), native: Some(Native::Instant), ..Text::default() });
            // The years 0001 to 9999, but for what looks like seconds.
            let (first, last) = (Timestamp::MIN.millis(), Timestamp::MAX.millis());
            let before = Type::Integer(first, -SECONDS_BELOW);
            Definition::alias("Time", DOC, Type::OneOf(alloc::vec![text, before, Type::Integer(SECONDS_BELOW, last)]))
        })
    }
}

impl Shown for Timestamp {
    fn shown() -> Type {
        const DOC: &str = "An instant in answers: RFC 3339, UTC, with `Z`, to the millisecond.";
        Type::named("Timestamp", || {
            let text = Text { format: Some("date-time"), ..Text::default() };
            Definition::alias("Timestamp", DOC, Type::Text(text))
        })
    }
}

/// The instant of a host's clock, in milliseconds since 1970; a fraction is cut off. A clock may show any time: its
/// value is never rejected as seconds.
///
/// # Errors
/// At `/context/now`, for NaN and outside of the years 0001 to 9999.
pub fn read_clock(millis: f64) -> Result<Timestamp, UsageError> {
    let whole = if millis.is_finite() { Timestamp::from_millis(millis as i64) } else { None };
    let fault = || Malformed::new("/context/now", "the host's clock is outside the years 0001 to 9999");
    whole.ok_or_else(|| UsageError::malformed(fault()))
}

/// Reads the `now` of a decision on bare strings, which has no context around it.
///
/// # Errors
/// At `/context/now`, as in every other call.
pub fn read_now(now: Result<Value<'_>, Malformed>) -> Result<Timestamp, UsageError> {
    let given = now.and_then(|value| Timestamp::given(&value).map_err(|message| Malformed::new("", message)));
    given.map_err(|fault| UsageError::malformed(fault.under("/context/now")))
}
