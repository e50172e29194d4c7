//! The shapes as the core declares them, and what follows from them.

use std::borrow::Cow;

use tenantry::shape;

use super::{Definition, Field, Object, Schema, Shape, Text, Type};

/// All shapes of the core; what is derived comes after what is declared.
pub(super) fn read() -> Result<Schema, String> {
    let mut schema = Schema { definitions: tenantry::shape::all().iter().map(definition).collect() };
    derive(&mut schema);
    check_names(&schema)?;
    Ok(schema)
}

fn definition(given: &shape::Definition) -> Definition {
    let shape = match &given.shape {
        shape::Shape::Alias(kind) => Shape::Alias(read_type(kind)),
        shape::Shape::Words(words) => Shape::Enum(words.clone()),
        shape::Shape::Union(members) => Shape::Union(members.iter().map(|named| named.name.to_string()).collect()),
        shape::Shape::Object(object) => Shape::Object(read_object(object)),
    };
    Definition { name: given.name.to_string(), doc: doc(given.doc), shape }
}

fn read_object(object: &shape::Object) -> Object {
    let fields: Vec<Field> = object.fields.iter().map(read_field).collect();
    let name = fields.first().and_then(|field| match &field.kind {
        Type::Word(word) => Some(word.clone()),
        _ => None,
    });
    let answer = object.answer.as_ref().and_then(|answer| match answer {
        shape::Type::Named(named) => Some(named.name.to_string()),
        _ => None,
    });
    Object {
        base: object.base.as_ref().map(|base| base.name.to_string()),
        fields,
        rules: object.rules.clone(),
        request: name.zip(answer),
    }
}

fn read_field(field: &shape::Field) -> Field {
    Field {
        name: field.name.to_owned(),
        doc: doc(field.doc),
        default: field.default.clone(),
        optional: field.optional,
        kind: read_type(&field.kind),
    }
}

fn read_type(kind: &shape::Type) -> Type {
    match kind {
        shape::Type::Any => Type::Any,
        shape::Type::Text(text) => Type::Text(read_text(text)),
        shape::Type::Integer(least, most) => Type::Integer(Some(*least), Some(*most)),
        shape::Type::Boolean => Type::Boolean,
        shape::Type::Null => Type::Null,
        shape::Type::True => Type::True,
        shape::Type::Word(word) => Type::Word(word.clone()),
        shape::Type::Named(named) => Type::Name(named.name.to_string()),
        shape::Type::Array(item, most) => Type::Array(Box::new(read_type(item)), *most),
        shape::Type::Map(map) => Type::Map(Box::new(read_type(&map.values)), read_text(&map.keys), map.most),
        shape::Type::OneOf(kinds) => Type::OneOf(kinds.iter().map(read_type).collect()),
    }
}

fn read_text(text: &shape::Text) -> Text {
    Text {
        least: Some(text.least).filter(|least| *least > 0),
        most: text.most,
        pattern: text.pattern.map(str::to_owned),
        format: text.format,
    }
}

/// Rust's documentation as other languages show it: without examples, links and what is said of Rust, each paragraph on a
/// line.
fn doc(text: &str) -> String {
    let mut paragraphs = vec![String::new()];
    let mut in_example = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("```") {
            in_example = !in_example;
        } else if line.is_empty() || in_example {
            paragraphs.push(String::new());
        } else if let Some(last) = paragraphs.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(line);
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty() && !paragraph.starts_with("In Rust "));
    without_links(&paragraphs.join("\n\n")).into_owned()
}

/// `` [`Name`](path) `` as `` `Name` ``.
fn without_links(text: &str) -> Cow<'_, str> {
    let Some((before, rest)) = text.split_once("[`") else { return Cow::Borrowed(text) };
    let Some((name, rest)) = rest.split_once("`]") else { return Cow::Borrowed(text) };
    let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
    Cow::Owned(format!("{before}`{name}`{}", without_links(rest)))
}

/// The unions of all answers, and for each response its outcome and its preview.
fn derive(schema: &mut Schema) {
    let answers_of = |member| {
        let mut answers: Vec<String> = Vec::new();
        for (_, _, answer) in schema.requests(member) {
            if !answers.iter().any(|known| known == answer) {
                answers.push(answer.to_owned());
            }
        }
        answers
    };
    let (responses, answers) = (answers_of("command"), answers_of("query"));
    let mut add = |name: &str, doc: &str, shape| {
        schema.definitions.push(Definition { name: name.to_owned(), doc: doc.to_owned(), shape });
        name.to_owned()
    };
    add("Answer", "What any query answers.", Shape::Union(answers));
    let with = |base: &str, name: &str, doc: &str, kind: &str| {
        let field = Field {
            name: name.to_owned(),
            doc: doc.to_owned(),
            default: None,
            optional: false,
            kind: Type::Name(kind.to_owned()),
        };
        Shape::Object(Object { base: Some(base.to_owned()), fields: vec![field], ..Object::default() })
    };
    const OUTCOME: &str = "What an accepted command gives; nothing has happened but this.";
    const PREVIEW: &str = "The outcome that a command would give, and whom it would touch.";
    let (mut outcomes, mut previews) = (Vec::new(), Vec::new());
    for response in &responses {
        let outcome =
            add(&format!("{response}Outcome"), OUTCOME, with("OutcomeParts", "response", "The answer.", response));
        let impact = with(&outcome, "impact", "Who would lose and gain access.", "Impact");
        previews.push(add(&format!("{response}Preview"), PREVIEW, impact));
        outcomes.push(outcome);
    }
    add("Outcome", OUTCOME, Shape::Union(outcomes));
    add("Preview", PREVIEW, Shape::Union(previews));
}

fn check_names(schema: &Schema) -> Result<(), String> {
    let known = |name: &str| schema.definitions.iter().filter(|definition| definition.name == name).count() == 1;
    for definition in &schema.definitions {
        let mut names = vec![definition.name.as_str()];
        match &definition.shape {
            Shape::Alias(kind) => names_in(kind, &mut names),
            Shape::Enum(_) => {}
            Shape::Union(members) => names.extend(members.iter().map(String::as_str)),
            Shape::Object(object) => {
                names.extend(object.base.as_deref());
                names.extend(object.request.as_ref().map(|(_, answer)| answer.as_str()));
                object.fields.iter().for_each(|field| names_in(&field.kind, &mut names));
            }
        }
        if let Some(wrong) = names.into_iter().find(|name| !known(name)) {
            return Err(format!("`{}` names `{wrong}`, which is not defined once", definition.name));
        }
    }
    Ok(())
}

/// Adds the definitions that a type names.
pub(super) fn names_in<'t>(kind: &'t Type, names: &mut Vec<&'t str>) {
    match kind {
        Type::Name(name) => names.push(name),
        Type::Array(item, _) | Type::Map(item, ..) => names_in(item, names),
        Type::OneOf(kinds) => kinds.iter().for_each(|kind| names_in(kind, names)),
        _ => {}
    }
}
