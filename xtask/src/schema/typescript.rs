//! The types of the npm package: one interface for each object, and maps from a request's name to its
//! shape and to what it answers.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use tenantry::shape::{Definition, Native, Shape, Text, Type};
use tenantry::shapes;

use super::prose::{about, doc};
use super::{Request, Schema};

const HEAD: &str =
    "// The shapes of everything that goes in or comes out. Generated from the declarations in the core.\n";

/// What the package itself adds to a decision, whatever has answered it.
const ALLOWED: [(&str, bool); 4] =
    [("Allow", true), ("StartedToolCall", true), ("Deny", false), ("BatchRejection", false)];

/// `types.d.ts`.
pub(crate) fn typescript(schema: &Schema) -> Result<String, fmt::Error> {
    let writer = Writer { schema, inputs: inputs(schema) };
    let mut out = HEAD.to_owned();
    for definition in &schema.definitions {
        writer.definition(&mut out, definition)?;
    }
    let outcome = |response: &str| format!("{response}Outcome");
    let preview = |response: &str| format!("{response}Preview");
    let itself = |answer: &str| answer.to_owned();
    writer.requests(&mut out, "Commands", "The commands by name.", "command", None)?;
    writer.requests(&mut out, "Outcomes", "What each command gives.", "command", Some(&outcome))?;
    writer.requests(&mut out, "Previews", "What the preview of each command gives.", "command", Some(&preview))?;
    writer.requests(&mut out, "Queries", "The queries by name.", "query", None)?;
    writer.requests(&mut out, "Answers", "What each query answers.", "query", Some(&itself))?;
    out.push_str(&super::methods::typescript_methods(schema));
    Ok(out)
}

struct Writer<'s> {
    schema: &'s Schema,
    inputs: BTreeSet<String>,
}

impl Writer<'_> {
    fn definition(&self, out: &mut String, definition: &Definition) -> fmt::Result {
        let name = definition.name.as_ref();
        let input = self.inputs.contains(name);
        write!(out, "\n{}", comment(&doc(definition)))?;
        match &definition.shape {
            Shape::Alias(kind) => writeln!(out, "export type {name} = {};", written(kind, input)),
            Shape::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                alternatives(out, name, &words)
            }
            Shape::Union(members) => {
                let members: Vec<&str> = members.iter().map(|named| named.name.as_ref()).collect();
                alternatives(out, name, &members)
            }
            Shape::Object(object) => {
                let base = object.base.as_ref().map_or(String::new(), |base| format!(" extends {}", base.name));
                writeln!(out, "export interface {name}{base} {{")?;
                if let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) {
                    writeln!(
                        out,
                        "  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */"
                    )?;
                    writeln!(out, "  readonly allowed: {allowed};")?;
                }
                for field in &object.fields {
                    write!(out, "{}", indented(&comment(&about(field))))?;
                    let mark = if field.optional { "?" } else { "" };
                    writeln!(out, "  {}{mark}: {};", field.name, written(&field.kind, input))?;
                }
                writeln!(out, "}}")
            }
        }
    }

    /// A map from the names of requests to the requests themselves or to what they give.
    fn requests(
        &self,
        out: &mut String,
        name: &str,
        doc: &str,
        member: &str,
        given: Option<&dyn Fn(&str) -> String>,
    ) -> fmt::Result {
        write!(out, "\n{}export interface {name} {{\n", comment(doc))?;
        for Request { definition, name: request, answer } in self.schema.requests(member) {
            let right = given.map_or_else(|| definition.name.to_string(), |given| given(answer));
            writeln!(out, "  {request}: {right};")?;
        }
        writeln!(out, "}}")
    }
}

fn alternatives(out: &mut String, name: &str, members: &[impl Borrow<str>]) -> fmt::Result {
    const FEW: usize = 90;
    let line = members.join(" | ");
    if line.len() <= FEW {
        return writeln!(out, "export type {name} = {line};");
    }
    writeln!(out, "export type {name} =\n  | {};", members.join("\n  | "))
}

fn written(kind: &Type, input: bool) -> String {
    match kind {
        Type::Any => "unknown".to_owned(),
        Type::Text(Text { native, .. }) => match native {
            None | Some(Native::Uuid) => "string".to_owned(),
            Some(Native::Instant) => "string | Date".to_owned(),
            Some(Native::Bytes) => "string | ArrayBufferLike | ArrayBufferView".to_owned(),
        },
        Type::Integer(..) => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Null => "null".to_owned(),
        Type::True => "true".to_owned(),
        Type::Word(word) => format!("\"{word}\""),
        Type::Named(named) => named.name.to_string(),
        Type::Array(item, _) => {
            let item = match item.as_ref() {
                several @ Type::OneOf(_) => format!("({})", written(several, input)),
                one => written(one, input),
            };
            format!("{}{item}[]", if input { "readonly " } else { "" })
        }
        // Of `any`, an interface may stand for it, too.
        Type::Map(map) if matches!(*map.values, Type::Any) => "{ [key: string]: any }".to_owned(),
        Type::Map(map) => format!("{{ [key: string]: {} }}", written(&map.values, input)),
        Type::OneOf(kinds) => {
            let mut kinds: Vec<String> = kinds.iter().map(|kind| written(kind, input)).collect();
            kinds.dedup(); // two ranges of numbers
            kinds.join(" | ")
        }
    }
}

/// The definitions that are part of what goes in: arrays in them may be read-only.
fn inputs(schema: &Schema) -> BTreeSet<String> {
    let mut open = shapes::inputs();
    let mut found = BTreeSet::new();
    while let Some(definition) = open.pop() {
        if found.insert(definition.name.to_string()) {
            open.extend(definition.parts().iter().filter_map(|named| schema.find(&named.name).cloned()));
        }
    }
    found
}

pub(super) fn comment(doc: &str) -> String {
    match doc {
        "" => String::new(),
        line if !line.contains('\n') => format!("/** {line} */\n"),
        text => {
            let lines: Vec<String> = text.lines().map(|line| format!(" * {line}").trim_end().to_owned()).collect();
            format!("/**\n{}\n */\n", lines.join("\n"))
        }
    }
}

/// Each line further in.
pub(super) fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |out, line| format!("{out}  {line}\n"))
}
