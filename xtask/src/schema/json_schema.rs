//! The JSON Schema, one definition a line, so that a change shows as the lines that it touches.

use std::fmt::Write as _;

use serde_json::{Value, json};

use tenantry::shape::{Field, Object, Shape, Text, Type};

use super::prose::{doc, field_doc};
use super::{Schema, all_fields};

/// `schema/tenantry.schema.json`.
pub(crate) fn json_schema(schema: &Schema) -> Result<String, std::fmt::Error> {
    let mut out = String::from(
        r#"{
"$schema": "https://json-schema.org/draft/2020-12/schema",
"$id": "urn:tenantry:schema",
"title": "Every value that goes into Tenantry or comes out as JSON",
"$comment": "generated from the declarations in the core; `x-name` is a command's or query's name, `x-answer` what it answers",
"$defs": {
"#,
    );
    for (index, definition) in schema.definitions.iter().enumerate() {
        let mut shape = match &definition.shape {
            Shape::Alias(kind) => of_type(kind),
            Shape::Words(words) => json!({"enum": words}),
            Shape::Union(names) => {
                json!({"anyOf": names.iter().map(|named| reference(&named.name)).collect::<Vec<_>>()})
            }
            Shape::Object(object) => of_object(object),
        };
        set_some(&mut shape, "description", Some(doc(definition)).filter(|doc| !doc.is_empty()));
        let comma = if index + 1 < schema.definitions.len() { "," } else { "" };
        writeln!(out, "{}: {shape}{comma}", json!(definition.name))?;
    }
    out.push_str("}\n}\n");
    Ok(out)
}

fn of_object(object: &Object) -> Value {
    let fields = all_fields(object);
    let properties: serde_json::Map<String, Value> =
        fields.iter().map(|field| (field.name.to_owned(), of_field(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| !field.optional).map(|field| field.name).collect();
    let mut shape = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        set(&mut shape, "required", json!(required));
    }
    let rules = object.rules.iter().map(|rule| serde_json::from_str(rule)).collect::<Result<Vec<Value>, _>>();
    if let Some(rules) = rules.ok().filter(|rules| !rules.is_empty()) {
        set(&mut shape, "allOf", json!(rules));
    }
    if let (Some(Type::Word(name)), Some(Type::Named(answer))) =
        (object.fields.first().map(|field| &field.kind), &object.answer)
    {
        set(&mut shape, "x-name", json!(name));
        set(&mut shape, "x-answer", json!(answer.name));
    }
    shape
}

fn of_field(field: &Field) -> Value {
    let mut shape = of_type(&field.kind);
    set_some(&mut shape, "description", Some(field_doc(field)).filter(|doc| !doc.is_empty()));
    set_some(&mut shape, "default", field.default.as_ref().and_then(|json| serde_json::from_str::<Value>(json).ok()));
    shape
}

fn of_type(kind: &Type) -> Value {
    match kind {
        Type::Any => json!({}),
        Type::Text(text) => of_text(text),
        Type::Integer(least, most) => {
            let mut shape = json!({"type": "integer"});
            set(&mut shape, "minimum", json!(least));
            set(&mut shape, "maximum", json!(most));
            shape
        }
        Type::Boolean => json!({"type": "boolean"}),
        Type::Null => json!({"type": "null"}),
        Type::True => json!({"const": true}),
        Type::Word(word) => json!({"const": word}),
        Type::Named(named) => reference(&named.name),
        Type::Array(item, most) => {
            let mut shape = json!({"type": "array", "items": of_type(item)});
            set_some(&mut shape, "maxItems", *most);
            shape
        }
        Type::Map(map) => {
            let mut shape = json!({"type": "object", "additionalProperties": of_type(&map.values)});
            set_some(&mut shape, "maxProperties", map.most);
            if map.keys.least > 0 || map.keys.most.is_some() {
                set(&mut shape, "propertyNames", of_text(&map.keys));
            }
            shape
        }
        Type::OneOf(kinds) => json!({"anyOf": kinds.iter().map(of_type).collect::<Vec<_>>()}),
    }
}

fn of_text(text: &Text) -> Value {
    let mut shape = json!({"type": "string"});
    set_some(&mut shape, "minLength", Some(text.least).filter(|least| *least > 0));
    set_some(&mut shape, "maxLength", text.most);
    set_some(&mut shape, "pattern", text.pattern);
    set_some(&mut shape, "format", text.format);
    shape
}

fn set_some(shape: &mut Value, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        set(shape, key, value.into());
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// Adds a member to what is an object.
fn set(shape: &mut Value, key: &str, value: Value) {
    if let Some(members) = shape.as_object_mut() {
        members.insert(key.to_owned(), value);
    }
}
