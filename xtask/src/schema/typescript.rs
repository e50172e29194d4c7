//! The types of the npm package: one interface for each object, and maps from a request's name to its
//! shape and to what it answers.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::{Definition, Field, Object, Schema, Shape, Type, read::names_in};

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
        let name = &definition.name;
        let input = self.inputs.contains(name);
        write!(out, "\n{}", comment(&definition.doc))?;
        match (name.as_str(), &definition.shape) {
            // Hosts write instants their own way.
            ("Time", _) => writeln!(out, "export type Time = string | number | Date;"),
            (_, Shape::Alias(kind)) => writeln!(out, "export type {name} = {};", written(kind, input)),
            (_, Shape::Enum(words)) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                alternatives(out, name, &words)
            }
            (_, Shape::Union(members)) => alternatives(out, name, members),
            (_, Shape::Object(object)) => {
                let base = object.base.as_ref().map_or(String::new(), |base| format!(" extends {base}"));
                writeln!(out, "export interface {name}{base} {{")?;
                if let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| known == name) {
                    writeln!(
                        out,
                        "  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */"
                    )?;
                    writeln!(out, "  readonly allowed: {allowed};")?;
                }
                for Field { name, optional, kind, doc, default } in &object.fields {
                    let default = default.as_ref().map(|json| format!(" Default `{json}`.")).unwrap_or_default();
                    let doc = format!("{}{default}", doc.replace('\n', " "));
                    if !doc.is_empty() {
                        writeln!(out, "  /** {} */", doc.trim())?;
                    }
                    let mark = if *optional { "?" } else { "" };
                    // Hosts have randomness as bytes.
                    let bytes = if name == "entropy" { " | ArrayBufferLike | ArrayBufferView" } else { "" };
                    writeln!(out, "  {name}{mark}: {}{bytes};", written(kind, input))?;
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
        for (definition, request, answer) in self.schema.requests(member) {
            let right = given.map_or_else(|| definition.name.clone(), |given| given(answer));
            writeln!(out, "  {request}: {right};")?;
        }
        writeln!(out, "}}")
    }
}

fn alternatives(out: &mut String, name: &str, members: &[String]) -> fmt::Result {
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
        Type::Text(_) => "string".to_owned(),
        Type::Integer(..) => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Null => "null".to_owned(),
        Type::True => "true".to_owned(),
        Type::Word(word) => format!("\"{word}\""),
        Type::Name(name) => name.clone(),
        Type::Array(item, _) => {
            let item = match item.as_ref() {
                several @ Type::OneOf(_) => format!("({})", written(several, input)),
                one => written(one, input),
            };
            format!("{}{item}[]", if input { "readonly " } else { "" })
        }
        // Of `any`, an interface may stand for it, too.
        Type::Map(item, ..) if matches!(**item, Type::Any) => "{ [key: string]: any }".to_owned(),
        Type::Map(item, ..) => format!("{{ [key: string]: {} }}", written(item, input)),
        Type::OneOf(kinds) => kinds.iter().map(|kind| written(kind, input)).collect::<Vec<_>>().join(" | "),
    }
}

/// The definitions that are part of what goes in: arrays in them may be read-only.
fn inputs(schema: &Schema) -> BTreeSet<String> {
    let roots: Vec<String> = tenantry::shape::inputs().iter().map(|input| input.name.to_string()).collect();
    let mut open: Vec<&str> = roots.iter().map(String::as_str).collect();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        let Some(definition) = schema.definitions.iter().find(|known| known.name == name) else { continue };
        if !found.insert(name.to_owned()) {
            continue;
        }
        match &definition.shape {
            Shape::Alias(kind) => names_in(kind, &mut open),
            Shape::Enum(_) => {}
            Shape::Union(members) => open.extend(members.iter().map(String::as_str)),
            Shape::Object(Object { fields, .. }) => fields.iter().for_each(|field| names_in(&field.kind, &mut open)),
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
