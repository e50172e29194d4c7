//! The types of the Python package: one `TypedDict` for each object.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Definition, Object, Schema, Shape, Type};

const HEAD: &str = r#""""The shapes of everything that goes in or comes out. Generated from the declarations in the core."""

import sys
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from .decision import Allow, BatchRejection, Deny, StartedToolCall

if sys.version_info >= (3, 12):
    from typing import NotRequired, TypedDict
elif sys.version_info >= (3, 11):
    # Pydantic takes no other `TypedDict` here, and brings it along.
    try:
        from typing_extensions import NotRequired, TypedDict
    except ImportError:
        from typing import NotRequired, TypedDict
else:
    from typing_extensions import NotRequired, TypedDict
"#;

/// Objects that are classes of their own, so that nobody takes a denial for something else. `to_dict` gives what is here.
const CLASSES: [&str; 4] = ["Allow", "BatchRejection", "Deny", "StartedToolCall"];

/// Field names that a class body cannot have.
const KEYWORDS: [&str; 4] = ["from", "in", "not", "pass"];

/// `tenantry/types.py`. What a definition names stands before it, since Python evaluates annotations.
pub(crate) fn types(schema: &Schema) -> Result<String, std::fmt::Error> {
    let mut writer = Writer { schema, begun: Vec::new(), done: Vec::new(), out: HEAD.to_owned() };
    for definition in &schema.definitions {
        writer.write(definition)?;
    }
    Ok(writer.out)
}

struct Writer<'s> {
    schema: &'s Schema,
    begun: Vec<&'s str>,
    done: Vec<&'s str>,
    out: String,
}

impl<'s> Writer<'s> {
    fn write(&mut self, definition: &'s Definition) -> std::fmt::Result {
        if self.begun.contains(&definition.name.as_str()) {
            return Ok(());
        }
        // A union comes after all its members, of which one may be waiting for it.
        if let Shape::Union(members) = &definition.shape
            && members.iter().any(|name| self.begun.contains(&name.as_str()) && !self.done.contains(&name.as_str()))
        {
            return Ok(());
        }
        self.begun.push(&definition.name);
        let mut names = Vec::new();
        match &definition.shape {
            Shape::Alias(kind) => super::read::names_in(kind, &mut names),
            Shape::Enum(_) => {}
            Shape::Union(members) => names.extend(members.iter().map(String::as_str)),
            Shape::Object(object) => {
                names.extend(object.base.as_deref());
                object.fields.iter().for_each(|field| super::read::names_in(&field.kind, &mut names));
            }
        }
        for name in names {
            if let Some(named) = self.schema.definitions.iter().find(|known| known.name == name) {
                self.write(named)?;
            }
        }
        match &definition.shape {
            Shape::Object(object) => self.object(definition, object)?,
            alias => {
                let right = match (definition.name.as_str(), alias) {
                    ("Time", _) => "str | int | datetime".to_owned(),
                    ("Id", _) => "str | UUID".to_owned(),
                    (_, Shape::Alias(kind)) => self.annotation(kind),
                    (_, Shape::Enum(words)) => literal(words),
                    (_, Shape::Union(members)) => members.join(" | "),
                    (_, Shape::Object(_)) => String::new(),
                };
                write!(self.out, "\n{}: TypeAlias = {right}\n{}\n", definition.name, docstring("", &definition.doc))?;
            }
        }
        self.done.push(&definition.name);
        Ok(())
    }

    fn object(&mut self, definition: &Definition, object: &Object) -> std::fmt::Result {
        let name = match definition.name.as_str() {
            class if CLASSES.contains(&class) => Cow::Owned(format!("{class}Dict")),
            name => Cow::Borrowed(name),
        };
        let base = object.base.as_deref().unwrap_or("TypedDict");
        let mut fields = Vec::new();
        for field in &object.fields {
            let kind = self.annotation(&field.kind);
            fields.push((&field.name, if field.optional { format!("NotRequired[{kind}]") } else { kind }));
        }
        if fields.iter().any(|(name, _)| KEYWORDS.contains(&name.as_str())) {
            let members: Vec<String> = fields.iter().map(|(name, kind)| format!("\"{name}\": {kind}")).collect();
            write!(self.out, "\n{name} = TypedDict(\"{name}\", {{{}}})\n", members.join(", "))?;
            return writeln!(self.out, "{}", docstring("", &definition.doc));
        }
        write!(self.out, "\n\nclass {name}({base}):\n{}\n", docstring("    ", &definition.doc))?;
        for (index, (name, kind)) in fields.iter().enumerate() {
            let gap = if index == 0 { "\n" } else { "" };
            writeln!(self.out, "{gap}    {name}: {kind}")?;
        }
        self.out.push('\n');
        Ok(())
    }

    fn annotation(&self, kind: &Type) -> String {
        let list = |item: String| format!("list[{item}]");
        // A name that comes later is quoted, since the two name each other.
        let named = |name: &str| if self.done.contains(&name) { name.to_owned() } else { format!("\"{name}\"") };
        annotation(kind, &named, &list)
    }
}

/// A type as another module writes it, which imports this one as `t`; what goes in may be a tuple, too.
pub(super) fn qualified(kind: &Type) -> String {
    annotation(kind, &|name| format!("t.{name}"), &|item| format!("list[{item}] | tuple[{item}, ...]"))
}

/// A type as Python writes it.
fn annotation(kind: &Type, named: &dyn Fn(&str) -> String, list: &dyn Fn(String) -> String) -> String {
    let inside = |kind| annotation(kind, named, list);
    match kind {
        Type::Any => "Any".to_owned(),
        Type::Text(_) => "str".to_owned(),
        Type::Integer(..) => "int".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Null => "None".to_owned(),
        Type::True => "Literal[True]".to_owned(),
        Type::Word(word) => format!("Literal[\"{word}\"]"),
        Type::Name(name) => named(name),
        Type::Array(item, _) => list(inside(item)),
        Type::Map(item, ..) => format!("dict[str, {}]", inside(item)),
        Type::OneOf(kinds) => kinds.iter().map(inside).collect::<Vec<_>>().join(" | "),
    }
}

fn literal(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("Literal[{}]", words.join(", "))
}

fn docstring(indent: &str, doc: &str) -> String {
    // A backslash or a quote at the end would end the string otherwise than meant.
    let end = if doc.contains('\n') { format!("\n{indent}") } else { String::new() };
    let doc = doc.replace("\n\n", &format!("\n\n{indent}"));
    format!("{indent}\"\"\"{}{end}\"\"\"", doc.replace('\\', "\\\\").replace('"', "'"))
}
