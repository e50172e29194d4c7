//! A method for each command and query, in the two other languages: at run time and for type checkers.

use std::fmt::Write as _;

use tenantry::shape::{Definition, Field, Shape, Type};

use super::prose::{about, doc};
use super::{Request, Schema, python, typescript};

/// A request as a method.
struct Method<'s> {
    /// Its name on the wire, which is Python's name of it, too.
    name: &'s str,
    /// `command` or `query`.
    member: &'static str,
    definition: &'s Definition,
    /// The fields but for the one that carries the name.
    fields: &'s [Field],
    answer: &'s str,
    /// What the pages of a list have for items.
    item: Option<String>,
}

fn methods(schema: &Schema) -> Vec<Method<'_>> {
    let of = |member: &'static str| {
        schema.requests(member).filter_map(move |Request { definition, name, answer }| {
            let Shape::Object(object) = &definition.shape else { return None };
            let fields = object.fields.get(1..)?;
            Some(Method { name, member, definition, fields, answer, item: item(schema, answer) })
        })
    };
    of("command").chain(of("query")).collect()
}

/// The items of a page.
fn item(schema: &Schema, answer: &str) -> Option<String> {
    let Shape::Object(object) = &schema.find(answer)?.shape else { return None };
    let items = object.fields.first().filter(|field| field.name == "items")?;
    match &items.kind {
        Type::Array(item, _) => match item.as_ref() {
            Type::Named(named) => Some(named.name.to_string()),
            _ => None,
        },
        _ => None,
    }
}

impl Method<'_> {
    /// The name of the method that walks over all pages: `iter_users` of `list_users`.
    fn iterator(&self) -> String {
        format!("iter_{}", self.name.strip_prefix("list_").unwrap_or(self.name))
    }

    fn without_cursor(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.name != "after")
    }
}

/// `registered_user_id` as JavaScript writes it.
pub(crate) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        out.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
    }
    out
}

/// A Python parameter: `from` is a keyword there.
fn parameter(field: &Field) -> String {
    if field.name == "from" { "from_".to_owned() } else { field.name.to_owned() }
}

const PYTHON_HEAD: &str = r#""""A method for each command and query. Generated from the declarations in the core."""

from ._tenantry import Acting

# A field that is not given. `None` is null, which some fields tell from absent.
_ABSENT = ...


def _request(member, name, fields):
    return {member: name} | {key: value for key, value in fields.items() if value is not _ABSENT}


def _execute(acting, name, fields, now, entropy):
    return acting.execute(_request("command", name, fields), {"now": now, "entropy": entropy})["response"]


def _query(acting, name, fields, now):
    return acting.query(_request("query", name, fields), {"now": now})


def _pages(acting, name, fields, now):
    after = _ABSENT
    while after is not None:
        page = _query(acting, name, fields | {"after": after}, now)
        yield from page["items"]
        after = page["next"]

"#;

/// `tenantry/_methods.py`.
pub(crate) fn python_methods(schema: &Schema) -> String {
    let mut out = PYTHON_HEAD.to_owned();
    let mut names = Vec::new();
    for method in methods(schema) {
        let fields: Vec<&Field> = method.fields.iter().collect();
        let (call, extras) = match method.member {
            "command" => ("return _execute", "now, entropy"),
            _ => ("return _query", "now"),
        };
        python_method(&mut out, &method, method.name, &fields, call, extras);
        names.push(method.name.to_owned());
        if method.item.is_some() {
            let fields: Vec<&Field> = method.without_cursor().collect();
            python_method(&mut out, &method, &method.iterator(), &fields, "return _pages", "now");
            names.push(method.iterator());
        }
    }
    let list = names.iter().fold(String::new(), |list, name| format!("{list}    {name},\n"));
    let _ = write!(
        out,
        "\nMETHODS = (\n{list})\n\nfor _method in METHODS:\n    setattr(Acting, _method.__name__, _method)\n"
    );
    out
}

fn python_method(out: &mut String, method: &Method<'_>, name: &str, fields: &[&Field], call: &str, extras: &str) {
    let extras_in = extras.replace("now", "now=None").replace("entropy", "entropy=None");
    let parameters: Vec<String> = fields
        .iter()
        .map(|field| if field.optional { format!("{}=_ABSENT", parameter(field)) } else { parameter(field) })
        .collect();
    let extras_in = extras_in.split(", ").map(str::to_owned);
    let parameters = ["self", "*"].map(str::to_owned).into_iter().chain(parameters).chain(extras_in);
    let parameters = parameters.fold(String::new(), |list, parameter| format!("{list}    {parameter},\n"));
    let values = fields
        .iter()
        .fold(String::new(), |list, field| format!("{list}        \"{}\": {},\n", field.name, parameter(field)));
    let values = if values.is_empty() { "{}".to_owned() } else { format!("{{\n{values}    }}") };
    let _ = write!(
        out,
        "\ndef {name}(\n{parameters}):\n{}\n    fields = {values}\n    {call}(self, \"{}\", fields, {extras})\n\n",
        python_docs(method, fields),
        method.name,
    );
}

fn python_docs(method: &Method<'_>, fields: &[&Field]) -> String {
    let mut doc = doc(method.definition);
    let lines: Vec<String> = fields.iter().map(|field| format!("{}: {}", parameter(field), about(field))).collect();
    if !lines.is_empty() {
        let _ = write!(doc, "\n\n{}", lines.join("\n"));
    }
    let doc = doc.replace('\\', "\\\\").replace('"', "'");
    let indented: Vec<String> =
        doc.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }).collect();
    let end = if indented.len() > 1 { "\n    " } else { "" };
    format!("    \"\"\"{}{end}\"\"\"", indented.join("\n").trim_start())
}

/// The methods for the stub of `Acting`.
pub(crate) fn python_stubs(schema: &Schema) -> String {
    let mut out = String::new();
    for method in methods(schema) {
        let entropy = if method.member == "command" { ", entropy: str | None = None" } else { "" };
        let fields: Vec<&Field> = method.fields.iter().collect();
        python_stub(&mut out, &method, method.name, &fields, entropy, &format!("t.{}", method.answer));
        if let Some(item) = &method.item {
            let fields: Vec<&Field> = method.without_cursor().collect();
            python_stub(&mut out, &method, &method.iterator(), &fields, "", &format!("Iterator[t.{item}]"));
        }
    }
    out
}

fn python_stub(out: &mut String, method: &Method<'_>, name: &str, fields: &[&Field], entropy: &str, answer: &str) {
    let parameters = fields.iter().fold(String::new(), |list, field| {
        let default = if field.optional { " = ..." } else { "" };
        format!("{list}        {}: {}{default},\n", parameter(field), python::qualified(&field.kind))
    });
    let entropy = if entropy.is_empty() { "" } else { "        entropy: str | None = None,\n" };
    let docs = python_docs(method, fields).replace("\n    ", "\n        ");
    let _ = write!(
        out,
        "    def {name}(\n        self,\n        *,\n{parameters}        now: t.Time | None = None,\n{entropy}    ) -> {answer}:\n    {docs}\n\n",
    );
}

/// `requests.js`: the names, from which the methods are made.
pub(crate) fn javascript_methods(schema: &Schema) -> String {
    let mut out = String::from(
        "// The commands and queries by their methods' names. Generated from the declarations in the core.\n",
    );
    for (constant, member) in [("commands", "command"), ("queries", "query")] {
        let _ = writeln!(out, "const {constant} = {{");
        for method in methods(schema).iter().filter(|method| method.member == member) {
            let _ = writeln!(out, "  {}: \"{}\",", camel(method.name), method.name);
        }
        out.push_str("};\n");
    }
    out.push_str("const lists = {\n");
    for method in methods(schema).iter().filter(|method| method.item.is_some()) {
        let _ = writeln!(out, "  {}: \"{}\",", camel(&method.iterator()), method.name);
    }
    out.push_str("};\nexport { commands, lists, queries };\n");
    out
}

/// The interface of these methods, for `types.d.ts`.
pub(crate) fn typescript_methods(schema: &Schema) -> String {
    let mut out = String::from(
        "\n/** A method for each command and query: it answers the response itself. */\nexport interface Requests {\n",
    );
    for method in methods(schema) {
        let context = if method.member == "command" { "ActingContext" } else { "Omit<ActingContext, \"entropy\">" };
        let mark = |fields: &[&Field]| if fields.iter().all(|field| field.optional) { "?" } else { "" };
        let all: Vec<&Field> = method.fields.iter().collect();
        let comment = typescript::comment(&doc(method.definition));
        let _ = writeln!(
            out,
            "{}  {}(fields{}: Omit<{}, \"{}\">, context?: {context}): {};",
            typescript::indented(&comment),
            camel(method.name),
            mark(&all),
            method.definition.name,
            method.member,
            method.answer,
        );
        if let Some(item) = &method.item {
            let without: Vec<&Field> = method.without_cursor().collect();
            let _ = write!(
                out,
                "  /** The items of all pages of `{}`, page by page. */\n  {}(fields{}: Omit<{}, \"query\" | \"after\">, context?: {context}): IterableIterator<{item}>;\n",
                camel(method.name),
                camel(&method.iterator()),
                mark(&without),
                method.definition.name,
            );
        }
    }
    out.push_str("}\n");
    out
}
