//! The commands and queries as the core declares them: their names, and the fields of each.

use tenantry::shape::{Object, Shape, Type};
use tenantry::shapes;

/// A field of a request.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The JSON types that it takes.
    pub types: Vec<&'static str>,
    /// Whether it may be absent, or null, which is the same (C-6).
    pub optional: bool,
}

/// The name of every command.
#[must_use]
pub fn commands() -> Vec<String> {
    names("command")
}

/// The name of every query.
#[must_use]
pub fn queries() -> Vec<String> {
    names("query")
}

/// The fields of a command or a query, but for the one that carries its name.
#[must_use]
pub fn fields(request: &str) -> Vec<Field> {
    let (_, object) = requests().into_iter().find(|(name, _)| name == request).expect(request);
    let own = object.fields.into_iter().skip(1);
    own.map(|field| {
        let mut types = Vec::new();
        collect(&field.kind, &mut types);
        Field { name: field.name, types, optional: field.optional }
    })
    .collect()
}

fn names(member: &str) -> Vec<String> {
    let of_sort = requests().into_iter().filter(|(_, object)| object.fields[0].name == member);
    of_sort.map(|(name, _)| name).collect()
}

fn requests() -> Vec<(String, Object)> {
    let objects = shapes::all().into_iter().filter_map(|definition| match definition.shape {
        Shape::Object(object) if object.answer.is_some() => Some(object),
        _ => None,
    });
    objects
        .map(|object| match &object.fields[0].kind {
            Type::Word(name) => (name.clone(), object),
            other => panic!("the first field of a request is its name, not {other:?}"),
        })
        .collect()
}

fn collect(kind: &Type, types: &mut Vec<&'static str>) {
    match kind {
        Type::Any => panic!("no request has a field that takes anything"),
        Type::Text(_) | Type::Word(_) => types.push("string"),
        Type::Integer(..) => types.push("number"),
        Type::Boolean | Type::True => types.push("boolean"),
        Type::Null => types.push("null"),
        Type::Array(..) => types.push("array"),
        Type::Map(_) => types.push("object"),
        Type::OneOf(kinds) => kinds.iter().for_each(|kind| collect(kind, types)),
        Type::Named(named) => match (named.define)().shape {
            Shape::Alias(kind) => collect(&kind, types),
            Shape::Words(_) => types.push("string"),
            Shape::Union(_) | Shape::Object(_) => types.push("object"),
        },
    }
}
