//! Decisions and what explains them.

use crate::access::{Allowed, CheckReport, CheckResult, Decision, Explanation, Remedy, StepCommand};
use crate::credential::{AuthScope, Owner};
use crate::error::{Code, Rejection};
use crate::id::ToolCallId;
use crate::shape::{Definition, Field, Named, Shown, Type, json_object};
use crate::tool_call::ToolCallStart;
use alloc::vec::Vec;

fn allowed() -> Vec<Field> {
    alloc::vec![
        Field::required("effect", "That it may start.", Type::word("allow")),
        Field::required("scope", "At which scope the credential was looked for.", AuthScope::shown()),
        Field::required("owner", "Whose credential it is.", Owner::shown()),
        Field::required("connector", "The connector.", Type::TEXT),
        Field::required("tool", "The full name of the tool.", Type::TEXT),
    ]
}

fn allow() -> Definition {
    Definition::object("Allow", "The call may be made, with this credential.", allowed())
}

fn deny() -> Definition {
    let fields = alloc::vec![
        Field::required("effect", "That it may not start.", Type::word("deny")),
        Field::required("code", "Why: the first check that failed.", Code::shown()),
        Field::required("status", "The HTTP status.", u32::shown()),
        Field::required("message", "What the code means.", Type::TEXT),
        Field::required("what_to_do", "The way out.", Type::TEXT),
    ];
    Definition::object("Deny", "The call may not be made.", fields)
}

impl Shown for Allowed {
    fn shown() -> Type {
        Type::Named(Named::of(allow))
    }
}

impl Shown for Decision {
    fn shown() -> Type {
        Type::named("Decision", || {
            let members = alloc::vec![Named::of(allow), Named::of(deny)];
            Definition::union("Decision", "Whether a tool call may be made.", members)
        })
    }
}

fn started() -> Definition {
    let mut fields = allowed();
    fields.push(Field::required("tool_call_id", "The id to finish the call by.", ToolCallId::shown()));
    Definition::object("StartedToolCall", "The call may be made and is recorded.", fields)
}

impl Shown for ToolCallStart {
    fn shown() -> Type {
        Type::named("ToolCallStart", || {
            let members = alloc::vec![Named::of(started), Named::of(deny)];
            Definition::union("ToolCallStart", "What starting a tool call answers.", members)
        })
    }
}

/// What `authorize_batch` answers for one call.
pub(super) fn batch_item() -> Definition {
    let rejected = || {
        let fields = alloc::vec![Field::required("rejection", "Why the call is malformed.", Rejection::shown())];
        Definition::object("BatchRejection", "The place of a malformed call in a batch.", fields)
    };
    let members = alloc::vec![Named::of(allow), Named::of(deny), Named::of(rejected)];
    Definition::union("BatchItem", "What `authorize_batch` answers for one call.", members)
}

impl Shown for CheckReport {
    fn shown() -> Type {
        Type::named("Check", || {
            let fields = alloc::vec![
                Field::required("check", "The check.", Type::TEXT),
                Field::required("result", "How it ended.", CheckResult::shown()),
                Field::required("compared", "What it compared, by name; null where it was not reached.", Type::Any),
            ];
            Definition::object("Check", "One check of a decision, and what it compared.", fields)
        })
    }
}

impl Shown for StepCommand {
    fn shown() -> Type {
        json_object()
    }
}

impl Shown for Explanation {
    fn shown() -> Type {
        Type::named("Explanation", || {
            let fields = alloc::vec![
                Field::required("decision", "The decision.", Decision::shown()),
                Field::required("checks", "All checks in their order.", Vec::<CheckReport>::shown()),
                Field::required("remedies", "At most two ways out; none for an allow.", Vec::<Remedy>::shown()),
            ];
            let doc = "A decision, every check of it, and what would lead to allow (D-3).";
            Definition::object("Explanation", doc, fields)
        })
    }
}

/// `ready`, or the code that a call would be denied with.
pub(crate) struct ToolStatus;

impl Shown for ToolStatus {
    fn shown() -> Type {
        Type::named("ToolStatus", || {
            let kind = Type::OneOf(alloc::vec![Type::word("ready"), Code::shown()]);
            Definition::alias("ToolStatus", "`ready`, or the code that a call would be denied with.", kind)
        })
    }
}
