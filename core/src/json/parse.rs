//! Text to [`Value`]: strict about duplicate keys, depth and size, and able to say where.

use super::no_json::NoJson;
use super::pointer::{Path, push_key};
use super::scan::Scanner;
use super::value::Value;
use super::{COMMAND_BYTES, COMMAND_DEPTH, COMMAND_TEXT_BYTES, DOCUMENT_DEPTH, to_canonical};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// Why an input is not a value (ER-2); reported alone, before anything else is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Where in the document, as an RFC 6901 pointer.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => formatter.write_str(&self.message),
            pointer => write!(formatter, "at {pointer}: {}", self.message),
        }
    }
}

impl core::error::Error for Malformed {}

impl Malformed {
    /// A fault at a place.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Malformed { pointer: pointer.into(), message: message.into() }
    }

    /// The message for nesting beyond `depth`.
    #[must_use]
    pub fn too_deep(depth: usize) -> String {
        format!("nested more than {depth} levels deep")
    }

    pub(super) fn twice(key: &str) -> Self {
        Malformed::new("", format!("the key `{}` is given twice", crate::error::quoted(key)))
    }

    /// The same fault of a value that is itself at a pointer, such as `/context`.
    #[must_use]
    pub fn under(mut self, root: &str) -> Self {
        self.pointer.insert_str(0, root);
        self
    }

    /// The same fault, seen from one level further up.
    pub(crate) fn within(mut self, key: &str) -> Self {
        let mut pointer = String::new();
        push_key(&mut pointer, key);
        pointer.push_str(&self.pointer);
        self.pointer = pointer;
        self
    }
}

/// Parses the text of a single command, query, call or context: at most 32 levels, and 1 MiB of canonical JSON, beyond
/// which nothing is read.
///
/// # Errors
/// What is not JSON, has a key twice, a lone surrogate, is too deep or too large; a text of more than 8 MiB unread.
pub fn parse_command(text: &str) -> Result<Value<'_>, Malformed> {
    if text.len() > COMMAND_TEXT_BYTES {
        return Err(Malformed::new("", "larger than 8 MiB of JSON text"));
    }
    parse(text, COMMAND_DEPTH, COMMAND_BYTES)
}

/// Parses the text of a scenario, snapshot or batch, whose size is not limited.
///
/// # Errors
/// What is not JSON, has a key twice, a lone surrogate, or is too deep.
pub fn parse_document(text: &str) -> Result<Value<'_>, Malformed> {
    parse(text, DOCUMENT_DEPTH, usize::MAX)
}

/// Limits a single command, query or context to 32 levels and 1 MiB of canonical JSON (ER-2),
/// wherever it came from: host objects and the steps of scenarios are not parsed one by one.
pub(crate) fn check_command(value: &Value<'_>) -> Result<(), Malformed> {
    let Some(bound) = size_bound(value, COMMAND_DEPTH) else { return Err(too_deep(value, COMMAND_DEPTH)) };
    // Only what could be too large is written out to be measured.
    if bound > COMMAND_BYTES && to_canonical(value).len() > COMMAND_BYTES {
        return Err(NoJson::CommandTooLarge.at(""));
    }
    Ok(())
}

/// Limits a scenario, snapshot or batch to 120 levels.
pub(crate) fn check_document(value: &Value<'_>) -> Result<(), Malformed> {
    match deeper_than(value, DOCUMENT_DEPTH, &Path::ROOT) {
        None => Ok(()),
        Some(_) => Err(too_deep(value, DOCUMENT_DEPTH)),
    }
}

/// The fault of a value that is too deep, at the place where the parser finds it in text.
fn too_deep(value: &Value<'_>, limit: usize) -> Malformed {
    Malformed::new(deeper_than(value, limit, &Path::ROOT).unwrap_or_default(), Malformed::too_deep(limit))
}

/// The first place that is beyond so many levels.
fn deeper_than(value: &Value<'_>, levels: usize, path: &Path<'_>) -> Option<String> {
    let deeper = levels.checked_sub(1);
    match (value, deeper) {
        (Value::Array(_) | Value::Object(_), None) => Some(path.pointer()),
        (Value::Array(items), Some(deeper)) => {
            items.iter().enumerate().find_map(|(index, item)| deeper_than(item, deeper, &path.index(index)))
        }
        (Value::Object(members), Some(deeper)) => {
            members.iter().find_map(|(key, member)| deeper_than(member, deeper, &path.key(key)))
        }
        _ => None,
    }
}

/// A length that the canonical JSON surely does not exceed; `None` beyond `depth` levels.
fn size_bound(value: &Value<'_>, depth: usize) -> Option<usize> {
    /// The longest number, and any of the words.
    const SCALAR: usize = 26;
    /// A control character becomes `\u0000`.
    const ESCAPED: usize = 6;
    let text = |text: &str| text.len() * ESCAPED + 3;
    match value {
        Value::String(string) => Some(text(string)),
        Value::Array(items) => {
            let deeper = depth.checked_sub(1)?;
            items.iter().try_fold(2, |sum, item| Some(sum + 1 + size_bound(item, deeper)?))
        }
        Value::Object(members) => {
            let deeper = depth.checked_sub(1)?;
            members.iter().try_fold(2, |sum, (key, item)| Some(sum + 1 + text(key) + size_bound(item, deeper)?))
        }
        _ => Some(SCALAR),
    }
}

/// Reads a text as values, no deeper and no larger than it may be.
struct Parser<'t> {
    scanner: Scanner<'t>,
    limit: usize,
    /// The bytes of canonical JSON that are left. What is read surely has as many as are taken.
    room: Option<usize>,
}

fn parse(text: &str, limit: usize, bytes: usize) -> Result<Value<'_>, Malformed> {
    // Nothing is beside the root.
    let room = Some(bytes.saturating_add(1));
    let mut parser = Parser { scanner: Scanner::new(text), limit, room };
    if text.starts_with('\u{feff}') {
        return Err(parser.scanner.fault("the text starts with a byte order mark, which is not allowed,"));
    }
    let value = parser.value(limit);
    if parser.room.is_none() {
        return Err(NoJson::CommandTooLarge.at(""));
    }
    match parser.scanner.peek() {
        Some(_) if value.is_ok() => Err(parser.scanner.fault("expected the end of the text")),
        _ => value,
    }
}

impl<'t> Parser<'t> {
    fn take(&mut self, bytes: usize) -> Result<(), Malformed> {
        self.room = self.room.and_then(|room| room.checked_sub(bytes));
        self.room.map_or_else(|| Err(NoJson::CommandTooLarge.at("")), |_| Ok(()))
    }

    /// Reads a value with at most `depth` more levels of the limit. Each level puts its key before the
    /// pointer of a fault further down.
    fn value(&mut self, depth: usize) -> Result<Value<'t>, Malformed> {
        let limit = self.limit;
        let deeper = || depth.checked_sub(1).ok_or_else(|| Malformed::new("", Malformed::too_deep(limit)));
        // Itself, and a comma or a bracket beside it.
        self.take(2)?;
        match self.scanner.peek() {
            Some(b'"') => self.string().map(Value::String),
            Some(b'{') => self.object(deeper()?),
            Some(b'[') => self.array(deeper()?),
            Some(b'-' | b'0'..=b'9') => self.scanner.number(),
            Some(b'n') if self.scanner.skip_word("null") => Ok(Value::Null),
            Some(b't') if self.scanner.skip_word("true") => Ok(Value::Bool(true)),
            Some(b'f') if self.scanner.skip_word("false") => Ok(Value::Bool(false)),
            _ => Err(self.scanner.fault("expected a value")),
        }
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Malformed> {
        let string = self.scanner.string()?;
        self.take(string.len())?;
        Ok(string)
    }

    fn array(&mut self, depth: usize) -> Result<Value<'t>, Malformed> {
        self.scanner.skip(b'[');
        let mut items = Vec::new();
        if self.scanner.skip(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth).map_err(|fault| fault.within(&items.len().to_string()))?);
            if self.scanner.skip(b']') {
                return Ok(Value::Array(items));
            }
            if !self.scanner.skip(b',') {
                return Err(self.scanner.fault("expected `,` or `]`"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value<'t>, Malformed> {
        self.scanner.skip(b'{');
        let mut members = Vec::new();
        if self.scanner.skip(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            if self.scanner.peek() != Some(b'"') {
                return Err(self.scanner.fault("expected a key in double quotes"));
            }
            let key = self.string()?;
            if !self.scanner.skip(b':') {
                return Err(self.scanner.fault("expected `:`"));
            }
            let value = self.value(depth).map_err(|fault| fault.within(&key))?;
            members.push((key, value));
            if self.scanner.skip(b'}') {
                break;
            }
            if !self.scanner.skip(b',') {
                return Err(self.scanner.fault("expected `,` or `}`"));
            }
        }
        match duplicate(&members) {
            Some(key) => Err(Malformed::twice(key).within(key)),
            None => Ok(Value::Object(members)),
        }
    }
}

/// A key that is there twice, if any: by comparing all pairs where they are few, else by sorting.
pub(super) fn duplicate<'m>(members: &'m [(Cow<'_, str>, Value<'_>)]) -> Option<&'m str> {
    const FEW: usize = 12;
    if members.len() <= FEW {
        let mut rest = members;
        while let [(key, _), tail @ ..] = rest {
            if tail.iter().any(|(other, _)| other == key) {
                return Some(key);
            }
            rest = tail;
        }
        return None;
    }
    let mut keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
    keys.sort_unstable();
    keys.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(*one),
        _ => None,
    })
}
