//! The pages of the reference, from the declarations in the core: requests, shapes, and a page for each error code.

mod errors;
mod requests;
mod shapes;

use std::{collections::BTreeMap, error::Error, fs};

use tenantry::Code;

use tenantry::shape::Text;

use super::prose::{about, doc};
use super::{Definition, Field, Object, Schema, Shape, Type, all_fields, methods::camel};

/// What the tests have seen each request give: the codes that refused or denied it, and its events.
pub(crate) type Seen = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The codes that may refuse any request.
const EVERYWHERE: [&str; 3] = ["not_authenticated", "forbidden", "invalid_request"];

/// What all pages are made from.
pub(crate) struct Source {
    schema: Schema,
    seen: Seen,
    /// The page of each rule.
    rules: BTreeMap<String, String>,
}

/// Every page, by its path.
pub(crate) fn pages() -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let seen = serde_json::from_str(&fs::read_to_string("tests/answers.json")?)?;
    let source = Source { schema: Schema::read(), seen, rules: crate::contract::pages_of_rules()? };
    let mut pages = vec![
        ("docs/reference/commands.md".to_owned(), requests::page(&source, "command")),
        ("docs/reference/queries.md".to_owned(), requests::page(&source, "query")),
        ("docs/reference/events.md".to_owned(), shapes::events(&source)),
        ("docs/reference/types.md".to_owned(), shapes::page(&source)),
    ];
    pages.extend(errors::pages(&source));
    Ok(pages)
}

/// What opens every generated page.
fn head(title: &str, about: &str) -> String {
    format!("# {title}\n\n<!-- generated from the declarations in the core: `make generate` -->\n\n{about}\n")
}

impl Source {
    /// Documentation with links from the codes and rules that it names; `up` leads to `docs/`.
    fn linked(&self, text: &str, up: &str) -> String {
        let coded = text.split('`').enumerate().map(|(index, part)| match Code::from_wire(part) {
            Some(_) if index % 2 == 1 => format!("[`{part}`]({up}errors/{part}.md)"),
            _ if index % 2 == 1 => format!("`{part}`"),
            _ => self.with_rules(part, up),
        });
        coded.collect()
    }

    fn with_rules(&self, text: &str, up: &str) -> String {
        let is_rule = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = rest.find(is_rule) {
            let (before, from) = rest.split_at(start);
            let (word, after) = from.split_at(from.find(|letter| !is_rule(letter)).unwrap_or(from.len()));
            out.push_str(before);
            match self.rules.get(word) {
                Some(page) => out.push_str(&format!("[{word}]({up}contract/{page}#{})", word.to_lowercase())),
                None => out.push_str(word),
            }
            rest = after;
        }
        out + rest
    }

    /// A table of fields; empty where there are none.
    fn table(&self, fields: &[Field]) -> String {
        if fields.is_empty() {
            return String::new();
        }
        let mut out = String::from("\n| field | type | what it is |\n|---|---|---|\n");
        for field in fields {
            let optional = if field.optional { ", optional" } else { "" };
            let doc = self.linked(&about(field), "../");
            out.push_str(&format!("| `{}` | {}{optional} | {doc} |\n", field.name, self.kind(&field.kind)));
        }
        out
    }

    /// The codes that refuse or deny this request, but for those that may refuse any.
    fn codes(&self, request: &str) -> Vec<String> {
        let codes = self.seen(request, "codes").iter();
        codes.filter(|code| !EVERYWHERE.contains(&code.as_str())).cloned().collect()
    }

    fn seen(&self, request: &str, what: &str) -> &[String] {
        self.seen.get(request).and_then(|seen| seen.get(what)).map_or(&[], Vec::as_slice)
    }
}

impl Source {
    /// A type in words, with its bounds, and with links to the shapes that it names.
    fn kind(&self, of: &Type) -> String {
        match of {
            Type::Any => "any JSON".to_owned(),
            Type::Text(bounds) => format!("text{}", text(bounds)),
            Type::Integer(least, most) => format!("integer{}", range(Some(*least), Some(*most), "")),
            Type::Boolean => "boolean".to_owned(),
            Type::Null => "null".to_owned(),
            Type::True => "`true`".to_owned(),
            Type::Word(word) => format!("`\"{word}\"`"),
            Type::Named(named) => self.named(&named.name),
            Type::Array(item, most) => format!("list of {}{}", self.kind(item), range(None, *most, " items")),
            Type::Map(map) => {
                let (item, most) = (self.kind(&map.values), range(None, map.most, " entries"));
                format!("object with values {item}{most}, keys text{}", text(&map.keys))
            }
            Type::OneOf(kinds) => kinds.iter().map(|kind| self.kind(kind)).collect::<Vec<_>>().join(" or "),
        }
    }

    fn named(&self, name: &str) -> String {
        format!("[{name}]({})", self.place(name))
    }

    /// Where a shape is described.
    fn place(&self, name: &str) -> String {
        let Some(Shape::Object(object)) = self.schema.find(name).map(|known| &known.shape) else {
            return format!("types.md#{}", anchor(name));
        };
        let first = object.fields.first();
        match first.map(|field| (field.name, &field.kind)) {
            Some(("command", Type::Word(word))) => format!("commands.md#{word}"),
            Some(("query", Type::Word(word))) => format!("queries.md#{word}"),
            Some(("event", Type::Word(word))) => format!("events.md#{word}"),
            _ => format!("types.md#{}", anchor(name)),
        }
    }
}

fn text(bounds: &Text) -> String {
    let size = range(Some(bounds.least).filter(|least| *least > 0), bounds.most, " characters");
    let form = bounds.pattern.map(form).or_else(|| bounds.format.map(|format| format!(" ({format})")));
    format!("{size}{}", form.unwrap_or_default())
}

/// What a pattern asks for: in words where it is long or known, since the JSON Schema has all of it.
fn form(pattern: &str) -> String {
    match pattern {
        r"^[^\u0000-\u001f\u007f-\u009f]*$" => " without control characters".to_owned(),
        r"\S" => " that is not blank".to_owned(),
        address if address.contains('@') => ", an address such as `alice@acme.example`".to_owned(),
        uuid if uuid.contains("{8}-") => ", a UUID".to_owned(),
        other => format!(" like `{}`", other.replace('|', "\\|")),
    }
}

fn range<N: ToString>(least: Option<N>, most: Option<N>, of: &str) -> String {
    match (least.map(|least| least.to_string()), most.map(|most| most.to_string())) {
        (Some(least), Some(most)) => format!(" ({least} to {most}{of})"),
        (Some(least), None) => format!(" (at least {least}{of})"),
        (None, Some(most)) => format!(" (at most {most}{of})"),
        (None, None) => String::new(),
    }
}

fn anchor(name: &str) -> String {
    name.to_lowercase()
}

fn links(names: &[String], to: impl Fn(&str) -> String) -> String {
    names.iter().map(|name| format!("[`{name}`]({})", to(name))).collect::<Vec<_>>().join(", ")
}
