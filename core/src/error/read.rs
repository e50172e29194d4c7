//! Rejections that a host has kept as the wire has them, read again to be rendered.

use super::code::Code;
use super::rejection::{Rejection, Violation};
use crate::json::{Path, Value};
use crate::shape::{Shown, Type};
use crate::wire::read::{Form, FromWire, Object};
use alloc::format;

impl FromWire for Code {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let Value::String(text) = value else { return form.mistyped("a string", value, path) };
        match Code::from_wire(text) {
            Some(code) => Some(code),
            None => form.violate(Code::InvalidRequest, path, format!("there is no code `{}`", super::quoted(text))),
        }
    }

    fn shape() -> Type {
        Self::shown()
    }
}

impl FromWire for Violation {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let object = Object::open(value, path, &["code", "pointer", "message"], form)?;
        let code = object.required("code", form);
        let pointer = object.required("pointer", form);
        let message = object.required("message", form);
        Some(Violation { code: code?, pointer: pointer?, message: message? })
    }

    fn shape() -> Type {
        Self::shown()
    }
}

/// What follows from the code (status, kind, the way out, `retryable`) is the table's, whatever is told.
impl FromWire for Rejection {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let fields = &["code", "status", "kind", "message", "what_to_do", "retryable", "pointer", "violations"];
        let object = Object::open(value, path, fields, form)?;
        let code = object.required("code", form);
        let message = object.required("message", form);
        let pointer = object.optional("pointer", form);
        let violations = object.optional("violations", form);
        let mut rejection = Rejection::new(code?);
        rejection.message = message?;
        rejection.pointer = pointer?;
        rejection.violations = violations?.unwrap_or_default();
        Some(rejection)
    }

    fn shape() -> Type {
        Self::shown()
    }
}
