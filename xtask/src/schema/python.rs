//! The types of the Python package: one `TypedDict` for each object.

use std::borrow::Cow;
use std::fmt::Write as _;

use tenantry::shape::{Definition, Named, Native, Object, Shape, Text, Type};

use super::Schema;
use super::prose::doc;

const HEAD: &str = r#""""The shapes of everything that goes in or comes out. Generated from the declarations in the core."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar
from uuid import UUID

from .decision import Allow, BatchRejection, Deny, StartedToolCall

R = TypeVar("R")

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

if TYPE_CHECKING:

    class Command(TypedDict, Generic[R]):
        """A command that answers an `R`, so that what wraps `execute` keeps the answer's type; `AnyCommand` is the list."""

        __answer__: NotRequired[R]  # only the type: it is never there

    class Query(TypedDict, Generic[R]):
        """A query that answers an `R`; `AnyQuery` is the list."""

        __answer__: NotRequired[R]

else:

    class Command(TypedDict, Generic[R]):
        pass

    class Query(TypedDict, Generic[R]):
        pass

"#;

/// What every outcome is, by its response; `AnyOutcome` and `AnyPreview` are the lists.
const OUTCOMES: &str = r#"

class Outcome(OutcomeParts, Generic[R]):
    """What an accepted command gives; nothing has happened but this."""

    response: R


class Preview(Outcome[R], Generic[R]):
    """The outcome that a command would give, and whom it would touch."""

    impact: Impact

"#;

/// The lists of all, whose names are those of the generic types.
const LISTS: [&str; 4] = ["Command", "Outcome", "Preview", "Query"];

/// Objects that are classes of their own, so that nobody takes a denial for something else. `to_dict` gives what is here.
const CLASSES: [&str; 4] = ["Allow", "BatchRejection", "Deny", "StartedToolCall"];

/// Field names that a class body cannot have.
const KEYWORDS: [&str; 4] = ["from", "in", "not", "pass"];

/// `tenantry/types.py`. What a definition names stands before it, since Python evaluates annotations.
pub(crate) fn types(schema: &Schema) -> Result<String, std::fmt::Error> {
    let mut writer = Writer { schema, begun: Vec::new(), done: Vec::new(), out: HEAD.to_owned() };
    for base in ["OutcomeParts", "Impact"] {
        schema.find(base).map_or(Ok(()), |base| writer.write(base))?;
    }
    writer.out.push_str(OUTCOMES);
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
        if self.begun.contains(&definition.name.as_ref()) {
            return Ok(());
        }
        // A union comes after all its members, of which one may be waiting for it.
        if let Shape::Union(members) = &definition.shape
            && members.iter().any(|member| self.begun.contains(&&*member.name) && !self.done.contains(&&*member.name))
        {
            return Ok(());
        }
        self.begun.push(&definition.name);
        let answer = match &definition.shape {
            Shape::Object(Object { answer: Some(Type::Named(answer)), .. }) => Some(answer.clone()),
            _ => None,
        };
        for part in answer.into_iter().chain(definition.parts()) {
            if let Some(named) = self.schema.find(&part.name) {
                self.write(named)?;
            }
        }
        match &definition.shape {
            Shape::Object(object) => self.object(definition, object)?,
            alias => {
                let right = match alias {
                    Shape::Alias(kind) => self.annotation(kind),
                    Shape::Words(words) => literal(words),
                    Shape::Union(members) => {
                        members.iter().map(|member| &*member.name).collect::<Vec<&str>>().join(" | ")
                    }
                    Shape::Object(_) => String::new(),
                };
                let any = if LISTS.contains(&definition.name.as_ref()) { "Any" } else { "" };
                let doc = docstring("", &doc(definition));
                write!(self.out, "\n{any}{}: TypeAlias = {right}\n{doc}\n", definition.name)?;
            }
        }
        self.done.push(&definition.name);
        Ok(())
    }

    fn object(&mut self, definition: &Definition, object: &Object) -> std::fmt::Result {
        let name = match definition.name.as_ref() {
            class if CLASSES.contains(&class) => Cow::Owned(format!("{class}Dict")),
            name => Cow::Borrowed(name),
        };
        if let Some((generic, response)) = self.around(&name) {
            return write!(self.out, "\n{name}: TypeAlias = {generic}[{response}]\n");
        }
        let base = match (&object.base, &object.answer, object.fields.first()) {
            (Some(base), ..) => base.name.to_string(),
            (None, Some(Type::Named(answer)), Some(member)) if member.name == "query" => {
                format!("Query[{}]", answer.name)
            }
            (None, Some(Type::Named(answer)), _) => format!("Command[{}]", answer.name),
            (None, ..) => "TypedDict".to_owned(),
        };
        let mut fields = Vec::new();
        for field in &object.fields {
            let kind = self.annotation(&field.kind);
            fields.push((field.name, if field.optional { format!("NotRequired[{kind}]") } else { kind }));
        }
        if fields.iter().any(|(name, _)| KEYWORDS.contains(name) || name.starts_with('$')) {
            let members: Vec<String> = fields.iter().map(|(name, kind)| format!("\"{name}\": {kind}")).collect();
            write!(self.out, "\n{name} = TypedDict(\"{name}\", {{{}}})\n", members.join(", "))?;
            return writeln!(self.out, "{}", docstring("", &doc(definition)));
        }
        write!(self.out, "\n\nclass {name}({base}):\n{}\n", docstring("    ", &doc(definition)))?;
        for (index, (name, kind)) in fields.iter().enumerate() {
            let gap = if index == 0 { "\n" } else { "" };
            writeln!(self.out, "{gap}    {name}: {kind}")?;
        }
        self.out.push('\n');
        Ok(())
    }

    /// Which outcome it is, and around which response.
    fn around(&self, name: &str) -> Option<(&'static str, &'s str)> {
        let generic = ["Outcome", "Preview"].into_iter().find(|generic| name.ends_with(generic))?;
        let mut answers = self.schema.requests("command").map(|request| request.answer);
        answers.find(|answer| name.strip_suffix(generic) == Some(*answer)).map(|answer| (generic, answer))
    }

    fn annotation(&self, kind: &Type) -> String {
        let list = |item: String| format!("list[{item}]");
        let named = |name: &str| name.to_owned();
        let text = annotation(kind, &named, &list);
        // What names something later is quoted, whole: within `list[…]`, Python 3.10 would not look it up.
        let later = |part: &Named| !self.done.contains(&&*part.name);
        if Definition::alias("", "", kind.clone()).parts().iter().any(later) { format!("\"{text}\"") } else { text }
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
        Type::Text(Text { native, .. }) => match native {
            None | Some(Native::Bytes) => "str".to_owned(),
            Some(Native::Instant) => "str | datetime".to_owned(),
            Some(Native::Uuid) => "str | UUID".to_owned(),
        },
        Type::Integer(..) => "int".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Null => "None".to_owned(),
        Type::True => "Literal[True]".to_owned(),
        Type::Word(word) => format!("Literal[\"{word}\"]"),
        Type::Named(name) => named(&name.name),
        Type::Array(item, _) => list(inside(item)),
        Type::Map(map) => format!("dict[str, {}]", inside(&map.values)),
        Type::OneOf(kinds) => {
            let mut kinds: Vec<String> = kinds.iter().map(inside).collect();
            kinds.dedup(); // two ranges of integers
            kinds.join(" | ")
        }
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
