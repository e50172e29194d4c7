//! The pages of commands and of queries.

use tenantry::{Permission, Permitted};

use super::super::Request;
use super::{Definition, Field, Object, Shape, Source, anchor, camel, doc, head, links};
use crate::docs::key_needs;

const COMMANDS: &str = "A command changes the world, or is refused and changes nothing. Python's method takes its fields as \
keyword arguments, JavaScript's as one object, and both answer the response itself; `execute` gives the whole \
[outcome](types.md#outcomeparts) with events and effects. Every command may also be refused with \
[`not_authenticated`](../errors/not_authenticated.md), [`forbidden`](../errors/forbidden.md) or \
[`invalid_request`](../errors/invalid_request.md).";

const QUERIES: &str = "A query changes nothing. A list comes in pages of at most 200 items, 50 if you do not say; pass `next` as \
`after` to go on, or use the iterator, which does so. Every query may also be refused with \
[`not_authenticated`](../errors/not_authenticated.md), [`forbidden`](../errors/forbidden.md) or \
[`invalid_request`](../errors/invalid_request.md).";

/// The page of all commands, or of all queries.
pub(super) fn page(source: &Source, member: &'static str) -> String {
    let (title, about) = if member == "command" { ("Commands", COMMANDS) } else { ("Queries", QUERIES) };
    let mut out = head(title, about);
    for Request { definition, name, answer } in source.schema.requests(member) {
        let Shape::Object(Object { fields, .. }) = &definition.shape else { continue };
        out.push_str(&section(source, member, definition, name, answer, fields.get(1..).unwrap_or_default()));
    }
    out
}

fn section(
    source: &Source,
    member: &str,
    definition: &Definition,
    name: &str,
    answer: &str,
    fields: &[Field],
) -> String {
    let about = source.linked(&doc(definition), "../");
    let mut out = format!("\n## {name}\n\n{about}\n\n{}", signatures(member, definition, name, fields));
    out.push_str(&source.table(fields));
    out.push_str(&format!("\n- **Answers** {}\n", source.named(answer)));
    out.push_str(&format!("- **Who may**: {}\n", who_may(name)));
    let codes = source.codes(name);
    if !codes.is_empty() {
        out.push_str(&format!("- **Refused with**: {}\n", links(&codes, |code| format!("../errors/{code}.md"))));
    }
    let events = source.seen(name, "events");
    if !events.is_empty() {
        out.push_str(&format!("- **Events**: {}\n", links(events, |event| format!("events.md#{}", anchor(event)))));
    }
    out
}

/// How the three languages write it.
fn signatures(member: &str, definition: &Definition, name: &str, fields: &[Field]) -> String {
    let listed = |mark: &dyn Fn(&Field) -> String| fields.iter().map(mark).collect::<Vec<_>>().join(", ");
    let escaped = |name: &str| if name == "from" { "from_".to_owned() } else { name.to_owned() };
    let python = listed(&|field| format!("{}{}", escaped(field.name), if field.optional { "=…" } else { "" }));
    let javascript = listed(&|field| format!("{}{}", field.name, if field.optional { "?" } else { "" }));
    let javascript = if javascript.is_empty() { String::new() } else { format!("{{ {javascript} }}") };
    let needed: Vec<&str> = fields.iter().filter(|field| !field.optional).map(|field| field.name).collect();
    let call = if member == "command" { "execute" } else { "query" };
    format!(
        "- Python: `{name}({python})`\n- JavaScript: `{}({javascript})`\n- Rust: `{call}(&{}::new({}), &context)`\n",
        camel(name),
        definition.name,
        needed.join(", "),
    )
}

fn who_may(name: &str) -> String {
    let rows = tenantry::permissions().into_iter().filter(|row| row.request == name);
    let rows: Vec<String> = rows
        .map(|Permission { when, permitted, .. }| match when {
            Some(when) => format!("if {when}: {}", permitted_to(&permitted)),
            None => permitted_to(&permitted),
        })
        .collect();
    rows.join("; ")
}

fn permitted_to(permitted: &Permitted) -> String {
    let mut who = vec!["the host (`system`)".to_owned()];
    who.extend(permitted.access_key.map(|needed| match key_needs(&needed).as_str() {
        "every key" => "every access key".to_owned(),
        needs => format!("access keys ({needs})"),
    }));
    if !permitted.account_roles.is_empty() {
        let roles: Vec<String> = permitted.account_roles.iter().map(|role| format!("`{}`", role.as_str())).collect();
        who.push(format!("accounts ({})", roles.join(", ")));
    }
    who.extend(permitted.registered_user.then(|| "registered users".to_owned()));
    who.extend(permitted.anonymous.then(|| "anybody".to_owned()));
    who.join(", ")
}
