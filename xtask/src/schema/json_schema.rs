//! The JSON Schema, one definition a line, so that a change shows as the lines that it touches.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Object, Schema, Shape, Type};

/// `schema/tenantry.schema.json`.
pub(crate) fn json_schema(schema: &Schema) -> Result<String, std::fmt::Error> {
    let mut out = String::from(
        r#"{
"$schema": "https://json-schema.org/draft/2020-12/schema",
"$id": "urn:tenantry:schema",
"title": "Every value that goes into Tenantry or comes out as JSON",
"$comment": "generated from schema/wire.txt; `x-name` is a command's or query's name, `x-answer` what it answers",
"$defs": {
"#,
    );
    for (index, definition) in schema.definitions.iter().enumerate() {
        let mut shape = match &definition.shape {
            Shape::Alias(kind) => of_type(kind),
            Shape::Enum(words) => json!({"enum": words}),
            Shape::Union(names) => json!({"anyOf": names.iter().map(|name| reference(name)).collect::<Vec<_>>()}),
            Shape::Object(object) => of_object(schema, object),
        };
        if ["Time", "Timestamp"].contains(&definition.name.as_str()) {
            set(&mut shape, "format", json!("date-time"));
        }
        set(&mut shape, "description", json!(definition.doc));
        let comma = if index + 1 < schema.definitions.len() { "," } else { "" };
        writeln!(out, "{}: {shape}{comma}", json!(definition.name))?;
    }
    out.push_str("}\n}\n");
    Ok(out)
}

fn of_object(schema: &Schema, object: &Object) -> Value {
    let fields = schema.all_fields(object);
    let properties: serde_json::Map<String, Value> =
        fields.iter().map(|field| (field.name.clone(), of_type(&field.kind))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| !field.optional).map(|field| field.name.as_str()).collect();
    let mut shape = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        set(&mut shape, "required", json!(required));
    }
    if let Some((name, answer)) = &object.request {
        set(&mut shape, "x-name", json!(name));
        set(&mut shape, "x-answer", json!(answer));
    }
    shape
}

fn of_type(kind: &Type) -> Value {
    match kind {
        Type::Any => json!({}),
        Type::Text => json!({"type": "string"}),
        Type::Integer => json!({"type": "integer"}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::Null => json!({"type": "null"}),
        Type::True => json!({"const": true}),
        Type::Word(word) => json!({"const": word}),
        Type::Name(name) => reference(name),
        Type::Array(item) => json!({"type": "array", "items": of_type(item)}),
        Type::Map(item) => json!({"type": "object", "additionalProperties": of_type(item)}),
        Type::OneOf(kinds) => json!({"anyOf": kinds.iter().map(of_type).collect::<Vec<_>>()}),
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
