//! Decisions and what explains them.

use crate::access::{
    Affects, Allowed, CheckReport, CheckResult, Decision, Explanation, Remedy, RemedyKind, RemedyParameter, RemedyStep,
};
use crate::catalog::{PutConnector, PutToolPack};
use crate::credential::StartLink;
use crate::credential::{AuthScope, Owner};
use crate::decide::Declared;
use crate::error::{Code, Rejection};
use crate::id::{GroupId, RegisteredUserId, ToolCallId};
use crate::registered_user::UpdateRegisteredUser;
use crate::shape::{Definition, Field, Named, Shown, Type};
use crate::shapes::errors::{USER_MESSAGE, WHAT_TO_DO};
use crate::tool_call::ToolCallStart;
use alloc::vec::Vec;

fn allowed() -> Vec<Field> {
    alloc::vec![
        Field::required("effect", "That it may start.", Type::word("allow")),
        Field::required("scope", "At which scope the credential was looked for.", AuthScope::shown()),
        Field::required("owner", "Whose credential it is; null where none is needed.", Owner::shown().or_null()),
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
        Field::required("what_to_do", WHAT_TO_DO, Type::TEXT),
        Field::optional("user_message", USER_MESSAGE, Type::TEXT),
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

/// The command of `SetCompanyStep`, whose company is open.
fn set_company() -> Definition {
    let fields = alloc::vec![
        Field::required("command", "The command's name.", Type::word(UpdateRegisteredUser::NAME)),
        Field::required("registered_user_id", "The registered user.", RegisteredUserId::shown()),
        Field::required("patch", "What changes.", Type::Named(Named::of(set_company_patch))),
    ];
    Definition::object("SetCompanyCommand", "An `update_registered_user` with an open parameter.", fields)
}

fn set_company_patch() -> Definition {
    let company = Field::required("shared_credential_group", "The company.", Type::Named(Named::of(open_company)));
    Definition::object("SetCompanyPatch", "What `set_company` changes.", alloc::vec![company])
}

fn open_company() -> Definition {
    let id = Field::required("origin_company_id", "The customer's own id.", Type::Named(Named::of(open_parameter)));
    Definition::object("OpenCompany", "The company that the caller chooses.", alloc::vec![id])
}

fn open_parameter() -> Definition {
    let name = Field::required(RemedyParameter::MEMBER, "Its name.", RemedyParameter::shown());
    Definition::object("OpenParameter", "A value that only the caller knows, which `fill` puts in.", alloc::vec![name])
}

/// A step of one kind; its command is there where the actor may run it.
fn step(name: &'static str, doc: &'static str, kind: RemedyKind, command: Type) -> Definition {
    let parameters = match kind {
        RemedyKind::SetCompany => Vec::<RemedyParameter>::shown(),
        RemedyKind::Reactivate
        | RemedyKind::Link
        | RemedyKind::SwitchScope
        | RemedyKind::AddConnector
        | RemedyKind::AddTool
        | RemedyKind::MatchGroup => Type::list(RemedyParameter::shown(), Some(0)),
    };
    let mut fields = alloc::vec![
        Field::required("kind", "What it does.", Type::word(kind.as_str())),
        Field::required("affects", "Whom it affects.", Affects::shown()),
        Field::required("parameters", "What the caller has to fill in.", parameters),
    ];
    let absent = match kind {
        RemedyKind::MatchGroup => "Absent where no group's rule is one `equals`, or the actor may not run it.",
        _ => "Absent where the actor may not run it.",
    };
    fields.push(Field::optional("command", absent, command));
    if kind == RemedyKind::MatchGroup {
        let doc = "The groups of which one must be matched; the one that the command matches, if it has one.";
        fields.push(Field::required("group_ids", doc, Vec::<GroupId>::shown()));
    }
    Definition::object(name, doc, fields)
}

impl Shown for RemedyStep {
    fn shown() -> Type {
        Type::named("RemedyStep", || {
            let steps: [fn() -> Definition; 7] = [
                || {
                    let command = Type::Named(Named::of(UpdateRegisteredUser::shape));
                    step("ReactivateStep", "Reactivates the user.", RemedyKind::Reactivate, command)
                },
                || {
                    let command = Type::Named(Named::of(StartLink::shape));
                    step("LinkStep", "Links the connector: start and complete.", RemedyKind::Link, command)
                },
                || {
                    let doc = "Gives the user a company: `command` shows it as `{\"$parameter\": \"origin_company_id\"}`, \
                               which `fill` puts in.";
                    step("SetCompanyStep", doc, RemedyKind::SetCompany, Type::Named(Named::of(set_company)))
                },
                || {
                    let doc = "Lets the pack look for the user's own credential instead.";
                    let command = Type::Named(Named::of(PutToolPack::shape));
                    step("SwitchScopeStep", doc, RemedyKind::SwitchScope, command)
                },
                || {
                    let command = Type::Named(Named::of(PutToolPack::shape));
                    step("AddConnectorStep", "Adds the connector to the pack.", RemedyKind::AddConnector, command)
                },
                || {
                    let commands = [PutConnector::shape, PutToolPack::shape];
                    let command = Type::OneOf(commands.map(|define| Type::Named(Named::of(define))).to_vec());
                    let doc = "Adds the tool to the connector or to the pack.";
                    step("AddToolStep", doc, RemedyKind::AddTool, command)
                },
                || {
                    let doc = "Makes the user a member of one of the groups. By which of its attributes only the \
                               customer knows, except where a group asks for one value of one grouping.";
                    let command = Type::Named(Named::of(UpdateRegisteredUser::shape));
                    step("MatchGroupStep", doc, RemedyKind::MatchGroup, command)
                },
            ];
            let doc = "One step towards allow, by its `kind`.";
            Definition::union("RemedyStep", doc, steps.map(Named::of).to_vec())
        })
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
