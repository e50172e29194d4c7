//! Rejections that a host has kept as the wire has them, read again to be rendered.

use super::code::{Code, Kind, error_catalog};
use super::rejection::{Rejection, Violation};
use crate::json::{Path, Value};
use crate::shape::{Definition, Field, Shown, Type};
use crate::wire::read::{Form, FromWire, Object};
use alloc::format;
use alloc::vec::Vec;

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

impl Shown for Code {
    fn shown() -> Type {
        Type::named("Code", || {
            let doc = "Why a request was rejected or a call denied: the closed list of codes.";
            Definition::words("Code", doc, error_catalog().iter().map(|row| row.code))
        })
    }
}

impl Shown for Kind {
    fn shown() -> Type {
        Type::named("Kind", || {
            let mut kinds: Vec<&str> = error_catalog().iter().map(|row| row.kind.as_str()).collect();
            kinds.dedup();
            Definition::words("Kind", "Whose fault a rejection is; each kind has its HTTP status.", kinds)
        })
    }
}

impl Shown for Violation {
    fn shown() -> Type {
        Type::named("Violation", || {
            let fields = alloc::vec![
                Field::required("code", "What is wrong.", Code::shown()),
                Field::required("pointer", "Where, as a JSON pointer into the request.", Type::TEXT),
                Field::required("message", "What is wrong, in words.", Type::TEXT),
            ];
            Definition::object("Violation", "One thing that is wrong with a request (P-5).", fields)
        })
    }
}

impl Shown for Rejection {
    fn shown() -> Type {
        Type::named("Rejection", || {
            let fields = alloc::vec![
                Field::required("code", "Why: the first violation's code, where there are violations.", Code::shown()),
                Field::required("status", "The HTTP status.", u32::shown()),
                Field::required("kind", "Whose fault it is.", Kind::shown()),
                Field::required("message", "What is wrong, in words.", Type::TEXT),
                Field::required("what_to_do", "The way out.", Type::TEXT),
                Field::required("retryable", "Whether the same request may succeed later.", Type::Boolean),
                Field::optional("pointer", "Where, as a JSON pointer into the request.", Type::TEXT),
                Field::optional("violations", "All that is wrong with the request.", Vec::<Violation>::shown()),
            ];
            Definition::object("Rejection", "Why a request was refused. Nothing has changed (P-3).", fields)
        })
    }
}
