//! Rejections that a host has kept as the wire has them, read again to be rendered.

use crate::declare::Integer;
use crate::declare::read::{FromWire, Object, Reader};
use crate::error::{Code, Rejection, Violation};
use crate::json::{Path, Value};
use crate::shape::{Shown, Type};
use alloc::format;

impl FromWire for Code {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::String(text) = value else { return reader.mistyped("a string", value, path) };
        match Code::from_wire(text) {
            Some(code) => Some(code),
            None => reader.report(Code::InvalidRequest, path, format!("unknown code `{}`", crate::error::quoted(text))),
        }
    }

    fn shape() -> Type {
        Self::shown()
    }
}

impl FromWire for Violation {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let object = Object::open(value, path, &["code", "pointer", "message"], reader)?;
        let code = object.required("code", reader);
        let pointer = object.required("pointer", reader);
        let message = object.required("message", reader);
        Some(Violation { code: code?, pointer: pointer?, message: message? })
    }

    fn shape() -> Type {
        Self::shown()
    }
}

/// What follows from the code (status, kind, `what_to_do`, `user_message`, `retryable`) comes from the table, whatever is given.
impl FromWire for Rejection {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fields = &[
            "code",
            "status",
            "kind",
            "message",
            "what_to_do",
            "user_message",
            "retryable",
            "pointer",
            "violations",
            "violation_count",
        ];
        let object = Object::open(value, path, fields, reader)?;
        let code = object.required("code", reader);
        let message = object.required("message", reader);
        let pointer = object.optional("pointer", reader);
        let violations = object.optional("violations", reader);
        let count = object.optional_as::<Integer<0>, usize>("violation_count", reader);
        let mut rejection = Rejection::new(code?);
        rejection.message = message?;
        rejection.pointer = pointer?;
        rejection.violations = violations?.unwrap_or_default();
        rejection.violation_count = count?.unwrap_or(rejection.violations.len());
        Some(rejection)
    }

    fn shape() -> Type {
        Self::shown()
    }
}
