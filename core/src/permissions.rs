//! What an actor could do, asked without doing it (C-7): by the table that decides.

use crate::authority::{Permitted, Right, authenticate};
use crate::context::Context;
use crate::decide::{Refusal, Request};
use crate::declare::nearest;
use crate::declare::string_enum::string_enum;
use crate::declare::view::view;
use crate::error::{Code, Error, Rejection, Violations, quoted};
use crate::json::Path;
use crate::request::{Command, Query};
use crate::shapes::RequestName;
use crate::state::Rows;
use crate::tenantry::Tenantry;
use crate::wire::RequestSet;
use alloc::format;
use alloc::vec::Vec;

string_enum! {
    /// The kind of request.
    RequestKind {
        /// For `execute`.
        Command "command",
        /// For `query`.
        Query "query",
        /// A method of its own.
        Call "call",
    }
}

view! {
    /// Who may send a request: a row of the table by which every request is permitted or is `forbidden` (C-2).
    Permission {
        /// The name of the request.
        request: &'static str as RequestName,
        /// The kind of request.
        kind: RequestKind,
        /// The condition on its fields for this row, in words; null if there is none.
        when: Option<&'static str>,
        /// The actors that may send it. What they can see is another question (P-2).
        permitted: Permitted,
    }
}

/// A request by its name, and the rows of the table that it asks for.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) name: &'static str,
    right: Right,
    by_fields: &'static [(&'static str, Right)],
}

const CALLS: &[Asked] = &[
    Asked { name: "authorize", right: Right::Decide, by_fields: &[] },
    Asked { name: "authorize_batch", right: Right::Decide, by_fields: &[] },
    Asked { name: "explain", right: Right::Explain, by_fields: &[] },
    Asked { name: "preview", right: Right::Preview, by_fields: &[("its command may be sent", Right::Preview)] },
];

impl Asked {
    pub(crate) const fn by<Q: Request>() -> Self {
        Asked { name: Q::NAME, right: Q::RIGHT, by_fields: Q::BY_FIELDS }
    }

    fn all() -> impl Iterator<Item = (RequestKind, &'static Asked)> {
        let lists =
            [(RequestKind::Command, Command::ASKED), (RequestKind::Query, Query::ASKED), (RequestKind::Call, CALLS)];
        lists.into_iter().flat_map(|(kind, list)| list.iter().map(move |asked| (kind, asked)))
    }

    /// The request with this name; else a violation that names the one that was probably meant.
    pub(crate) fn named(name: &str, path: &Path<'_>, violations: &mut Violations) -> Option<&'static Asked> {
        let found = Asked::all().map(|(_, asked)| asked).find(|asked| asked.name == name);
        if found.is_none() {
            let message = match nearest(name, Asked::all().map(|(_, asked)| asked.name)) {
                Some(meant) => format!("unknown request `{}`; did you mean `{meant}`?", quoted(name)),
                None => format!("unknown request `{}`", quoted(name)),
            };
            violations.add(Code::InvalidRequest, path, message);
        }
        found
    }

    /// Its rows, each with what the fields must say.
    fn rows(&self) -> impl Iterator<Item = (Option<&'static str>, Right)> {
        let whatever = self.by_fields.is_empty().then_some((None, self.right));
        self.by_fields.iter().map(|(when, right)| (Some(*when), *right)).chain(whatever)
    }
}

/// The whole table of who may ever send which request, which the core itself decides by (C-7). Whatever else a request
/// needs is checked when it is sent.
///
/// ```
/// let table = tenantry::permissions();
/// let put = table.iter().find(|row| row.request == "put_connector").unwrap();
/// assert_eq!(put.permitted.access_key.unwrap().environment, Some(tenantry::Environment::Production));
/// ```
#[must_use]
pub fn permissions() -> Vec<Permission> {
    let rows = |(kind, asked): (RequestKind, &'static Asked)| {
        let row = move |(when, right): (_, Right)| Permission {
            request: asked.name,
            kind,
            when,
            permitted: right.permitted(),
        };
        asked.rows().map(row)
    };
    Asked::all().flat_map(rows).collect()
}

/// Whether the actor could ever send the request.
pub(crate) fn may<R: Rows>(rows: &R, request_name: &str, context: &Context) -> Result<bool, Refusal> {
    let mut violations = Violations::default();
    let asked = Asked::named(request_name, &Path::rooted("/request_name"), &mut violations);
    violations.check()?;
    let asked = asked.ok_or_else(|| Rejection::new(Code::InvalidRequest))?;
    // By the right of `preview`, which everyone has: an anonymous actor gets the answer of the table, too.
    let identity = authenticate(rows, &context.actor, context.now, Right::Preview)?;
    Ok(asked.rows().any(|(_, right)| right.permits(&context.actor, identity.role)))
}

impl Tenantry {
    /// Whether the actor could ever send the command, query or call of this name, whatever its fields, by the table that
    /// decides (C-7); nothing is run. Where the fields matter, for some of them; and `true` promises nothing of what the
    /// request is about. `preview` may be asked by whoever may send any command. For menus and buttons, and for
    /// tools that tell an agent what it has.
    ///
    /// ```
    /// # use tenantry::{Actor, Context, Environment, OrganizationId, Tenantry, Timestamp};
    /// # use tenantry::{AccessKey, KeyScope};
    /// let world = Tenantry::example();
    /// let key = AccessKey::new(OrganizationId::new("org_demo")?, Environment::Test, vec![KeyScope::Runtime]);
    /// let now = Timestamp::parse("2026-01-31T10:00:00Z").unwrap();
    /// let context = Context { now, actor: Actor::AccessKey(key), entropy: None };
    /// assert!(world.may("start_tool_call", &context)?);
    /// assert!(!world.may("put_tool_pack", &context)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// An unknown name. An actor that is not what it says (C-1) gets the rejection that every request gives it.
    pub fn may(&self, request_name: &str, context: &Context) -> Result<bool, Error> {
        self.answered(may(&self.state, request_name, context))
    }
}
