//! The tokens of JSON text (RFC 8259), and where a text stops being JSON.

use super::Malformed;
use super::value::Value;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

/// A place in a text that is being read.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Scanner { text, at: 0 }
    }

    /// The next byte that is no white space.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Steps over this byte, and white space before it, if it comes next.
    pub(super) fn skip(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Steps over this word, if it comes next.
    pub(super) fn skip_word(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// A fault at this place, which `what` describes.
    pub(super) fn fault(&self, what: &str) -> Malformed {
        let before = self.text.get(..self.at).unwrap_or_default();
        let (line, column) = before.chars().fold((1, 1), |(line, column), character| match character {
            '\n' => (line + 1, 1),
            _ => (line, column + 1),
        });
        let end = if self.rest().is_empty() { ", but the text ends" } else { "" };
        Malformed::new("", format!("not well-formed JSON: {what}{end} at line {line} column {column}"))
    }

    /// Reads the number that starts here.
    pub(super) fn number(&mut self) -> Result<Value<'static>, Malformed> {
        let start = self.at;
        let negative = self.skip_byte(b'-');
        if self.byte() == Some(b'0') {
            self.at += 1;
            if self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(self.fault("expected no leading zero"));
            }
        } else {
            self.digits()?;
        }
        let integer = self.text.get(start..self.at).unwrap_or_default();
        let mut integral = true;
        if self.skip_byte(b'.') {
            integral = false;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            integral = false;
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        // Most numbers are integers that a double surely holds.
        const SURELY_EXACT: usize = 15;
        if integral && integer.len() - usize::from(negative) <= SURELY_EXACT {
            return Ok(Value::Int(integer.parse().unwrap_or_default()));
        }
        let number = self.text.get(start..self.at).and_then(|text| text.parse().ok());
        number.and_then(Value::number).ok_or_else(|| {
            self.at = start;
            self.fault("expected a number within the range of doubles")
        })
    }

    fn digits(&mut self) -> Result<(), Malformed> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(self.fault("expected a digit")) } else { Ok(()) }
    }

    /// Reads the string whose opening quote comes next.
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, Malformed> {
        self.at += 1;
        let plain = self.plain();
        if self.skip_byte(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = String::from(plain);
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.fault("expected control characters in a string to be escaped")),
                None => return Err(self.fault("expected a closing `\"`")),
            }
            text.push_str(self.plain());
        }
    }

    /// The part of a string up to the next escape, quote or control character.
    fn plain(&mut self) -> &'t str {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn escape(&mut self) -> Result<char, Malformed> {
        let start = self.at;
        self.at += 1;
        let character = match self.byte() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(start),
            _ => return Err(self.fault("expected one of `\"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t`, `u` after a `\\`")),
        };
        self.at += 1;
        Ok(character)
    }

    /// Reads `uXXXX`, or a surrogate pair of two.
    fn code_point(&mut self, start: usize) -> Result<char, Malformed> {
        let first = self.unit()?;
        if let Some(character) = char::from_u32(first.into()) {
            return Ok(character);
        }
        if self.rest().starts_with("\\u") {
            self.at += 1;
            let second = self.unit()?;
            if let Some(Ok(character)) = char::decode_utf16([first, second]).next() {
                return Ok(character);
            }
        }
        self.at = start;
        Err(self.fault("expected both halves of a surrogate pair"))
    }

    /// Reads `uXXXX`.
    fn unit(&mut self) -> Result<u16, Malformed> {
        let digits = self.text.get(self.at + 1..self.at + 5).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let unit = unit.ok_or_else(|| self.fault("expected four hexadecimal digits after `\\u`"))?;
        self.at += 5;
        Ok(unit)
    }

    fn skip_byte(&mut self, byte: u8) -> bool {
        let found = self.byte() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }
}
