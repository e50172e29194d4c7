//! What a host may leave out or write its own way, before a request is read.
//!
//! The core reads no clock and no randomness; the bindings hand in both, and hold no rule of their
//! own about when they are asked for.

use crate::error::UsageError;
use crate::json::{Malformed, Value};
use crate::time::Timestamp;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::ToString;

/// The fields that hold an instant, whatever object they stand in.
const TIMES: [&str; 5] = ["now", "expires_at", "from", "to", "start"];

/// Maps whose keys and values are the customer's own: nothing in them is a field.
const CUSTOMERS_OWN: [&str; 3] = ["metadata", "custom_groupings", "rule"];

/// Fills `now` (milliseconds since 1970) and `entropy` from the host where the caller left them out
/// or null. What is no object, or was given, is left as it is.
pub fn complete_context(context: &mut Value<'_>, now: impl FnOnce() -> i64, entropy: impl FnOnce() -> [u8; 16]) {
    if absent(context, "now")
        && let Some(at) = Timestamp::from_millis(now())
    {
        put(context, "now", Value::from(at.to_string()));
    }
    if absent(context, "entropy") {
        let bytes = u128::from_be_bytes(entropy());
        put(context, "entropy", Value::from(format!("{bytes:032x}")));
    }
}

/// Puts a bound actor into a context, which then must not name one itself.
///
/// # Errors
/// A context that names one, at `/context/actor`.
pub fn act_as<'v>(context: &mut Value<'v>, actor: Value<'v>) -> Result<(), UsageError> {
    if !matches!(context, Value::Object(_)) {
        return Ok(());
    }
    if !absent(context, "actor") {
        return Err(UsageError::malformed(Malformed::new("/context/actor", "the actor is bound already")));
    }
    put(context, "actor", actor);
    Ok(())
}

/// Turns whole milliseconds since 1970 in the fields that hold an instant into RFC 3339, as host
/// objects may carry them. JSON text may not: it goes unchanged from language to language.
pub fn accept_millis(value: &mut Value<'_>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(accept_millis),
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::Int(millis) if TIMES.contains(&key.as_ref()) => {
                        if let Some(at) = Timestamp::from_millis(*millis) {
                            *value = Value::from(at.to_string());
                        }
                    }
                    _ if CUSTOMERS_OWN.contains(&key.as_ref()) => {}
                    other => accept_millis(other),
                }
            }
        }
        _ => {}
    }
}

/// Whether an object lacks a member, where null counts as absent (C-6).
fn absent(context: &Value<'_>, key: &str) -> bool {
    matches!(context, Value::Object(_)) && matches!(context.get(key), None | Some(Value::Null))
}

fn put<'v>(context: &mut Value<'v>, key: &'static str, value: Value<'v>) {
    if let Value::Object(members) = context {
        members.retain(|(known, _)| known != key);
        members.push((Cow::Borrowed(key), value));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::{accept_millis, act_as, complete_context};
    use crate::json::{parse_command, to_canonical};

    fn completed(context: &str) -> alloc::string::String {
        let mut context = parse_command(context).unwrap();
        complete_context(&mut context, || 1_000, || [0xab; 16]);
        to_canonical(&context)
    }

    fn with_times(value: &str) -> alloc::string::String {
        let mut value = parse_command(value).unwrap();
        accept_millis(&mut value);
        to_canonical(&value)
    }

    #[test]
    fn what_the_caller_left_out_comes_from_the_host() {
        let filled = r#"{"entropy":"abababababababababababababababab","now":"1970-01-01T00:00:01Z"}"#;
        assert_eq!(completed("{}"), filled);
        assert_eq!(completed(r#"{"now":null,"entropy":null}"#), filled);
    }

    #[test]
    fn what_the_caller_gave_stays_and_the_host_is_not_asked() {
        for given in [r#"{"entropy":7,"now":"soon"}"#, "[]", "null", "1"] {
            let mut context = parse_command(given).unwrap();
            complete_context(&mut context, || panic!("asked for now"), || panic!("asked for entropy"));
            assert_eq!(to_canonical(&context), given);
        }
    }

    #[test]
    fn an_instant_beyond_the_years_is_left_out() {
        let mut context = parse_command("{}").unwrap();
        complete_context(&mut context, || i64::MAX, || [0; 16]);
        assert!(context.get("now").is_none());
    }

    #[test]
    fn a_bound_actor_joins_a_context_that_names_none() {
        let mut context = parse_command(r#"{"actor":null,"now":"x"}"#).unwrap();
        act_as(&mut context, "me".into()).unwrap();
        assert_eq!(to_canonical(&context), r#"{"actor":"me","now":"x"}"#);

        let mistake = act_as(&mut context, "me".into()).unwrap_err();
        assert_eq!(mistake.pointer(), Some("/context/actor"));
        assert_eq!(mistake.message(), "the actor is bound already");
        act_as(&mut parse_command("[]").unwrap(), "me".into()).unwrap();
    }

    #[test]
    fn milliseconds_count_where_an_instant_stands() {
        assert_eq!(
            with_times(r#"{"now":0,"actor":{"expires_at":-1},"list":[{"from":1,"to":1000.0}]}"#),
            r#"{"actor":{"expires_at":"1969-12-31T23:59:59.999Z"},"list":[{"from":"1970-01-01T00:00:00.001Z","to":"1970-01-01T00:00:01Z"}],"now":"1970-01-01T00:00:00Z"}"#
        );
    }

    #[test]
    fn nothing_else_is_taken_for_an_instant() {
        for same in [
            r#"{"custom_groupings":{"from":1},"metadata":{"start":2},"rule":{"to":3}}"#,
            r#"{"expires_at":0.5,"from":9007199254740991,"limit":5,"now":"1"}"#,
            "5",
        ] {
            assert_eq!(with_times(same), same);
        }
    }
}
