//! Secrets go into a simulation and never come out of it (P-4).

use crate::declare::nearest;
use crate::json::{Value, parse_command, to_canonical};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// What a transcript shows instead of a secret.
pub(super) const MASK: &str = "***";

/// A name that has one of these in it, without `_`, `-` and capitals, is a secret's: `dbPassword`, `API-KEY`, `secret_digest`.
const PARTS: &[&str] = &["password", "passwd", "passphrase", "passcode", "secret", "apikey", "accesskey", "privatekey"];

/// So is a name whose last word is one of these: `pwd`, `registration_token`; but not `token_id`, which is shown.
const LAST_WORDS: &[&str] = &["pass", "pwd", "token", "tokens", "authorization", "bearer", "cookie", "jwt", "otp"];

/// So is a name that is nearly one of these, or ends with nearly one: a mistyped field has a secret in it all the same.
const MISTYPED: &[&str] = &["password", "secret", "org_token", "registration_token", "token", "api_key"];

/// Whether a member is called like a secret. Fields of commands that carry one are; those that carry none are not.
pub(super) fn is_secret(name: &str) -> bool {
    let (whole, last_word) = (folded(name), folded(last_word(name)));
    PARTS.iter().any(|part| whole.contains(part))
        || LAST_WORDS.contains(&last_word.as_str())
        || is_mistyped(&whole)
        || (last_word != whole && is_mistyped(&last_word))
}

fn is_mistyped(name: &str) -> bool {
    const SHORTEST: usize = 4;
    if name.len() < SHORTEST {
        return false;
    }
    // Two letters that are swapped are two edits, and a small word is nothing like itself any more.
    let own = letters(name);
    MISTYPED.iter().any(|known| letters(known) == own) || nearest(name, MISTYPED.iter().copied()).is_some()
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|character| character.to_ascii_lowercase()).collect()
}

fn letters(name: &str) -> Vec<u8> {
    let mut letters = folded(name).into_bytes();
    letters.sort_unstable();
    letters
}

/// What follows the last separator, or the last capital after a small letter: `token` of `org_token` and `orgToken`.
fn last_word(name: &str) -> &str {
    let mut start = 0;
    let mut before = ' ';
    for (at, character) in name.char_indices() {
        let capital = before.is_ascii_lowercase() && character.is_ascii_uppercase();
        if capital || (!before.is_ascii_alphanumeric() && character.is_ascii_alphanumeric()) {
            start = at;
        }
        before = character;
    }
    name.get(start..).unwrap_or(name).trim_end_matches(|character: char| !character.is_ascii_alphanumeric())
}

/// The same value with `***` for every secret in it.
pub(super) fn masked<'v>(value: &'v Value<'_>) -> Value<'v> {
    match value {
        Value::String(text) => Value::String(masked_text(text)),
        Value::Array(items) => Value::Array(items.iter().map(masked).collect()),
        Value::Object(members) => {
            let member = |key: &'v str, value: &'v Value<'_>| match value {
                Value::Null => Value::Null,
                _ if is_secret(key) => Value::from(MASK),
                other => masked(other),
            };
            Value::Object(
                members.iter().map(|(key, value)| (Cow::Borrowed(key.as_ref()), member(key, value))).collect(),
            )
        }
        other => other.clone(),
    }
}

/// A text may be JSON itself, such as a whole command that should have been an object: its secrets are masked in it.
/// One that is not JSON, and gives a secret's name a value, is not shown at all.
fn masked_text(text: &str) -> Cow<'_, str> {
    if text.trim_start().starts_with(['{', '[', '"'])
        && let Ok(value) = parse_command(text)
    {
        let masked = masked(&value);
        return if masked == value { Cow::Borrowed(text) } else { Cow::Owned(to_canonical(&masked)) };
    }
    if gives_a_secret(text) { Cow::Borrowed(MASK) } else { Cow::Borrowed(text) }
}

/// Whether a secret's name is followed by `:` or `=`, in quotes or not: `{"password": "…`, `?token=…`.
fn gives_a_secret(text: &str) -> bool {
    text.match_indices([':', '=']).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let before =
            before.trim_end_matches(|character: char| character.is_whitespace() || "\"'`\\".contains(character));
        let of_name = |character: char| character.is_alphanumeric() || "_-".contains(character);
        let name = before.trim_end_matches(of_name).len();
        before.get(name..).is_some_and(is_secret)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_secret, masked_text};
    use crate::request::{Command, Query};
    use crate::wire::RequestSet;
    use alloc::vec::Vec;

    #[test]
    fn p_4_of_the_fields_of_commands_those_with_secrets_are_secret() {
        let fields = |names: &[&'static str], of: fn(&str) -> Option<&'static [&'static str]>| {
            names.iter().filter_map(|name| of(name)).flatten().copied().collect::<Vec<_>>()
        };
        let mut secret = fields(Command::NAMES, Command::fields);
        secret.extend(fields(Query::NAMES, Query::fields));
        secret.retain(|field| is_secret(field));
        secret.sort_unstable();
        secret.dedup();
        assert_eq!(secret, ["org_token", "password", "secret"]);
    }

    #[test]
    fn p_4_names_of_secrets_are_known_however_they_are_written() {
        for name in [
            "pwd",
            "pass",
            "passwd",
            "token",
            "registration_token",
            "org_token",
            "orgToken",
            "org-token",
            "password",
            "Password",
            "pass_word",
            "user_password",
            "passwordConfirmation",
            "secret",
            "clientSecret",
            "secret_digest",
            "api_key",
            "apiKey",
            "APIKEY",
            "x-api-key",
            "access_token",
            "Authorization",
            "private_key",
            "pasword",
            "passwrod",
            "user_passwrod",
            "secert",
            "tokne",
            "regstration_token",
            "orgtoken",
            "db.pass",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "",
            "_",
            "token_id",
            "tool_pack_id",
            "tool_names",
            "compass",
            "passenger",
            "bypass",
            "by_passing",
            "pack",
            "tokenizer",
            "region",
            "team",
            "key",
            "pass_type",
            "status",
            "command",
            "path",
            "owner",
            "接続",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn p_4_a_secret_within_a_text_is_masked_and_other_texts_are_as_they_are() {
        for (text, shown) in [
            (r#"{"command": "x", "pwd": "hunter2"}"#, r#"{"command":"x","pwd":"***"}"#),
            (r#" [{"a": {"token": ["hunter2"]}}]"#, r#"[{"a":{"token":"***"}}]"#),
            (r#""{\"pass\": \"hunter2\"}""#, r#""{\"pass\":\"***\"}""#),
            (r#"{"a": "{\"pass\": \"hunter2\"}"}"#, r#"{"a":"{\"pass\":\"***\"}"}"#),
            (r#"{"password": "hunter2"#, "***"),
            (r"{\'passwd\' : 'hunter2'}", "***"),
            ("https://a.example/?x=1&access_token=hunter2", "***"),
            (r#"{"name":   "Alice"}"#, r#"{"name":   "Alice"}"#),
            ("[VIP] Alice: the first", "[VIP] Alice: the first"),
            ("a password, and a token", "a password, and a token"),
            (": = :", ": = :"),
        ] {
            assert_eq!(masked_text(text), shown, "{text}");
        }
    }
}
