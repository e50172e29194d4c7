//! Errors, and their public renderings.

use crate::error::{Code, Kind, Rejection, Violation, error_catalog};
use crate::shape::{Definition, Field, Shown, Type};
use alloc::vec::Vec;

pub(crate) const WHAT_TO_DO: &str = "How the platform's developers can correct it.";
pub(crate) const USER_MESSAGE: &str =
    "A sentence to show to an end user, in English; only for codes on which an end user can act.";

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
                Field::required(
                    "pointer",
                    "Where, as a JSON pointer into the request; after 256 characters it ends with `…`.",
                    Type::TEXT
                ),
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
                Field::required("what_to_do", WHAT_TO_DO, Type::TEXT),
                Field::optional("user_message", USER_MESSAGE, Type::TEXT),
                Field::required("retryable", "Whether the same request may succeed later.", Type::Boolean),
                Field::optional("pointer", "Where, as a JSON pointer into the request.", Type::TEXT),
                listed("What is wrong with the request: the first 50 at most."),
                counted(),
            ];
            Definition::object("Rejection", "Why a request was refused. Nothing has changed (P-3).", fields)
        })
    }
}

fn listed(doc: &'static str) -> Field {
    Field::optional("violations", doc, Vec::<Violation>::shown())
}

fn counted() -> Field {
    Field::optional("violation_count", "How many there are in all, where not all are listed.", u32::shown())
}

/// What `error_catalog` answers, row by row.
pub(super) fn error_info() -> Definition {
    let fields = alloc::vec![
        Field::required("code", "The code.", Code::shown()),
        Field::required("number", "Its number, which never changes.", u32::shown()),
        Field::required("status", "The HTTP status.", u32::shown()),
        Field::required("kind", "Whose fault it is.", Kind::shown()),
        Field::required("retryable", "Whether the same request may succeed later.", Type::Boolean),
        Field::required("meaning", "What the code means.", Type::TEXT),
        Field::required("what_to_do", WHAT_TO_DO, Type::TEXT),
        Field::optional("user_message", USER_MESSAGE, Type::TEXT),
    ];
    Definition::object("ErrorInfo", "A row of the table of errors.", fields)
}

/// The host's own mistake, as its developers see it.
pub(super) fn mistake() -> Definition {
    let fields = alloc::vec![
        Field::required("code", "What is wrong.", Code::shown()),
        Field::required("message", "The same in words.", Type::TEXT),
        Field::optional("pointer", "Where, as a JSON pointer.", Type::TEXT),
        listed("What is wrong: the first 50 at most."),
        counted(),
    ];
    let doc = "A mistake of the calling program, for its own developers: clients must not see it.";
    Definition::object("Mistake", doc, fields)
}

/// One of the two public renderings of a rejection.
pub(super) fn error_body() -> Definition {
    let details = Type::named("ErrorDetails", || {
        let fields = alloc::vec![
            Field::required("type", "Whose fault it is.", Kind::shown()),
            Field::required("code", "The stable code.", Code::shown()),
            Field::required("message", "What is wrong, in words.", Type::TEXT),
            Field::optional("user_message", USER_MESSAGE, Type::TEXT),
            Field::required("documentation_url", "Where the code is documented.", Type::TEXT.or_null()),
        ];
        Definition::object("ErrorDetails", "The inside of an error body.", fields)
    });
    let fields = alloc::vec![Field::required("error", "What is wrong.", details)];
    Definition::object("ErrorBody", "One of the two public renderings of a rejection.", fields)
}

/// The other one.
pub(super) fn problem() -> Definition {
    let fields = alloc::vec![
        Field::required("type", "Where the code is documented, or `about:blank`.", Type::TEXT),
        Field::required("title", "What the code means.", Type::TEXT),
        Field::required("status", "The HTTP status.", u32::shown()),
        Field::required("detail", "What is wrong, in words.", Type::TEXT),
        Field::required("code", "The stable code.", Code::shown()),
        Field::required("what_to_do", WHAT_TO_DO, Type::TEXT),
        Field::optional("user_message", USER_MESSAGE, Type::TEXT),
        Field::required("retryable", "Whether the same request may succeed later.", Type::Boolean),
        Field::optional("pointer", "Where, as a JSON pointer into the request.", Type::TEXT),
        listed("What is wrong with the request: the first 50 at most."),
        counted(),
    ];
    let doc = "The other one: RFC 9457 problem details, of media type `application/problem+json`.";
    Definition::object("Problem", doc, fields)
}
